"""CP006: a text stands without quotation marks, in a form that other YAML readers alter.

Numbers, dates, times, words such as NO, and nothing at all are concerned. The source text is kept here.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Text without quotation marks"),
    why=_(
        "Other YAML readers turn it into a number, a date or a truth value: 01600 becomes 896 or 1600, NO "
        "becomes false, and a SIRET loses its leading zeros."
    ),
    source=_("project advice: readers compared, PyYAML (YAML 1.1) and ruamel.yaml (YAML 1.2)"),
    messages={
        "": _("`{text}` is written without quotation marks: a text between double quotes is expected"),
        "empty": _("Nothing is written here: a text between double quotes is expected"),
    },
    remedy=_("Write, between double quotes: `{quoted}`."),
    remedies={
        "empty": _(
            "Write the value between double quotes, such as `{example}`, or delete the line if the key is optional: the "
            "portal's value is then left as it is."
        ),
    },
    fails="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: 01000
  ville: "BOURG-EN-BRESSE"
  pays: "France"
""",
    passes="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "01000"
  ville: "BOURG-EN-BRESSE"
  pays: "France"
""",
)
