"""Delimited text (CSV): separator and encoding are found, rows stream by."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.sources.annuaire.faults import FileNotes, unusable
from chorus_config.sources.annuaire.kinds import Kind, kind_of
from chorus_config.sources.annuaire.source_file import SourceFile
from chorus_config.sources.annuaire.stream import text_lines
from chorus_config.sources.annuaire.tables import HEADER_WITHIN, Table
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

ENCODINGS: Final = ("utf-8-sig", "cp1252")
_SEPARATORS: Final = (";", ",", "\t")


def header_of(file: SourceFile) -> tuple[int, str, tuple[str, ...], Kind] | None:
    """Return how many rows stand before the header of a text, its separator, its names, the kind of list; None for no list."""
    try:
        start = file.start.decode("utf-8-sig", "strict")
    except UnicodeDecodeError as error:
        # The end of the piece may cut a letter in two.
        cut = error.start > len(file.start) - 4
        start = file.start[: error.start].decode("utf-8-sig") if cut else file.start.decode("cp1252", "replace")
    for separator in sorted(_SEPARATORS, key=start.count, reverse=True):
        try:
            for before, row in enumerate(csv.reader(io.StringIO(start, newline=""), delimiter=separator)):
                kind = kind_of(row) if before < HEADER_WITHIN else None
                if kind is not None:
                    return before, separator, tuple(row), kind
                if before >= HEADER_WITHIN:
                    break
        except csv.Error:
            continue
    return None


def open_table(file: SourceFile, encoding: str, request: SourceRequest) -> Table:
    """Return the table of a text whose header is known. Reading its rows raises Unavailable, UnicodeDecodeError."""
    found = header_of(file)
    assert found is not None  # noqa: S101 - listed because of its header
    before, separator, header, kind = found
    notes = FileNotes(request.say, request.note, file.name)
    if encoding != ENCODINGS[0]:
        notes.add(_("note: {name} is not UTF-8: it was read as Windows-1252"), "")
    reader = csv.reader(text_lines(file, encoding, request), delimiter=separator)
    place = partial(_place, reader, header, request.say)
    return Table(file.name, kind, header, _rows(reader, before + 1, file.name, place, request.say), place, notes)


def _place(reader: object, header: tuple[str, ...], say: Translator, column: int | None) -> str:
    line = getattr(reader, "line_num", 0)
    if column is None:
        return say(_("line {line}"), line=line)
    return say(_("line {line}, column {column}"), line=line, column=printable(header[column]))


def _rows(reader: Iterator[list[str]], skipped: int, name: str, place: partial[str], say: Translator) -> Iterator[list[str]]:
    """Yield the rows below the header."""
    try:
        for _number in range(skipped):
            next(reader)
        yield from reader
    except csv.Error as error:
        message = _(
            "the row cannot be read ({why}): a quotation mark is probably not closed; correct it, or fetch the list again"
        )
        raise unusable(say, name, say(message, why=error), place(None)) from None
