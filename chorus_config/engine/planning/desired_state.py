"""Which sheets a plan is about, what they want, and what stands in the way of knowing it: unread files, two of one name."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct, field
from msgspec.structs import replace

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.planning.desired_sheet import DesiredSheet, KnownErrors, new_errors
from chorus_config.engine.planning.inputs import PlanningInputs, in_scope
from chorus_config.engine.planning.one_sheet import (
    NOTHING,
    PlannedFile,
    SheetInputs,
    beside,
    desired_sheet,
    named_document,
    surely_named,
)
from chorus_config.engine.planning.settled import SettledSheet, put_aside
from chorus_config.model.address import parse_address
from chorus_config.model.finding import Finding
from chorus_config.model.plan import Options
from chorus_config.model.project import FileKind
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.rules.judges.names import NamedFile
from chorus_config.yamltext.document import Document


class DesiredState(Struct, frozen=True):
    """The sheets in scope by root; findings of files that belong to none; files of which nobody knows what they want.

    `unread` are those that could not be read, `nameless` those (with their kind) whose identifiant or ref is at fault;
    `doubtful_roots` are what these are probably about.
    `all_roots` names the roots of all files that were read, in scope or not; `roots_gone` the roots that are nowhere now, by
    the file that held them; `replaced` the identifiants that a sheet in scope says it replaces. `settled` are the sheets
    that were not looked into, in scope or not.
    """

    sheets: Mapping[str, DesiredSheet]
    other_findings: tuple[Finding, ...]
    unread: tuple[str, ...]
    nameless: tuple[tuple[str, FileKind], ...] = ()
    doubtful_roots: frozenset[str] = frozenset()
    all_roots: frozenset[str] = frozenset()
    roots_gone: Mapping[str, str] = field(default_factory=dict)
    replaced: frozenset[str] = frozenset()
    on_portal: frozenset[str] = frozenset()
    settled: Mapping[str, SettledSheet] = field(default_factory=dict)


def desired_state(
    checked: Iterable[PlannedFile],
    known: Snapshot,
    inputs: PlanningInputs,
    settings: CheckSettings,
) -> DesiredState:
    """Sort checked files into sheets, in the order of their roots, and the rest. No other names the root of a settled sheet.

    Those in scope may be sheets already, judged by themselves (`judged_at_once`).
    """
    sheets: dict[str, DesiredSheet] = {}
    settled: dict[str, SettledSheet] = {}
    other_findings: list[Finding] = []
    unknown: list[CheckedFile] = []
    all_roots: set[str] = set()
    given = SheetInputs(known, inputs, settings)
    others: Iterable[CheckedFile | DesiredSheet] = put_aside(checked, settled)
    for one in others:
        root, sheet = _root_and_sheet(one, given)
        if root:
            all_roots.add(root)
        elif isinstance(one, CheckedFile):
            other_findings += one.findings
            unknown += _nameless(one, inputs.known_errors)
        if sheet is not None:
            sheets[root] = beside(sheets.get(root), sheet, given)
    all_roots, sheets = all_roots | settled.keys(), sheets | _as_they_were(settled, inputs.options)
    here = _unknown_in_scope(unknown, known, inputs.options)
    return DesiredState(
        {root: _without_places(sheets[root]) for root in sorted(sheets)},
        tuple(other_findings),
        tuple(one.path for one in here if not _is_read(one)),
        tuple((one.path, one.kind) for one in here if _is_read(one)),
        frozenset(map(_root_by_name, unknown)),
        frozenset(all_roots),
        _roots_gone(known, all_roots),
        frozenset(root for sheet in sheets.values() for root in sheet.replaces),
        inputs.on_portal,
        settled,
    )


def _root_and_sheet(one: CheckedFile | DesiredSheet, given: SheetInputs) -> tuple[str, DesiredSheet | None]:
    """Return what a file is about, "" when nobody knows, and what it wants, None when that is nothing or out of scope."""
    if isinstance(one, DesiredSheet):
        return str(one.root), one
    named = surely_named(one, given.inputs.known_errors)
    if named is None:
        return "", None
    root = str(named[0])
    return root, desired_sheet(*named, one, given) if in_scope(root, given.inputs.options) else None


def _as_they_were(settled: Mapping[str, SettledSheet], options: Options) -> dict[str, DesiredSheet]:
    return {root: _as_it_was(sheet) for root, sheet in settled.items() if in_scope(root, options)}


def _as_it_was(sheet: SettledSheet) -> DesiredSheet:
    return DesiredSheet(
        parse_address(sheet.root), Document(sheet.path, sheet.kind, {}), sheet.findings, NOTHING, NOTHING, (), sheet.digest,
        sheet.managed, sheet.replaces, unsure=sheet.unsure, period=sheet.period,
    )  # fmt: skip


def settled_sheets(desired: DesiredState, record_digests: Mapping[str, str]) -> tuple[SettledSheet, ...]:
    """Return the sheets that ask for nothing but what is approved; `record_digests` are those of all records, by root."""
    return tuple(
        SettledSheet(
            root, sheet.document.path, sheet.document.kind, sheet.findings, sheet.digest, record_digests[root], sheet.managed,
            sheet.replaces, sheet.unsure, sheet.period,
        )
        for root, sheet in desired.sheets.items()
        if not sheet.changes and not sheet.claimed_twice and root in record_digests
    )  # fmt: skip


def removed_records(desired: DesiredState, known: Snapshot, options: Options) -> tuple[Record, ...]:
    """Return the records whose sheet is gone: judged on the whole only, and never while nobody knows whom a file describes."""
    if options.paths or options.targets or desired.unread or desired.nameless:
        return ()
    if any(sheet.claimed_twice for sheet in desired.sheets.values()):
        # One of two files of one name was meant for another structure, perhaps one that seems gone.
        return ()
    return tuple(known.records[root] for root in sorted(known.records) if root not in desired.sheets)


def unmatched_targets(desired: DesiredState, known: Snapshot, options: Options) -> tuple[str, ...]:
    """Return the targets that name no sheet and no known structure: they are probably mistyped."""
    here = [*desired.all_roots, *known.records, *desired.doubtful_roots]
    return tuple(target for target in options.targets if not any(fnmatchcase(root, target) for root in here))


def _is_read(one: CheckedFile) -> bool:
    return one.document is not None and one.kind != "projet"


def _roots_gone(known: Snapshot, all_roots: Container[str]) -> dict[str, str]:
    """Return the known roots that no file names any more, by the file that held them; of two in one file, the first."""
    return {known.records[root].path: root for root in sorted(known.records, reverse=True) if root not in all_roots}


def _without_text(one: CheckedFile) -> CheckedFile:
    """Return what is kept of a file that names nobody: thousands may stand beside."""
    return replace(one, document=replace(one.document, raw=b"")) if one.document is not None else one


def _nameless(one: CheckedFile, known_errors: Mapping[str, KnownErrors]) -> list[CheckedFile]:
    """Return a file of which nobody knows what it wants; nothing, when it was so before."""
    return [] if _is_nameless_as_before(one, known_errors) else [_without_text(one)]


def _is_nameless_as_before(one: CheckedFile, known_errors: Mapping[str, KnownErrors]) -> bool:
    """Tell whether a file names nobody, and did not before, with no error that is new."""
    if named_document(one) is not None or one.path not in known_errors:
        return False
    return not any(new_errors(one.findings, known_errors[one.path]))


def _without_places(sheet: DesiredSheet) -> DesiredSheet:
    """Return a sheet without its text where it was judged at once: by now no other file can claim its name."""
    return sheet if sheet.judged is None else replace(sheet, document=replace(sheet.document, raw=b""))


def _unknown_in_scope(unknown: Sequence[CheckedFile], known: Snapshot, options: Options) -> Sequence[CheckedFile]:
    """A plan narrowed to some structures is not in doubt because of the file of another."""
    if not options.targets:
        return unknown
    theirs = {known.records[root].path for root in known.records if in_scope(root, options)}
    return [one for one in unknown if one.path in theirs or in_scope(_root_by_name(one), options)]


def _root_by_name(one: CheckedFile) -> str:
    """Return the root that a file is probably about: the one that it is named after."""
    stem = NamedFile(one.path).stem
    return f"comptes/{stem}" if one.kind == "compte-utilisateur" else stem
