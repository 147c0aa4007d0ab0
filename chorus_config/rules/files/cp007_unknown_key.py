"""CP007: a key is not part of the format.

It is most often a slip of the pen; the key that was meant is then proposed. One slip is told once: a block that slid into
another by its indentation, or a misspelt key that is also missing.
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
        "twice": _("`{key}` is not a key of {parent}, and {suggestion} is already written there"),
        "required": _("`{key}` is not a key of {parent}: {suggestion} was probably meant, which is required and missing"),
        "elsewhere": _("`{key}` is not a key of {parent}: it belongs to {block}"),
        "header": _(
            "`{key}` and the keys beside it belong to {block}, not to {parent}: the line `{block}:` is missing above them"
        ),
        "indented": _("`{key}` is a block of the file, not a key of {parent}: it stands too far to the right"),
    },
    remedy=_("Move the key to its block, or delete it."),
    remedies={
        "suggest": _("Write {suggestion}, or delete the key."),
        "twice": _("Keep the right value under `{suggestion}:`, and delete the other line."),
        "required": _("Write `{suggestion}:` in the place of `{key}:`."),
        "elsewhere": _(
            "Move the line below `{block}:`, indented by two columns, with whatever else stands here of that block."
        ),
        "header": _("Write the line `{block}:` above `{key}`, at the beginning of the line."),
        "indented": _("Put `{key}:` at the beginning of its line, and its keys two columns further."),
    },
    fails="""\
parametres:
  code_service_obligatoir: true
""",
    passes="""\
parametres:
  code_service_obligatoire: true
""",
)
