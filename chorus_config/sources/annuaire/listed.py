"""The lists that a path holds: found by what stands in the files, each kind once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput
from chorus_config.sources.annuaire.delimited import header_of, open_table
from chorus_config.sources.annuaire.faults import unusable
from chorus_config.sources.annuaire.files import named_files
from chorus_config.sources.annuaire.kinds import EXTRACT, KINDS, Kind, missing_columns, repeated_columns, unknown_columns
from chorus_config.sources.annuaire.source_file import SourceFile
from chorus_config.sources.annuaire.tables import Listing
from chorus_config.sources.annuaire.workbook import listings
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

# How files begin that hold a list perhaps, but in a form that is not read, and what to do with them.
_OTHER_FORMS: Final = (
    (
        b"\xd0\xcf\x11\xe0",
        _("it is a workbook in the old form XLS: open it with a spreadsheet, and save it as XLSX or « CSV UTF-8 »"),
    ),
    (b"\xff\xfe", _("it is text in UTF-16: open it with a spreadsheet, and save it as « CSV UTF-8 »")),
    (b"\xfe\xff", _("it is text in UTF-16: open it with a spreadsheet, and save it as « CSV UTF-8 »")),
    (b"\x1f\x8b", _("it is packed with gzip: unpack it, and give the file or the folder")),
)


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a path, one a kind (several where years or extracts go together), and its extracts in XML."""

    listings: tuple[Listing, ...]
    extracts: tuple[SourceFile, ...]

    def of(self, kind: Kind) -> tuple[Listing, ...]:
        """Return the lists of a kind."""
        return tuple(one for one in self.listings if one.kind is kind)


def lists_in(where: str, request: SourceRequest, stack: ExitStack) -> Lists:
    """Return the lists that a path holds; workbooks stay open as long as the stack.

    Raises NoInput where there is none, Unavailable for what cannot be used.
    """
    found: list[Listing] = []
    extracts: list[SourceFile] = []
    aside: list[str] = []
    files = named_files(where, request)
    for file in files:
        if file.start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            extracts.append(file)
            continue
        lists = [*_lists_of(file, request, stack)]
        found += lists
        if not lists:
            aside.append(file.name)
    if not found and not extracts:
        if len(files) == 1 and not files[0].size:
            raise NoInput(request.say(_("{name} is empty: fetch it again"), name=printable(where)))
        raise NoInput(nothing_in(where, request))
    if aside:
        message = _("note: left aside, since no list that is known can be recognised by its columns: {names}")
        request.note(request.say(message, names=", ".join(map(printable, aside))))
    for listing in found:
        _check_columns(listing, request)
        _refuse_twin(listing, found, request)
    return Lists(tuple(found), tuple(extracts))


def _lists_of(file: SourceFile, request: SourceRequest, stack: ExitStack) -> Iterator[Listing]:
    """Yield the lists of a file that is no XML."""
    if file.is_archive:
        yield from listings(file, request, stack)
        return
    for sign, message in _OTHER_FORMS:
        if file.start.startswith(sign):
            raise unusable(request.say, file.name, request.say(message))
    header = header_of(file)
    if header is None:
        return
    yield Listing(file.name, header[3], header[2], file.written, partial(open_table, file, request))


def _check_columns(listing: Listing, request: SourceRequest) -> None:
    """Refuse a list without a column that it needs, or with one twice; note columns that nobody knows."""
    say, name, kind, header = request.say, listing.name, listing.kind, listing.header
    missing = missing_columns(kind, header)
    if missing:
        message = _("it looks like the {kind}, but lacks the column {columns}: fetch it again, or name the column so")
        why = say(message, kind=say(kind.title), columns=", ".join(missing))
        raise unusable(say, name, why)
    twice = repeated_columns(kind, header)
    if twice:
        message = _("the column {columns} is there twice: remove the one that does not count")
        raise unusable(say, name, say(message, columns=", ".join(map(printable, twice))))
    unknown = unknown_columns(kind, header)
    if unknown:
        columns = ", ".join(map(printable, unknown))
        request.note(
            say(_("note: {name}: columns that are not known, not read: {columns}"), name=printable(name), columns=columns)
        )


def _refuse_twin(listing: Listing, found: list[Listing], request: SourceRequest) -> None:
    twin = next(one for one in found if one.kind is listing.kind)
    if twin is not listing and not listing.kind.several:
        say = request.say
        message = _(
            "{one} and {other} are both the {kind}: two weeks of one list would be mixed. Keep the newer file only, or name the"
            " file that is to be read"
        )
        kind = say(listing.kind.title)
        raise unusable(say, listing.name, say(message, one=printable(twin.name), other=printable(listing.name), kind=kind))


def nothing_in(where: str, request: SourceRequest) -> str:
    """Return that a path holds no list, and which lists could be read."""
    say = request.say
    kinds = ", ".join(say(kind.title) for kind in (*KINDS, EXTRACT))
    message = _("{name} holds no list that can be recognised by its columns; these can: {kinds}")
    return say(message, name=printable(where), kinds=kinds)
