"""`annuaire:PATH`: what public lists and extracts in files say of structures, without any credential."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from datetime import datetime
from itertools import chain
from typing import Any, Final, TypeVar

from chorus_config.i18n.translator import _
from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.errors import NoInput, UsageFault
from chorus_config.model.observed.directory import Budget, Directory, FileRead, newest_budgets
from chorus_config.model.observed.directory_line import DirectoryLine
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.sources.annuaire import others
from chorus_config.sources.annuaire.bodies import Body, Services, new_body, read_services, read_structures
from chorus_config.sources.annuaire.extract import Extract, read_extract
from chorus_config.sources.annuaire.kinds import (
    ADDRESS_LIST,
    BUDGET_LIST,
    ESTABLISHMENT_LIST,
    EXTRACT,
    KINDS,
    SERVICE_LIST,
    STRUCTURE_LIST,
    USER_LIST,
    Kind,
)
from chorus_config.sources.annuaire.listed import Lists, lists_in, nothing_in, only_others_in
from chorus_config.sources.annuaire.tables import Counted, Listing, Table
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

Found = TypeVar("Found")
_Reader = Callable[[Table, SourceRequest, Counted], Found]

_SHEETS: Final = (STRUCTURE_LIST, SERVICE_LIST)
_SPEAKING: Final = (*_SHEETS, USER_LIST)
_SPEAKING_WITH_LINES: Final = (*_SPEAKING, ADDRESS_LIST)
_COMPARED: Final = (*_SHEETS, ESTABLISHMENT_LIST, BUDGET_LIST)
_ALL: Final = (*_SHEETS, ESTABLISHMENT_LIST, BUDGET_LIST, ADDRESS_LIST, USER_LIST)


def read_annuaire(where: str, request: SourceRequest) -> Snapshot:
    """Return what the lists of structures and services, and extracts, say of the structures that are asked for.

    Other lists beside them are not read. Raises UsageFault without a path, NoInput, Unavailable.
    """
    return _read(where, request, _SHEETS).snapshot


def read_observed(where: str, request: SourceRequest) -> Directory:
    """Return the same, the rows of the portal's export of users and, where they are asked for, the invoicing addresses.

    Raises like `read_annuaire`; a list of addresses is enough where they are asked for.
    """
    return _read(where, request, _SPEAKING_WITH_LINES if request.asked.lines else _SPEAKING)


def read_compared(where: str, request: SourceRequest) -> Directory:
    """Return what sheets and a portfolio are compared with: structures, services, INSEE's establishments, DGFiP's budgets.

    Lists of persons and addresses beside them are not read. Raises like `read_annuaire`.
    """
    return _read(where, request, _COMPARED)


def read_directory(where: str, request: SourceRequest) -> Directory:
    """Return all that the files of a path say of the structures that are asked for. Raises like `read_annuaire`."""
    return _read(where, request, _ALL)


class _Session:
    """The reading of one path: what was read of each list so far."""

    def __init__(self, lists: Lists, kinds: Collection[Kind], request: SourceRequest) -> None:
        self.lists, self.kinds, self.request = lists, kinds, request
        self.files: list[FileRead] = []
        self.extract = Extract()

    def read(self, kind: Kind, reader: _Reader[Found]) -> list[Found]:
        """Return what is found in each list of a kind; nothing where the kind is not asked for."""
        return [self._read_one(one, reader) for one in self.lists.of(kind)] if kind in self.kinds else []

    def _read_one(self, listing: Listing, reader: _Reader[Found]) -> Found:
        table = listing.table()
        counted = Counted()
        found = reader(table, self.request, counted)
        if not counted.rows:
            message = _("{name} holds the names of columns only, no row: fetch it again")
            raise NoInput(self.request.say(message, name=printable(listing.name)))
        table.notes.tell()
        self.files.append(FileRead(listing.name, listing.kind.name, counted.rows, counted.kept))
        return found

    def read_extracts(self) -> None:
        """Take in what all extracts say."""
        for file in self.lists.extracts:
            counted = Counted()
            read_extract(file, self.request, self.extract, counted)
            if not counted.rows:
                message = _("note: {name} is no extract of the directory: it holds no establishment, routing code or address")
                self.request.note(self.request.say(message, name=printable(file.name)))
            self.files.append(FileRead(file.name, EXTRACT.name, counted.rows, counted.kept))


def _read(where: str, request: SourceRequest, kinds: Collection[Kind]) -> Directory:
    if not where:
        raise UsageFault(request.say(_("annuaire: needs the path of a file or folder, as in `annuaire:annuaire/`")))
    with ExitStack() as stack:
        lists = lists_in(where, request, stack, kinds)
        if not lists.extracts and not any(map(lists.of, _enough(kinds))):
            raise NoInput(only_others_in(where, lists, request))
        session = _Session(lists, kinds, request)
        snapshot = _snapshot(where, session)
        return Directory(
            snapshot,
            _budgets(session),
            next(iter(session.read(ESTABLISHMENT_LIST, others.read_establishments)), {}),
            _lines(session),
            tuple(chain(*session.read(USER_LIST, others.read_users))),
            tuple(session.files),
        )


def _enough(kinds: Collection[Kind]) -> Collection[Kind]:
    """Return the lists of which one must be there."""
    if kinds in (_SHEETS, _SPEAKING):
        return _SHEETS
    return (*_SHEETS, ADDRESS_LIST) if kinds == _SPEAKING_WITH_LINES else KINDS


def _lines(session: _Session) -> tuple[DirectoryLine, ...]:
    """Return the invoicing addresses; those of an extract of changes are not all that a structure has, and left out."""
    extract = () if session.extract.partial else session.extract.lines
    return tuple(dict.fromkeys([*extract, *chain(*session.read(ADDRESS_LIST, others.read_addresses))]))


def _snapshot(where: str, session: _Session) -> Snapshot:
    """Return what the lists and extracts say of structures."""
    lists, request = session.lists, session.request
    structures = next(iter(session.read(STRUCTURE_LIST, read_structures)), None)
    services = next(iter(session.read(SERVICE_LIST, read_services)), None)
    session.read_extracts()
    if not lists.listings and not session.extract.records:
        raise NoInput(nothing_in(where, request))
    records = _records(structures, services, session.extract, request)
    return Snapshot(records, f"annuaire:{printable(where)}", _taken_at(session))


def _budgets(session: _Session) -> tuple[Budget, ...]:
    """Return the budgets of all years, of each SIREN those of the newest."""
    budgets, has_older = newest_budgets(chain(*session.read(BUDGET_LIST, others.read_budgets)))
    if has_older:
        say = session.request.say
        session.request.note(say(_("note: the lists of budgets are of several years: of each SIREN the newest year counts")))
    return budgets


def _records(
    structures: dict[str, Body] | None, services: Services | None, extract: Extract, request: SourceRequest
) -> dict[str, Record]:
    """Return the structures of all lists: the list of structures speaks first, an extract fills in what it leaves out."""
    bodies = structures if structures is not None else {}
    differing = 0
    for owner, body in extract.bodies.items():
        differing += _fill(bodies.setdefault(owner, body), body)
    if differing:
        message = _("note: fields on which the list of structures and the extract differ, the list is followed: {n}")
        request.note(request.say(message, n=differing))
    if services is not None:
        _put_services(bodies, services, structures is not None or bool(extract.bodies), request)
    elif extract.has_codes and not extract.partial:
        _put_services(bodies, Services(extract.services, extract.has_public), True, request)
    return {owner: Record(owner, body) for owner, body in bodies.items()}


def _put_services(bodies: dict[str, Body], services: Services, is_listed: bool, request: SourceRequest) -> None:
    """Put the complete list of services into each structure that the list of services speaks of.

    A list without any FACTURES_PUBLIQUES says nothing of that one; in a list with some, a structure without it is not whole.
    """
    _take_owners(bodies, services, is_listed, request)
    untold = []
    for owner, body in bodies.items():
        entries = services.entries.get(owner)
        if entries is None or (services.has_public and PUBLIC_INVOICES not in entries):
            untold.append(owner)
            continue
        public = [] if services.has_public else [{"code": PUBLIC_INVOICES}]
        body["services"] = [*public, *entries.values()]
    if untold:
        message = _(
            "note: structures of which the service FACTURES_PUBLIQUES is not listed: their services are not taken for complete,"
            " and left out: {n} (first: {first})"
        )
        request.note(request.say(message, n=len(untold), first=printable(untold[0])))


def _take_owners(bodies: dict[str, Body], services: Services, is_listed: bool, request: SourceRequest) -> None:
    """Make structures of those that only the list of services has, or note them where there is a list of structures."""
    for owner in bodies:
        # The list of services says no types: a number that the other list says is no SIRET was taken for a short one.
        if len(owner) < len(padded := owner.zfill(14)) and padded in services.entries and padded not in bodies:
            services.entries[owner] = services.entries.pop(padded)
    strays = [owner for owner in services.entries if owner not in bodies]
    if strays and is_listed:
        message = _("note: services of structures that the list of structures lacks, left aside: {n} (first: {first})")
        request.note(request.say(message, n=len(strays), first=printable(strays[0])))
    elif strays:
        bodies.update((owner, new_body(owner)) for owner in strays)


def _fill(into: Body, other: Mapping[str, Any]) -> int:
    """Put into a body what only the other says; return how many fields differ."""
    differing = 0
    for key, value in other.items():
        here = into.setdefault(key, value)
        if isinstance(here, dict) and isinstance(value, Mapping):
            differing += _fill(here, value) if here is not value else 0
        elif here != value:
            differing += 1
    return differing


def _taken_at(session: _Session) -> str | None:
    """Return the instant of the oldest file that speaks of structures: when a list was written, not when it is looked at."""
    lists, at = session.lists, session.request.at
    kinds = _SPEAKING_WITH_LINES if session.kinds == _SPEAKING_WITH_LINES else _SPEAKING
    speaking = [one.written for kind in kinds if kind in session.kinds for one in lists.of(kind)]
    speaking += [one.written for one in lists.extracts]
    oldest = min(speaking or [one.written for one in lists.listings if one.kind in session.kinds], default=at)
    is_future = bool(at) and datetime.fromisoformat(oldest) > datetime.fromisoformat(at)
    return (at if is_future else oldest) or None
