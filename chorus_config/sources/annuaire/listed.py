"""The lists that a path holds: found by what stands in the files, each kind once."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput, Unavailable
from chorus_config.sources.annuaire.delimited import header_of, open_table
from chorus_config.sources.annuaire.extract import MARKS
from chorus_config.sources.annuaire.faults import unusable
from chorus_config.sources.annuaire.files import named_files
from chorus_config.sources.annuaire.kinds import (
    ADDRESS_LIST,
    EXTRACT,
    KINDS,
    Kind,
    missing_columns,
    repeated_columns,
    unknown_columns,
)
from chorus_config.sources.annuaire.source_file import SourceFile
from chorus_config.sources.annuaire.stream import BYTE_ORDER_MARK
from chorus_config.sources.annuaire.tables import Listing
from chorus_config.sources.annuaire.workbook import listings
from chorus_config.sources.names import listed
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

# How files begin that hold a list perhaps, but in a form that is not read, and what to do with them.
_OTHER_FORMS: Final = (
    (
        b"\xd0\xcf\x11\xe0",
        _("it is a workbook in the old form XLS: open it with a spreadsheet, and save it as XLSX or « CSV UTF-8 »"),
    ),
    (BOM_UTF16_LE, _("it is text in UTF-16: open it with a spreadsheet, and save it as « CSV UTF-8 »")),
    (BOM_UTF16_BE, _("it is text in UTF-16: open it with a spreadsheet, and save it as « CSV UTF-8 »")),
    (b"\x1f\x8b", _("it is packed with gzip: unpack it, and give the file or the folder")),
)
_WEB_PAGE: Final = re.compile(rb"<!doctype\s+html|<html", re.IGNORECASE)
_WEB_PAGE_WITHIN: Final = 2048


class Lists(Struct, frozen=True):
    """The lists of a path, one a kind (several where years or extracts go together), and its extracts in XML."""

    listings: tuple[Listing, ...]
    extracts: tuple[SourceFile, ...]

    def of(self, kind: Kind) -> tuple[Listing, ...]:
        """Return the lists of a kind."""
        return tuple(one for one in self.listings if one.kind is kind)


def lists_in(where: str, request: SourceRequest, stack: ExitStack, kinds: Collection[Kind]) -> Lists:
    """Return the lists that a path holds; workbooks stay open as long as the stack. Those of other `kinds` are not looked into.

    A file that was not named itself, is no list and not called as one, is left aside, whatever it is, and noted.

    Raises NoInput where there is no list, Unavailable for what cannot be used.
    """
    found = _Found()
    files = named_files(where, request, found.refused)
    for file in files:
        found.take(file, request, stack)
    if not found.listings and not found.extracts:
        raise _nothing(where, files, found, request)
    _note_aside(found, request)
    for listing in found.listings:
        if listing.kind in kinds:
            _check_columns(listing, request)
            _refuse_twin(listing, found.listings, request)
    return Lists(tuple(found.listings), tuple(found.extracts))


class _Found(Struct):
    """What was found in the files so far: lists, extracts, names of files that are neither, why others cannot be used."""

    listings: list[Listing] = field(default_factory=list)
    extracts: list[SourceFile] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    refused: list[Unavailable] = field(default_factory=list)

    def take(self, file: SourceFile, request: SourceRequest, stack: ExitStack) -> None:
        """Take what a file holds. Raises Unavailable for one that was named, or is a list for all that."""
        if _is_extract(file):
            self.extracts.append(file)
            return
        before = len(self.listings)
        try:
            self.listings.extend(_lists_of(file, request, stack))
        except Unavailable as fault:
            if file.is_meant or len(self.listings) > before or _is_list_in_utf_16(file):
                raise
            self.refused.append(fault)
        else:
            if len(self.listings) == before:
                self.aside.append(file.name)


def _nothing(where: str, files: Sequence[SourceFile], found: _Found, request: SourceRequest) -> Exception:
    """Return the error of a path without any list."""
    if found.refused:
        return found.refused[0]
    if len(files) == 1 and not files[0].size:
        return NoInput(request.say(_("{name} is empty: fetch it again"), name=printable(where)))
    return NoInput(nothing_in(where, request))


def _note_aside(found: _Found, request: SourceRequest) -> None:
    """Note the files of a folder that are no lists, and why those that cannot be opened are left aside."""
    names = found.aside
    if names:
        message = _("note: left aside, since no list that is known can be recognised by its columns: {names}")
        request.note(request.say(message, names=listed(names, request.say)))
    for fault in found.refused:
        request.note(request.say(_("note: left aside: {reason}"), reason=fault))


def _is_extract(file: SourceFile) -> bool:
    """Tell whether a file is XML, and that of an extract where only its folder was named."""
    if not _is_marked_up(file) or _is_web_page(file):
        return False
    return file.named or any(name.encode() in file.start for name in MARKS)


def _is_marked_up(file: SourceFile) -> bool:
    return file.start.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"<")


def _is_web_page(file: SourceFile) -> bool:
    return _is_marked_up(file) and _WEB_PAGE.search(file.start, 0, _WEB_PAGE_WITHIN) is not None


def _is_list_in_utf_16(file: SourceFile) -> bool:
    text = file.start.decode("utf-16", "ignore") if file.start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else ""
    return bool(text) and header_of(replace(file, start=text.encode())) is not None


def _lists_of(file: SourceFile, request: SourceRequest, stack: ExitStack) -> Iterator[Listing]:
    """Yield the lists of a file that is no extract. Raises Unavailable for one in a form that is not read."""
    if file.is_archive:
        yield from listings(file, request, stack)
        return
    if _is_web_page(file):
        message = _("it is a web page, not the list: log in again, and fetch the list again")
        raise unusable(request.say, file.name, request.say(message))
    for sign, message in _OTHER_FORMS:
        if file.start.startswith(sign):
            raise unusable(request.say, file.name, request.say(message))
    header = header_of(file)
    if header is not None:
        yield Listing(file.name, header[3], header[2], file.written, partial(open_table, file, header, request))


def _check_columns(listing: Listing, request: SourceRequest) -> None:
    """Refuse a list without a column that it needs, or with one twice; note columns that nobody knows."""
    say, name, kind, header = request.say, listing.name, listing.kind, listing.header
    missing = missing_columns(kind, header)
    if missing:
        message = _("it is {kind}, but the column {columns} is missing: fetch it again, or name the column so")
        why = say(message, kind=say(kind.called or kind.title), columns=", ".join(missing))
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


def only_others_in(where: str, lists: Lists, request: SourceRequest) -> str:
    """Return that a path holds lists, but none that says anything of structures."""
    say = request.say
    kinds = ", ".join(dict.fromkeys(say(one.kind.title) for one in lists.listings))
    message = _(
        "{name} holds no list of structures or services, only: {kinds}. Put Chorus Pro's list of public structures beside it"
    )
    refused = say(message, name=printable(where), kinds=kinds)
    if not lists.of(ADDRESS_LIST):
        return refused
    # Whoever asks for addresses is not refused it: here something else was asked for.
    alone = _("Invoicing addresses alone are compared by `chorus-config drift`, and kept by `chorus-config observe … -o`")
    return f"{refused}. {say(alone)}"
