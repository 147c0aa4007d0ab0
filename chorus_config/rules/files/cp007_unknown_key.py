"""CP007: a key is not part of the format.

It is most often a slip of the pen; the nearest known key is then proposed.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Unknown key"),
    why=_("A misspelt key is a setting that nobody applies: the sheet looks complete, and the portal keeps its former value."),
    source=_("project advice: format of the sheets, version 1"),
    messages={
        "": _("`{key}` is not a key of {parent}"),
        "suggest": _("`{key}` is not a key of {parent}: {suggestion} is expected"),
    },
    remedy=_("Move the key to its block, or delete it."),
    remedies={"suggest": _("Write {suggestion}, or delete the key.")},
    fails="""\
parametres:
  code_service_obligatoir: true
""",
    passes="""\
parametres:
  code_service_obligatoire: true
""",
)
