"""Importing: sheets for the structures of a source, written all or none, proven, and noted as seen on the portal."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from chorus_config.app.importing.project_file import Lists, additions, completed_project_file, waivers_of, without_structure
from chorus_config.app.observe import bodies_by_root, record_observed, recording_of, refuse_older, sheets_by_root, state_from
from chorus_config.app.plan import make_plan
from chorus_config.app.project import Events, OpenProject
from chorus_config.app.store_access import Writer
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.importing.over import written_over
from chorus_config.engine.importing.sheet import DraftSheet, draft_account, draft_sheet
from chorus_config.engine.importing.text import sheet_text
from chorus_config.i18n.translator import _
from chorus_config.model.address import parse_address
from chorus_config.model.errors import ChorusConfigError, NoInput, Refused
from chorus_config.model.importing import ANEW, ImportDraft, Imported, NewFile, NewSheet, Way
from chorus_config.model.observed.source import Asked
from chorus_config.model.project import Body, TextFile
from chorus_config.model.project_entries import Waiver
from chorus_config.model.snapshot import Snapshot
from chorus_config.render.shared.dates import instant_text
from chorus_config.schema.packaged import STRICT, directory
from chorus_config.workspace.files import read_text
from chorus_config.workspace.folder import matches
from chorus_config.workspace.git import uncommitted
from chorus_config.workspace.journal import SCHEMAS
from chorus_config.workspace.replace import Replacement, replace_all
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.parse import parse

# Names that every disk takes, and that lead nowhere else.
_FILE_NAME: Final = re.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,99}")
_MOST_NAMED: Final = 5
_ACCOUNT_NAME: Final = re.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,99}")


class _Wish(Struct, frozen=True):
    """How an import is drafted: which roots, over sheets that are there or not, and `exact` what people wrote.

    Of what people wrote, a sheet that says so already is left as it is. `lists` are the public lists that the project is to
    remember.
    """

    roots: Sequence[str]
    unknown: tuple[str, ...] = ()
    force: bool = False
    exact: bool = False
    lists: Lists = field(default_factory=Lists)


def draft_import(
    project: OpenProject, snapshot: Snapshot, asked: Asked, *, lists: Lists | None = None, force: bool = False
) -> ImportDraft:
    """Return what importing the structures of a snapshot would write. Writes nothing.

    A structure that has a sheet keeps it, unless `force`: then what the source reports is written over it. `lists` are the
    public lists that the project is to remember. Raises NoInput when there is nothing to import, Refused when all of it has a
    sheet already.
    """
    roots, unknown = _structures(snapshot, asked), asked.unanswered(snapshot.records)
    chosen = lists or Lists(sirens=asked.sirens)
    return _draft(project, snapshot, _Wish(roots, unknown, force, lists=chosen))


def draft_collected(project: OpenProject, snapshot: Snapshot, *, force: bool = False) -> ImportDraft:
    """Return what importing sheets and accounts that people filled in would write: what they wrote, and nothing put right.

    A sheet that says so already is left as it is; there may be nothing to write at all. Writes nothing. Raises like
    `draft_import`.
    """
    return _draft(project, snapshot, _Wish(sorted(snapshot.records, key=_accounts_last), force=force, exact=True))


def _accounts_last(root: str) -> tuple[bool, str]:
    return _is_account(root), root


def _is_account(root: str) -> bool:
    return parse_address(root).group == "comptes"


def _draft(project: OpenProject, snapshot: Snapshot, wish: _Wish) -> ImportDraft:
    files = _sheets_there(project, force=wish.force)
    kept = {} if wish.force else {root: files[root][0].path for root in wish.roots if root in files}
    _refuse_nothing(project, wish, kept)
    new = {root: files.get(root) for root in wish.roots if root not in kept}
    asked = project.events.track(new.items(), len(new), project.say(_("Preparing the sheets")))
    made = [_new_sheet(project, snapshot, root, there, exact=wish.exact) for root, there in asked]
    same, otherwise = _said_already(project, made) if wish.exact else ({}, ())
    kept |= same
    sheets = [one for one in made if one.root not in kept]
    _refuse_uncommitted(project, [one.file.path for one in sheets if one.file.old is not None])
    return replace(_with_project_file(project, snapshot, wish, sheets, kept), otherwise=otherwise)


def _with_project_file(
    project: OpenProject, snapshot: Snapshot, wish: _Wish, sheets: Sequence[NewSheet], kept: Mapping[str, str]
) -> ImportDraft:
    """Return what is to be written with what the project file gets of it."""
    waivers = () if wish.exact else waivers_of(project, sheets)
    judged = tuple(_judged(project, one, waivers) for one in sheets)
    added = additions(project, [one for one in judged if not _is_account(one.root)], waivers, wish.lists)
    chosen = replace(snapshot, records={one.root: snapshot.records[one.root] for one in sheets})
    project_file, schemas = completed_project_file(project, added), tuple(_schemas(project))
    left = without_structure(added, snapshot)
    return ImportDraft(judged, project_file, schemas, kept, wish.unknown, chosen, left, of_table=wish.exact)


def _said_already(project: OpenProject, made: Sequence[NewSheet]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the sheets that are there and say what would be written, root and path; and which of them write it otherwise."""
    from chorus_config.engine.importing import repairs  # noqa: PLC0415 - only a table over sheets that are there asks

    kept, otherwise = dict[str, str](), list[str]()
    for one in made:
        there = _as_it_was(one)
        if there is None:
            continue
        if repairs.says_already(there, one.file.new):
            kept[one.root] = one.file.path
        elif repairs.differs_in_writing(there, one.file.new, project.settings):
            kept[one.root] = one.file.path
            otherwise.append(one.file.path)
    return kept, tuple(otherwise)


