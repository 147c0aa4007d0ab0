"""Where the portfolio stands: each budget and sheet, with what was found, approved and entered. Nothing is written."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from chorus_config.app.project import OpenProject
from chorus_config.app.validate import files_to_check, validate_project
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.ledger.record import last_known_by_root
from chorus_config.engine.portfolio.status import Portfolio, portfolio_status, sheet_file
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.errors import Locked, NoInput, Refused, Unavailable
from chorus_config.model.portfolio.status import PortfolioStatus, SheetFile, StatusRow, StoreFacts
from chorus_config.model.project_entries import Member
from chorus_config.model.snapshot import Record
from chorus_config.schema.lookup import nearest, plain
from chorus_config.workspace.folder import Selection
from chorus_config.yamltext.characters import printable


def find_status(project: OpenProject, targets: Sequence[str] = (), member: str | None = None) -> PortfolioStatus:
    """Return where each budget of the portfolio stands, and each sheet beside it.

    `targets` are patterns of identifiants, `member` the name or SIREN of one: only what they name is shown. Paths are as seen
    from the directory of the project's options. A store that cannot be read is told in a note, and its columns stay unknown;
    none is ever made. Raises NoInput for a member or targets that name nothing, and when there is neither sheet nor budget.
    """
    chosen = _member(project, member)
    approved, facts = _store(project)
    sheets: dict[str, SheetFile] = {}

    def _look(one: CheckedFile) -> None:
        if one.kind == "fiche-structure":
            sheets[one.path] = sheet_file(one, approved, project.settings.day)

    done = validate_project(project, _selection(project), _look)
    assert done.index is not None  # noqa: S101 - a whole check knows all files
    found = portfolio_status(Portfolio(done.index, done.findings, sheets, facts), targets, chosen)
    if targets and not found.rows:
        message = _("no budget of the portfolio and no sheet matches {targets}")
        raise NoInput(project.say(message, targets=", ".join(map(printable, targets))))
    return _seen_from(project, found)


def _selection(project: OpenProject) -> Selection:
    """Return all files. A portfolio of which no sheet is there yet is what this is for, an empty folder is not."""
    if project.config.budgets or project.config.members:
        return project.select_all()
    return files_to_check(replace(project, paths=()))


def _member(project: OpenProject, word: str | None) -> Member | None:
    """Return the member that a name or a SIREN means. Raises NoInput, naming the nearest."""
    if word is None:
        return None
    members, say = project.config.members, project.say
    same = _named(members, word)
    if len(same) == 1:
        return same[0]
    if same:
        message = _("several members are called {name}: give the SIREN, one of {sirens}")
        raise NoInput(say(message, name=printable(word), sirens=", ".join(one.siren for one in same)))
    if not members:
        raise NoInput(say(_("no member is called {name}: the project file has no `membres`"), name=printable(word)))
    close = nearest(word, (one.name for one in members), 0.5)
    message = _("no member of the project is called {name}")
    if close:
        message = _("no member of the project is called {name}; the nearest is {close}")
    raise NoInput(say(message, name=printable(word), close=printable(close)))


def _named(members: Sequence[Member], word: str) -> tuple[Member, ...]:
    digits = "".join(word.split())
    same = tuple(one for one in members if one.siren == digits)
    # A member that is named twice (CP055) is one.
    return same[:1] or tuple(one for one in members if plain(one.name) == plain(word))


def _store(project: OpenProject) -> tuple[Mapping[str, Record] | None, StoreFacts | None]:
    """Return what is approved, and what the store says beside it; None for a store that cannot be read, which is told."""
    try:
        store = project.store()
        approved, waiting, history = store.read().snapshot, store.operations(only_open=True), store.confirmations()
    except (Unavailable, Locked, Refused) as fault:
        project.note(_("note: what is approved and what remains to be entered is not known: {why}"), why=fault)
        return None, None
    counted = Counter(parse_address(one.address).root for one in waiting)
    return approved.records, StoreFacts(approved.source, counted, last_known_by_root(history))


def _seen_from(project: OpenProject, found: PortfolioStatus) -> PortfolioStatus:
    """Return the same with paths as seen from where the user stands, as the findings of `validate` have them."""
    prefix = os.path.relpath(project.root, project.directory)
    if prefix == ".":
        return found

    def _seen(path: str) -> str:
        return os.path.relpath(project.root / path, project.directory).replace(os.sep, "/") if path else ""

    def _row(row: StatusRow) -> StatusRow:
        return replace(row, path=_seen(row.path))

    groups = tuple(replace(group, rows=tuple(map(_row, group.rows))) for group in found.groups)
    return replace(found, groups=groups, directory=_seen(found.directory))


def status_workbook(status: PortfolioStatus, say: Translator) -> bytes:
    """Return the portfolio as a workbook (XLSX): one line a budget or sheet, the texts as texts."""
    from chorus_config.render.status.table import status_table  # noqa: PLC0415 - imported only when asked for
    from chorus_config.workspace.table_workbook import table_workbook  # noqa: PLC0415

    return table_workbook(say(_("Portfolio")), status_table(status, say))
