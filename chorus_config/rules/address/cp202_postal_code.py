"""CP202: a French postal code is not made of five digits.

Most often a spreadsheet dropped the leading zero. So it is in the territories overseas and in Monaco; in Belgium,
Luxembourg and Switzerland there are four. Elsewhere the postal code is not checked, nor beside an unknown country (CP206).
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("French postal code of five digits"),
    why=_("A postal code that lost its leading zero in a spreadsheet sends letters elsewhere, or nowhere."),
    source=_("inferred"),
    messages={
        "": _("The postal code is {value}: five digits are expected in France"),
        "overseas": _("The postal code is {value}: five digits are expected in the French territories overseas and in Monaco"),
        "four": _(
            "The postal code is {value}: four digits are expected in Belgium, Luxembourg and Switzerland (« B-1000 » too)"
        ),
    },
    remedy=_("Write the five digits between double quotes, leading zero included."),
    remedies={"four": _("Write the four digits between double quotes, or correct the country.")},
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