def _as_it_was(sheet: NewSheet) -> TextFile | None:
    return TextFile(sheet.file.path, sheet.file.old, sheet.kind) if sheet.file.old is not None else None


def _structures(snapshot: Snapshot, asked: Asked) -> list[str]:
    return [root for root in sorted(snapshot.records) if not _is_account(root) and asked.covers(root)]


def _sheets_there(project: OpenProject, *, force: bool) -> dict[str, tuple[TextFile, Body]]:
    """Return the sheets of the project by what they describe. With `force`, raises Refused for two of one."""
    found = sheets_by_root(project, tell=False)
    for root, sheets in found.items():
        if force and len(sheets) > 1:
            message = _("nothing was written: {root} is described by two files: {paths}")
            paths = ", ".join(printable(text.path) for text, _body in sheets)
            raise Refused(project.say(message, root=printable(root), paths=paths))
    return {root: sheets[0] for root, sheets in found.items()}


def _refuse_uncommitted(project: OpenProject, paths: Sequence[str]) -> None:
    """Refuse to write over what is not in git: nobody could get it back."""
    _commit, dirty = uncommitted(project.root, paths) if paths else (None, ())
    if dirty:
        message = project.say.count(
            _("nothing was written: {paths} is not committed as it stands: commit it first, so that nothing is lost"),
            _("nothing was written: {paths} are not committed as they stand: commit them first, so that nothing is lost"),
            len(dirty), paths=_some(project, dirty),
        )  # fmt: skip
        raise Refused(message)


def _some(project: OpenProject, paths: Sequence[str]) -> str:
    """Return paths, the first of many and how many more there are."""
    named, more = ", ".join(map(printable, paths[:_MOST_NAMED])), len(paths) - _MOST_NAMED
    return project.say.count(_("{paths} and {n} other"), _("{paths} and {n} others"), more, paths=named) if more > 0 else named


def _judged(project: OpenProject, sheet: NewSheet, waivers: Sequence[Waiver]) -> NewSheet:
    """Return a sheet with what stands against it once the project file has its waivers."""
    from chorus_config.engine.fixing.brought import brought  # noqa: PLC0415 - only what is written is judged

    settings = project.settings
    if any(one.sheet == sheet.root for one in waivers):
        config = replace(project.config, waivers=(*project.config.waivers, *waivers))
        settings = replace(settings, project=config)
        sheet = replace(sheet, findings=check_file(TextFile(sheet.file.path, sheet.file.new), settings).findings)
    there = _as_it_was(sheet)
    new = sheet.findings if there is None else brought(there, sheet.findings, settings)
    return replace(sheet, warnings=tuple(one for one in new if one.level == "warning"))


def _refuse_nothing(project: OpenProject, wish: _Wish, kept: Mapping[str, str]) -> None:
    """Refuse an import of nothing. Raises NoInput, Refused."""
    if not wish.roots:
        message = _("nothing was written: the source knows none of what was asked for: {names}")
        named = ", ".join(map(printable, wish.unknown)) or "–"
        raise NoInput(project.say(message, names=named))
    if len(kept) == len(wish.roots):
        of_source = _(
            "nothing was written: each of these structures has a sheet already. To adopt single values: import SOURCE "
            "--target ADDRESS; to write the sheets anew, comments and all: --force"
        )
        of_table = _(
            "nothing was written: each structure and account of the table has its file already. To have the files changed "
            "where the table says otherwise (their comments stay): --force"
        )
        raise Refused(project.say(of_table if wish.exact else of_source))


def _new_sheet(
    project: OpenProject, snapshot: Snapshot, root: str, there: tuple[TextFile, Body] | None, *, exact: bool
) -> NewSheet:
    old, former = there if there is not None else (None, None)
    record = snapshot.records[root]
    drafted = draft_account(record, former) if _is_account(root) else draft_sheet(record, former, exact=exact)
    path = old.path if old is not None else _place(project, root)
    raw, way = _text_over(project, old, drafted) if old is not None and exact else (b"", ANEW)
    if not raw:
        raw = sheet_text(drafted, _head(project, path, drafted.kind, snapshot), project.say).encode()
    own: Any = drafted.body.get("informations_generales", {})
    file = NewFile(path, old.raw if old is not None else None, raw)
    text = TextFile(path, raw, "compte-utilisateur" if _is_account(root) else "fiche-structure")
    return NewSheet(file, root, str(own.get("libelle", "")), drafted.remarks, check_file(text, project.settings).findings, way)


