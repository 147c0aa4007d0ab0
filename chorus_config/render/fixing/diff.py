"""How files change, as a unified diff; what is sensitive is masked in it, on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from chorus_config.diff.sensitive import masked
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import Path
from chorus_config.model.fixing import FileChange
from chorus_config.model.project import FileKind
from chorus_config.model.secrets import HIDDEN, names_secret
from chorus_config.render.shared.paint import Paint
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.characters import decode, printable
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.spans import text_at

_AROUND: Final = 3
_MEANINGS: Final = {"+": "create", "-": "delete", "@": "quiet", " ": ""}


def changes_diff(changes: Iterable[FileChange], say: Translator, paint: Paint) -> str:
    """Return the diff of files, "" for none that changes."""
    return "".join(f"{line}\n" for change in changes if change.is_one for line in _file(change, say, paint))


def _file(change: FileChange, say: Translator, paint: Paint) -> Iterator[str]:
    yield paint(f"--- {printable(change.path)}", "title")
    yield paint(f"+++ {printable(change.renamed or change.path)}", "title")
    if not isinstance(decode(change.old), str) and change.old != change.new:
        yield say(_("(the whole file is written in UTF-8)"))
        return
    for line in _hunks(
        _lines(change.old), _lines(change.new), _shown(change.old, change.kind), _shown(change.new, change.kind)
    ):
        meaning = _MEANINGS[line[0]]
        yield paint(line, meaning) if meaning else line


def _lines(raw: bytes) -> list[str]:
    """Return the lines of a file with their line feeds; the last one may have none."""
    *lines, rest = raw.decode("utf-8", "replace").split("\n")
    return [f"{line}\n" for line in lines] + ([rest] if rest else [])


def _hunks(old: Sequence[str], new: Sequence[str], old_shown: Sequence[str], new_shown: Sequence[str]) -> Iterator[str]:
    """Yield the hunks: compared is what stands in the files, shown what may be."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only what changes is compared

    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND):
        _tag, first, _last, start, _end = group[0]
        yield f"@@ -{_range(first, group[-1][2])} +{_range(start, group[-1][4])} @@"
        for tag, i, j, k, m in group:
            if tag == "equal":
                yield from (f" {line}" for line in old_shown[i:j])
            else:
                yield from (f"-{line}" for line in old_shown[i:j])
                yield from (f"+{line}" for line in new_shown[k:m])


def _range(start: int, end: int) -> str:
    length = end - start
    return str(start + 1) if length == 1 else f"{start + (1 if length else 0)},{length}"


def _shown(raw: bytes, kind: FileKind) -> list[str]:
    """Return the lines of a file as people may see them."""
    lines = _lines(raw)
    parsed = parse(raw)
    if not parsed.stopped:
        document = Document("", kind, parsed.data if isinstance(parsed.data, dict) else {}, raw)
        spans = [(path, span) for path, span in document.positions.values.items() if _is_hidden(kind, path)]
        # From the last to the first, so that the places before them stay.
        for path, span in sorted(spans, key=lambda one: one[1], reverse=True):
            text = text_at(raw, path)
            if text is not None and span.line == span.end_line:
                line = lines[span.line - 1]
                shown = HIDDEN if _names_secret(path) else masked(text.upper())
                lines[span.line - 1] = f'{line[: span.column - 1]}"{shown}"{line[span.end_column - 1 :]}'
            elif text is not None:
                # The end of a block of text is the beginning of the line below it.
                last = span.end_line - (span.end_column == 1)
                lines[span.line - 1 : last] = [f"{HIDDEN}\n"] * (last - span.line + 1)
    return [_told(line) for line in lines]


def _told(line: str) -> str:
    told = printable(line.removesuffix("\n").removesuffix("\r"))
    return told if line.endswith("\n") else f"{told}\n\\ No newline at end of file"


def _is_hidden(kind: FileKind, path: Path) -> bool:
    """Tell whether a value is sensitive; of a key that no schema knows, only where account numbers stand."""
    if not path or not isinstance(path[-1], str):
        return False
    node, around = node_at(schema(STRICT[kind]), path), node_at(schema(STRICT[kind]), path[:-1])
    among_numbers = any(inner.get("x-sensitive") for inner in around.get("properties", {}).values() if isinstance(inner, dict))
    return bool(node.get("x-sensitive")) or (not node and among_numbers) or _names_secret(path)


def _names_secret(path: Path) -> bool:
    return names_secret(str(path[-1]))
