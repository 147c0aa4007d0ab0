"""Reading observed sources: which one an address means, what it is asked for, and several of them as one."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.app.names import accounts_of
from chorus_config.app.project import OpenProject, now
from chorus_config.engine.drift.merge import merged
from chorus_config.engine.drift.tidy import tidied
from chorus_config.engine.drift.users import with_users
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput, UsageFault
from chorus_config.model.observed.directory import Directory
from chorus_config.model.observed.directory_line import lines_by_owner
from chorus_config.model.observed.source import Asked
from chorus_config.model.snapshot import Snapshot
from chorus_config.model.table import Table
from chorus_config.render.shared.dates import instant_text
from chorus_config.sources.address import SCHEME, refuse_address, refuse_mistyped, without_credentials
from chorus_config.sources.http.settings import host_of
from chorus_config.sources.names import listed as first_names
from chorus_config.sources.request import SourceRequest
from chorus_config.sources.snapshot_file.document import read_file, read_snapshot
from chorus_config.yamltext.characters import printable

# A clock may be wrong, and local time may pass for UTC.
_CLOCKS_DIFFER: Final = timedelta(days=1)
# Those of other formats are told what to save them as.
_SPREADSHEETS: Final = (".xlsx", ".xlsm", ".csv", ".xls", ".ods")
_STORES: Final = ("sqlite:///", "postgresql+psycopg://")


class Pace(Struct, frozen=True):
    """How fast a source is asked over the network: so many calls at once, so many begun in a second (None: no limit)."""

    most_parallel: int = 2
    per_second: float | None = 2.0


def observe_source(project: OpenProject, source: str, asked: Asked | None = None, pace: Pace | None = None) -> Snapshot:
    """Return what one source says: a snapshot file, `annuaire:PATH`, `afnor:[NAME]`, `piste:[ENVIRONMENT]`, or a store.

    `asked` narrows what is read; None asks for all of a file. The word of a snapshot file for where it came from is kept.
    Raises NoInput, Unavailable, UsageFault for what cannot be asked.
    """
    if is_store_address(source):
        return _approved(project, source, asked or Asked())
    require_source(project, source)
    named = SCHEME.fullmatch(source)
    if named is None or named[1] not in _READERS:
        name = without_credentials(source)
        snapshot = read_snapshot(read_file(project.directory / source, name, project.say), name, project.say)
        _note_future(project, snapshot)
        snapshot = replace(snapshot, source=without_credentials(snapshot.source))
        # Of a file nobody asks for less than it holds, but by name.
        return snapshot if asked is None or asked.only else _narrowed(snapshot, asked)
    return _read(project, named[1], named[2], _request(project, asked or Asked(), pace or Pace()))


class Contact(Struct, frozen=True):
    """A source over the network, as far as it was asked: its host, the variables of its account, the instant it gave."""

    host: str
    variables: tuple[str, ...]
    at: datetime | None = None


def contact(project: OpenProject, source: str, pace: Pace, *, online: bool) -> Contact:
    """Return what is needed to ask `afnor:…` or `piste:…`; `online` asks it for a token, in one call, and for nothing else.

    Raises UsageFault for addresses that cannot be used, Unavailable when a variable is missing or the source refuses.
    """
    from chorus_config.sources.contact import settings_of, token_given  # noqa: PLC0415 - hardly any run asks

    scheme, _colon, where = source.partition(":")
    request = _request(project, Asked(), pace)
    settings = settings_of(scheme, where, request)
    at = token_given(settings, request) if online else None
    return Contact(host_of(settings.oauth), settings.variables, at)


def require_source(project: OpenProject, source: str) -> None:
    """Raise UsageFault for a word that can name no source; whether there is such a file is another question."""
    if not is_source_address(source):
        refuse_mistyped(source, _READERS, project.directory, project.say)
    elif without_credentials(source) != source and not os.path.lexists(project.directory / source.partition(":")[2]):
        # No source is reached by an address with a password: what each is asked with stands in the environment.
        refuse_address(source, _READERS, project.say)


def observe_sources(
    project: OpenProject, sources: str | Sequence[str], asked: Asked | None = None, pace: Pace | None = None
) -> Snapshot:
    """Return what several sources say together: of each field the best informed speaks. Raises like `observe_source`.

    Between two of one kind, and snapshot files, the order in which they are named decides.
    """
    ordered = sorted(dict.fromkeys(listed(sources)), key=_rank)
    return merged([observe_source(project, one, asked, pace) for one in ordered])


def listed(sources: str | Sequence[str]) -> tuple[str, ...]:
    """Return sources as they were named, one alone too: a text is a sequence of letters, and never meant as one here."""
    return (sources,) if isinstance(sources, str) else tuple(sources)


def note_unanswered(project: OpenProject, sources: Sequence[str], asked: Asked, known: Collection[str]) -> None:
    """Tell which SIRENs and SIRETs that were asked for by name no source knows; `known` are the structures that one does."""
    # What is asked over a network tells its own.
    if all(one.startswith(("afnor:", "piste:")) for one in sources):
        return
    names = asked.unanswered(known)
    if names:
        message = _("note: asked for, and known to no source that was read: {names}")
        project.note(message, names=first_names(names, project.say))


def told_sources(sources: str | Sequence[str]) -> tuple[str, ...]:
    """Return sources as results and suggested commands name them, without any password."""
    return tuple(map(without_credentials, listed(sources)))


def text_of(project: OpenProject, name: str, limit: int) -> str:
    """Return the text of a file that was named beside a source. Raises NoInput, Unavailable."""
    return read_file(project.directory / name, name, project.say, limit)


def is_spreadsheet(source: str) -> bool:
    """Tell whether a word names a spreadsheet that people filled in, and no address."""
    return not is_source_address(source) and source.casefold().endswith(_SPREADSHEETS)


def read_spreadsheet(project: OpenProject, path: str) -> tuple[Table, ...]:
    """Return the tables of a workbook or of a text with separators.

    Raises NoInput, Unavailable, UsageFault for a list that is published and that nobody fills in.
    """
    from chorus_config.sources.spreadsheet.read import is_public_list, read_tables  # noqa: PLC0415 - only who has one needs it

    tables = read_tables(path, _request(project, Asked(), Pace()))
    if any(map(is_public_list, tables)):
        message = _("{source} is a public list, and nothing that people fill in: did you mean {meant}?")
        raise UsageFault(project.say(message, source=printable(path), meant=printable(f"annuaire:{path}")))
    return tables


def is_source_address(source: str) -> bool:
    """Tell whether a word is the address of a source, and no file."""
    named = SCHEME.fullmatch(source)
    return named is not None and named[1] in _READERS


def is_store_address(source: str) -> bool:
    """Tell whether a word is the address of a store: what is approved there can be written into sheets."""
    return source.startswith(_STORES)


def _approved(project: OpenProject, source: str, asked: Asked) -> Snapshot:
    """Return what is approved in a store. Raises NoInput when nothing is."""
    from chorus_config.store.store import Store  # noqa: PLC0415 - hardly any source is a store

    store = Store(source, project.root, project.say)
    state = store.read()
    if state.snapshot.lineage is None:
        raise NoInput(project.say(_("nothing is approved in {source}"), source=printable(store.url)))
    return _narrowed(state.snapshot, asked)


def _rank(source: str) -> int:
    named = SCHEME.fullmatch(source)
    return list(_READERS).index(named[1]) if named is not None and named[1] in _READERS else 0


def _request(project: OpenProject, asked: Asked, pace: Pace) -> SourceRequest:
    return SourceRequest(
        project.directory, project.say, asked, project.events.note, project.events.track,
        project=project.config, at=now(), day=project.settings.day,
        most_parallel=pace.most_parallel, per_second=pace.per_second,
    )  # fmt: skip


def _read(project: OpenProject, scheme: str, where: str, request: SourceRequest) -> Snapshot:
    """Read a source, tidied as a sheet can hold it."""
    return tidied(_READERS[scheme](project, where, request))


def _annuaire(project: OpenProject, where: str, request: SourceRequest) -> Snapshot:
    from chorus_config.sources.annuaire.read import read_observed  # noqa: PLC0415 - only who reads lists needs it

    found = read_observed(os.path.expanduser(where), request)  # noqa: PTH111 - a path that is none stays as it is
    snapshot = replace(found.snapshot, lines=lines_by_owner(found.lines))
    if not found.users:
        return snapshot
    told = with_users(snapshot, found.users, {one.root: one for one in accounts_of(project)})
    if told.strangers:
        message = _(
            "note: persons of the export of users without an account here, so that the users of {names} are not compared: {n}"
        )
        project.note(message, names=", ".join(sorted(told.strangers)), n=sum(told.strangers.values()))
    return told.snapshot


def _afnor(_project: OpenProject, where: str, request: SourceRequest) -> Snapshot:
    from chorus_config.sources.afnor.read import read_afnor  # noqa: PLC0415 - only who asks the directory needs it

    return read_afnor(where, request)


def _piste(_project: OpenProject, where: str, request: SourceRequest) -> Snapshot:
    from chorus_config.sources.piste.read import read_piste  # noqa: PLC0415 - only who asks Chorus Pro needs it

    return read_piste(where, request)


# The best informed first: the portal itself, what is published from it the next day, what is published once a week.
_READERS: Final = {"piste": _piste, "afnor": _afnor, "annuaire": _annuaire}


def _narrowed(snapshot: Snapshot, asked: Asked) -> Snapshot:
    records = {root: record for root, record in snapshot.records.items() if asked.covers(root)}
    return replace(snapshot, records=records, lines={one: own for one, own in snapshot.lines.items() if asked.concerns(one)})


def _note_future(project: OpenProject, snapshot: Snapshot) -> None:
    """Tell of a snapshot whose instant is still to come: beside it, all that is read later passes for old."""
    limit = (datetime.fromisoformat(now()) + _CLOCKS_DIFFER).isoformat()
    if snapshot.taken_at is not None and is_older(replace(snapshot, taken_at=limit), snapshot.taken_at):
        message = _(
            "note: the snapshot says that it was taken on {taken}, which is still to come: check the clock it was made by"
        )
        project.note(message, taken=instant_text(snapshot.taken_at, project.say))


def is_older(seen: Snapshot, than: str | None) -> bool:
    """Tell whether a snapshot was taken before an instant; False when either is not known."""
    taken = seen.taken_at
    return taken is not None and than is not None and datetime.fromisoformat(taken) < datetime.fromisoformat(than)


def read_lists(project: OpenProject, where: str, sirens: frozenset[str]) -> Directory:
    """Return what the public lists of a path of the project say of some SIRENs. Raises NoInput, Unavailable, UsageFault.

    What there is to note of the lists, `observe annuaire:PATH` tells; a check of sheets does not.
    """
    from chorus_config.sources.annuaire.read import read_compared  # noqa: PLC0415 - only who keeps lists pays for it

    request = SourceRequest(
        project.root, project.say, Asked(sirens=sirens), follow=project.events.track,
        project=project.config, at=now(), day=project.settings.day,
    )  # fmt: skip
    return read_compared(os.path.expanduser(where), request)  # noqa: PTH111
