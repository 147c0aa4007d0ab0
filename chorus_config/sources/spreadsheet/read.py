"""Reading a spreadsheet that people filled in: the pages of a workbook, or a text with separators."""

from __future__ import annotations

from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.errors import Unavailable
from chorus_config.model.table import Table
from chorus_config.sources.annuaire.cells import plain_name
from chorus_config.sources.annuaire.faults import unusable
from chorus_config.sources.annuaire.files import named_files
from chorus_config.sources.annuaire.kinds import KINDS
from chorus_config.sources.request import SourceRequest
from chorus_config.sources.spreadsheet.delimited import delimited_table
from chorus_config.sources.spreadsheet.kind_of_file import why_no_table
from chorus_config.sources.spreadsheet.workbook import workbook_tables

_OTHER_FORMATS: Final = (".xls", ".ods")
# Where the header of a public list stands, and how many columns betray one.
_HEADER_WITHIN: Final = 10
_FEWEST_MARKS: Final = 2
# Nobody fills in more by hand.
_MOST_BYTES: Final = 32 * 1024 * 1024


def read_tables(where: str, request: SourceRequest) -> tuple[Table, ...]:
    """Return the tables of a file. Raises NoInput when it is not there, Unavailable for one that cannot be read."""
    if where.casefold().endswith(_OTHER_FORMATS):
        message = _("this format is not read: open it with the spreadsheet, and save it as XLSX or « CSV UTF-8 »")
        raise unusable(request.say, where, request.say(message))
    why = why_no_table(request.directory / where)
    if why:
        raise unusable(request.say, where, request.say(why))
    refused: list[Unavailable] = []
    files = named_files(where, request, refused)
    if refused:
        raise refused[0]
    if len(files) != 1:
        message = _("it holds several files: unpack it, and name one workbook (.xlsx) or one text with separators (.csv)")
        raise unusable(request.say, where, request.say(message))
    (file,) = files
    if file.size > _MOST_BYTES:
        raise unusable(request.say, where, request.say(_("it is larger than any table that people fill in")))
    return workbook_tables(file, request) if file.is_archive else (delimited_table(file, request),)


def is_public_list(table: Table) -> bool:
    """Tell whether a table is a list that Chorus Pro, INSEE or DGFiP publishes: `annuaire:` reads these."""
    headers = [{plain_name(cell) for cell in row.cells if isinstance(cell, str)} for row in table.rows[:_HEADER_WITHIN]]
    return any(len(kind.marks & names) >= _FEWEST_MARKS for names in headers for kind in KINDS)
