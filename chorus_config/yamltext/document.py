"""A parsed file that knows its text: it finds the positions of its keys and values when first asked, once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.model.finding import START, Path, Place, Span
from chorus_config.model.project import Body, FileKind
from chorus_config.yamltext.characters import decode

if TYPE_CHECKING:
    from chorus_config.yamltext.plain_places import PlainPlaces
    from chorus_config.yamltext.positions import Positions


class Document(Struct, frozen=True, dict=True):
    """A parsed sheet, account or project file; `body` is what its schema describes, checked or not.

    `raw` are the bytes of the file, b"" for one that could not be read: nothing in it then has a place but its beginning.
    `plain` says that they are in the form of `plain_lines`.
    """

    path: str
    kind: FileKind
    body: Body
    raw: bytes = b""
    plain: bool = False

    @cached_property
    def positions(self) -> Positions:
        """Where everything in the file stands; found when first asked for, and kept."""
        from chorus_config.yamltext.positions import positions_in  # noqa: PLC0415 - a good sheet is asked for no place

        return positions_in(self.raw)

    @cached_property
    def _places(self) -> PlainPlaces | Positions:
        """What finds a place: of a plain text, without looking for all others."""
        if not self.plain or not self.raw:
            return self.positions
        from chorus_config.yamltext.plain_places import PlainPlaces  # noqa: PLC0415 - a good sheet is asked for no place

        text = decode(self.raw)
        return PlainPlaces(text) if isinstance(text, str) else self.positions

    def place(self, path: Path, at: Place = "value") -> Span:
        """Return where a key or value stands; for what is not written, the nearest thing around it that is."""
        places = self._places
        found = places.key(path) if at == "key" else None
        while found is None:
            found = places.value(path)
            if not path:
                break
            path = path[:-1]
        return found or START

    def source(self, span: Span) -> str:
        """Return the text of the file at a stretch of it, as written, "" when the file is not readable."""
        text = decode(self.raw)
        lines = text.split("\n")[span.line - 1 : span.end_line] if isinstance(text, str) else []
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return "\n".join(lines)

    def path_at(self, span: Span) -> Path:
        """Return the path of the innermost key or value around a position which the loader gave, () for none."""
        point, best, found = (span.line, span.column), (0, 0), ()
        for index in (self.positions.values, self.positions.keys):
            for path, known in index.items():
                start, end = (known.line, known.column), (known.end_line, known.end_column)
                if start <= point < end and start >= best:
                    best, found = start, path  # type: ignore[assignment]
        return found

    def without_positions(self) -> Document:
        """Return the document as it was before anybody asked: of thousands that wait side by side, none keeps its places."""
        return replace(self)
