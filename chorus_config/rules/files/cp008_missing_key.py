"""CP008: a key that the format requires is missing.

A few required keys have a rule of their own, which then speaks instead of this one.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Required key missing"),
    why=_("What the portal requires is missing: the sheet can be neither checked in full nor entered."),
    source=_("project advice: format of the sheets, version 1"),
    messages={
        "": _("`{key}` is missing in {parent}: it is required"),
        "constant": _("`{key}` is missing in {parent}: it is required"),
        "empty": _("{parent} is empty: {keys} are required"),
    },
    remedy=_("Add, with the real value: `{example}`."),
    remedies={
        "constant": _("Add: `{example}`."),
        "empty": _("Write, with the real values: `{whole}`."),
    },
    fails="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
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