def _text_over(project: OpenProject, old: TextFile, drafted: DraftSheet) -> tuple[bytes, Way]:
    """Return the bytes of a sheet that is there with what people wrote; b"" where it is to be written anew, and why."""
    try:
        return written_over(old.raw, drafted), Way(keeps_comments=True)
    except CannotEdit as error:
        why = project.say(error.reason, **{name: printable(text) for name, text in error.places.items()})
        return b"", Way(keeps_comments=False, why=why)


def _place(project: OpenProject, root: str) -> str:
    """Return where a sheet or account goes: the folder of the first pattern that finds it there. Raises Refused."""
    is_account = _is_account(root)
    patterns = project.config.accounts if is_account else project.config.structures
    name, fits = parse_address(root).owner, _ACCOUNT_NAME if is_account else _FILE_NAME
    for pattern in patterns:
        folder = pattern.removeprefix("./").split("*")[0].split("?")[0].rpartition("/")[0]
        path = f"{folder}/{name}.yaml" if folder else f"{name}.yaml"
        if matches(path, patterns) and fits.fullmatch(name):
            if os.path.lexists(project.root / path):
                raise Refused(project.say(_there_already(project, path), path=printable(path)))
            return path
    message = _("nothing was written: no pattern of `structures` in the project file would find the sheet {name}")
    of_account = _("nothing was written: no pattern of `comptes` in the project file would find the account {name}")
    raise Refused(project.say(of_account if is_account else message, name=printable(f"{name}.yaml")))


def _there_already(project: OpenProject, path: str) -> str:
    """Return why a file is not written over: what it describes, nobody knows or is something else."""
    text = read_text(project.root, path, "fiche-structure")
    parsed = parse(text.raw) if not text.read_error else None
    if parsed is None or parsed.stopped or parsed.faults:
        return _("nothing was written: {path} is there already, and cannot be read: chorus-config validate says why")
    return _("nothing was written: {path} is there already, and describes something else")


def _head(project: OpenProject, path: str, kind: str, snapshot: Snapshot) -> list[str]:
    up = "../" * path.count("/")
    said = project.say(
        _("Taken from {source} ({at}) by `chorus-config import`. What the source does not report is not managed here."),
        source=printable(snapshot.source), at=instant_text(snapshot.taken_at, project.say),
    )  # fmt: skip
    return [f"yaml-language-server: $schema={up}{SCHEMAS}/{kind}.schema.json", said]


def _schemas(project: OpenProject) -> Iterator[NewFile]:
    """Yield the schemas that editors look for beside the sheets, where they are not there yet."""
    for name in STRICT.values():
        path = f"{SCHEMAS}/{name}.schema.json"
        if not os.path.lexists(project.root / path):
            yield NewFile(path, None, (directory() / f"{name}.schema.json").read_bytes())


def write_import(project: OpenProject, draft: ImportDraft) -> None:
    """Write all sheets of an import, the schemas that editors look for and what it adds to the project file, or none.

    Raises Unavailable, Locked, Refused when a file changed since it was read.
    """
    added = [draft.project_file] if draft.project_file is not None else []
    files = [*(one.file for one in draft.sheets), *added, *draft.schemas]
    replace_all([_replacement(project, one) for one in files], project.root, project.say)


def _waiting(project: OpenProject, draft: ImportDraft) -> tuple[str, ...]:
    """Return the operations that wait to be entered for these structures: they ask for what was approved before."""
    roots = {one.root for one in draft.sheets}
    operations = project.store().ledger().operations
    return tuple(one.address for one in operations if parse_address(one.address).root in roots)


def _replacement(project: OpenProject, file: NewFile) -> Replacement:
    # Behind a link stands the file that is meant.
    return Replacement(Path(os.path.realpath(project.root / file.path)), file.old, file.new)


def finish_import(project: OpenProject, draft: ImportDraft, writer: Writer | None = None, *, record: bool = True) -> Imported:
    """Prove an import and note in the store what was seen, so that nobody is asked to enter it.

    `project` is to be opened anew, since its files changed. What goes wrong is told in the result: the sheets are written.
    """
    paths = tuple(os.path.relpath(project.root / one.file.path, project.directory) for one in draft.sheets)
    # What the source does not report was told sheet by sheet.
    narrowed = replace(project, paths=paths, events=Events(track=project.events.track))
    proven = Imported((), recorded=False, whole=False)
    try:
        plan = make_plan(narrowed, None, state_from(narrowed, draft.snapshot, bodies_by_root(narrowed))).plan
        proven = Imported(plan.changes, recorded=False, whole=plan.applyable or bool(plan.changes))
        if not record:
            return proven
        ready = recording_of(project, draft.snapshot)
        refuse_older(project, ready)
        record_observed(project, ready, writer)
        return replace(proven, recorded=True, left=make_plan(narrowed).plan.changes, waiting=_waiting(project, draft))
    except ChorusConfigError as error:
        return replace(proven, why=str(error))
