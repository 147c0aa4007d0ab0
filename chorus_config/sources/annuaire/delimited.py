"""Delimited text (CSV): separator and encoding are found, rows stream by."""

from __future__ import annotations

import csv
import io
from codecs import getincrementaldecoder
from collections.abc import Iterator
from functools import partial
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.sources.annuaire.faults import FileNotes, unusable
from chorus_config.sources.annuaire.kinds import Kind, kind_of
from chorus_config.sources.annuaire.source_file import SourceFile
from chorus_config.sources.annuaire.stream import BYTE_ORDER_MARK, decoded, text_lines
from chorus_config.sources.annuaire.tables import HEADER_WITHIN, Table
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

_SEPARATORS: Final = (";", ",", "\t")


Header = tuple[int, str, tuple[str, ...], Kind]


def header_of(file: SourceFile) -> Header | None:
    """Return how many rows stand before the header of a text, its separator, its names, the kind of list; None for no list."""
    start = _start_of(file)
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


def open_table(file: SourceFile, found: Header, request: SourceRequest) -> Table:
    """Return the table of a text whose header is known. Reading its rows raises Unavailable."""
    before, separator, header, kind = found
    notes = FileNotes(request.say, request.note, file.name)
    reader = csv.reader(text_lines(file, request, notes), delimiter=separator)
    place = partial(_place, reader, header, request.say)
    return Table(file.name, kind, header, _rows(reader, before + 1, file.name, place, request.say), place, notes)


def _start_of(file: SourceFile) -> str:
    """Return how a text begins; the end of the piece may cut a letter in two."""
    lines = file.start.removeprefix(BYTE_ORDER_MARK).splitlines(keepends=True)
    last = lines.pop() if lines else b""
    try:
        end = getincrementaldecoder("utf-8")().decode(last)
    except UnicodeDecodeError:
        end = decoded(last)[0]
    return "".join([*(decoded(line)[0] for line in lines), end])


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
    except csv.Error:
        message = _("the row cannot be read: a quotation mark is probably not closed; correct it, or fetch the list again")
        raise unusable(say, name, say(message), place(None)) from None
