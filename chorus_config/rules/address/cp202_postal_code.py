"""CP202: a French postal code is not made of five digits.

Most often a spreadsheet dropped the leading zero.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("French postal code of five digits"),
    why=_("A postal code that lost its leading zero in a spreadsheet sends letters elsewhere, or nowhere."),
    source=_("inferred"),
    messages={"": _("The postal code is {value}: five digits are expected in France")},
    remedy=_("Write the five digits between double quotes, leading zero included."),
    fails="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "1600"
  ville: "VALMONT"
  pays: "France"
""",
    passes="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
""",
)
