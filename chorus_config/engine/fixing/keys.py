"""CP007: the key that was meant, in the place of a label, of another word, or of a slip."""

from __future__ import annotations

from chorus_config.engine.fixing.mend import FaultyFile, Mend, is_one_slip
from chorus_config.model.finding import Edit, Fault
from chorus_config.schema.lookup import plain
from chorus_config.schema.suggestions import is_word_for
from chorus_config.yamltext.values import key_text


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what renames the key: safe for the names people have for it, and one slip away."""
    near = str(fault.args.get("suggestion", ""))
    span = file.document.positions.keys.get(fault.path)
    if fault.case not in {"suggest", "required"} or not near or span is None:
        return None
    word, parent = str(fault.path[-1]), fault.path[:-1]
    safe = is_word_for(word, near, file.node(parent)) or is_one_slip(plain(word), near)
    return Mend((Edit(span, key_text(near)),), safe, (fault.path, (*parent, near)), reveals=True)
