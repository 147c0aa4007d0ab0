"""Which cells of a workbook somebody joined: the library that reads rows as they stream by does not tell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, Final

from chorus_config.model.table import Joined, column_of
from chorus_config.sources.annuaire.stream import PIECE

# Source: ECMA-376, part 1, 18.3.1.54 (mergeCell).
_JOINED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
# No such element is longer, and no page that people fill in has more of them.
_LONGEST: Final = 200
_MOST: Final = 5_000


def joined_cells(handle: IO[bytes]) -> Mapping[str, tuple[Joined, ...]]:
    """Return the joined cells of each page of a workbook, by the name of its part."""
    with zipfile.ZipFile(handle) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return {name: tuple(_found(archive, name)) for name in parts}


def _found(archive: zipfile.ZipFile, name: str) -> Iterator[Joined]:
    found: dict[Joined, None] = {}
    with archive.open(name) as member:
        tail = b""
        while len(found) < _MOST and (piece := member.read(PIECE * 8)):
            text = tail + piece
            for first, row, last, last_row in _JOINED.findall(text):
                found[Joined(int(row), column_of(first.decode()), int(last_row), column_of(last.decode()))] = None
            tail = text[-_LONGEST:]
    yield from found
