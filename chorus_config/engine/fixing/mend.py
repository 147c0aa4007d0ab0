"""What every fix is handed and returns: a fault with its file, and the edits that mend it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.model.finding import Edit, Fault, Path, Span
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import STRICT, Schema, schema
from chorus_config.yamltext.characters import decode
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.spans import text_at, value_span, written_like


class Mend(Struct, frozen=True):
    """What mends one fault: edits that do not overlap.

    `safe`: only how something is written changes, not what is meant. `touches`: the paths at or below which values change;
    all others must stay as they are. `reveals`: what could not be judged until now may then show errors of its own.
    """

    edits: tuple[Edit, ...]
    safe: bool = True
    touches: tuple[Path, ...] = ()
    reveals: bool = False


class FaultyFile(Struct, frozen=True):
    """A file at work: its document (an empty one where the loader stopped), its bytes, and the day whose portal is meant."""

    document: Document
    raw: bytes
    day: date

    @property
    def body(self) -> dict[str, Any]:
        """What the file says, {} where it cannot be read."""
        return dict(self.document.body)

    @property
    def text(self) -> str:
        """The text of the file, "" where it is none."""
        text = decode(self.raw)
        return text if isinstance(text, str) else ""

    def node(self, path: Path) -> Schema:
        """Return what the schema says of the value at a path."""
        return node_at(schema(STRICT[self.document.kind]), path)

    def value(self, path: Path) -> object:
        """Return the value at a path, None where there is none."""
        found: Any = self.document.body
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def whole_text(self, path: Path) -> str:
        """Return the text at a path with all its characters, "" where there is no text."""
        return (text_at(self.raw, path) or "") if self.document.raw else ""

    def stretch(self, span: Span) -> str:
        """Return the text of the file at a span."""
        return replace(self.document, raw=self.raw).source(span)

    def source(self, path: Path) -> tuple[str, Span]:
        """Return how the value at a path is written, and where; ("", …) where it is not written."""
        span = self.document.positions.values.get(path)
        if span is None:
            return "", Span(1, 1, 1, 1)
        return value_span(self.document.source(span), span)

    def rewritten(self, path: Path, value: str, *, safe: bool = True, bare: bool = False) -> Mend | None:
        """Return what writes another text in the place of the one at a path, with its quotation marks; None for no change."""
        source, span = self.source(path)
        new = written_like(source, value, bare=bare)
        return Mend((Edit(span, new),), safe, (path,)) if source and new != source else None

    def replaced(self, path: Path, new: str, *, safe: bool = True) -> Mend | None:
        """Return what puts YAML as it stands in the place of the value at a path; None for no change."""
        source, span = self.source(path)
        return Mend((Edit(span, new),), safe, (path,)) if source and new != source else None


# One fix: what mends a fault of its rule in a file, None where no program can.
FixOf = Callable[[Fault, FaultyFile], Mend | None]


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether two words of five letters or more differ by one slip: a letter more, less, another, or two exchanged."""
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    exchanged = left[:2] == right[1::-1] and left[2:] == right[2:]
    return exchanged or left[1:] == right[1:] or left[1:] == right or left == right[1:]
