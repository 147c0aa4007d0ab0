"""Which sheets a plan is about, what they want, and what stands in the way of knowing it: unread files, two of one name."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from chorus_config.diff.compare import difference
from chorus_config.diff.expand import Expanded, expand, root_of
from chorus_config.diff.fields import managed
from chorus_config.diff.sensitive import TokenOf, digest, tokenised_body
from chorus_config.engine.checking.findings import CheckSettings, to_findings
from chorus_config.engine.checking.names_at_fault import groups_in_doubt
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.planning.change_rules import informational_faults
from chorus_config.engine.planning.desired_sheet import DesiredSheet, Judge, KnownErrors, new_errors
from chorus_config.engine.planning.duplicates import duplicate_claim, duplicate_findings
from chorus_config.engine.planning.settled import SettledSheet, put_aside
from chorus_config.model.address import Address, parse_address
from chorus_config.model.finding import Finding
from chorus_config.model.plan import Change, Decision, Move, Options
from chorus_config.model.project import FileKind, TextFile
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.rules.judges.names import NamedFile
from chorus_config.yamltext.document import Document

# Errors that leave part of a sheet out of what is compared, whatever it may have been meant to say.
_NOT_COMPARED: Final = frozenset({"CP004", "CP007", "CP008", "CP009", "CP801", "CP802"})
_NOTHING: Final = Expanded()


class PlanningInputs(Struct, frozen=True):
    """What a plan is made with beside its sheets and state.

    `token_of` keys sensitive values, `commit` is what git has checked out and whether the sheets differ from it, `tool` names
    the program and its rules, `project` is the project file, `on_portal` the roots that were seen on the portal before anything
    of them was approved, `made_on` the day where plans have an age. The rest is for a comparison of two revisions: errors that
    stood in the first (by root, or by path for a file that could not be read), moved
    sheets, changed decisions.
    """

    token_of: TokenOf
    options: Options
    tool: Mapping[str, str]
    commit: tuple[str | None, bool] = (None, False)
    project: TextFile | None = None
    on_portal: frozenset[str] = frozenset()
    kind: Literal["plan", "diff"] = "plan"
    known_errors: Mapping[str, KnownErrors] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    decisions: tuple[Decision, ...] = ()
    made_on: str = ""


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


class _SheetInputs(Struct, frozen=True):
    """What every sheet is read with."""

    known: Snapshot
    inputs: PlanningInputs
    settings: CheckSettings


def desired_state(
    checked: Iterable[CheckedFile | SettledSheet],
    known: Snapshot,
    inputs: PlanningInputs,
    settings: CheckSettings,
    judge: Judge | None = None,
) -> DesiredState:
    """Sort checked files into sheets, in the order of their roots, and the rest. No other names the root of a settled sheet.

    `judge` judges each as soon as it is read, where nothing is known: of thousands that ask for everything, little is kept.
    """
    sheets: dict[str, DesiredSheet] = {}
    settled: dict[str, SettledSheet] = {}
    other_findings: list[Finding] = []
    unknown: list[CheckedFile] = []
    all_roots: set[str] = set()
    given = _SheetInputs(known, inputs, settings)
    for one in put_aside(checked, settled):
        named = _surely_named(one, inputs.known_errors)
        if named is None:
            other_findings += one.findings
            unknown += [] if _is_nameless_as_before(one, inputs.known_errors) else [_without_text(one)]
            continue
        all_roots.add(name := str(named[0]))
        if in_scope(name, inputs.options):
            sheets[name] = _beside(sheets.get(name), _sheet(*named, one.findings, given), given, judge)
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


def _as_they_were(settled: Mapping[str, SettledSheet], options: Options) -> dict[str, DesiredSheet]:
    return {root: _as_it_was(sheet) for root, sheet in settled.items() if in_scope(root, options)}


def _as_it_was(sheet: SettledSheet) -> DesiredSheet:
    return DesiredSheet(
        parse_address(sheet.root), Document(sheet.path, sheet.kind, {}), sheet.findings, _NOTHING, _NOTHING, (), sheet.digest,
        sheet.managed, sheet.replaces, unsure=sheet.unsure,
    )  # fmt: skip


def settled_sheets(desired: DesiredState, record_digests: Mapping[str, str]) -> tuple[SettledSheet, ...]:
    """Return the sheets that ask for nothing but what is approved; `record_digests` are those of all records, by root."""
    return tuple(
        SettledSheet(
            root, sheet.document.path, sheet.document.kind, sheet.findings, sheet.digest, record_digests[root], sheet.managed,
            sheet.replaces, sheet.unsure,
        )
        for root, sheet in desired.sheets.items()
        if not sheet.changes and not sheet.claimed_twice and root in record_digests
    )  # fmt: skip


def named_document(one: CheckedFile) -> tuple[Address, Document] | None:
    """Return the structure or account that a file is about, and its document; None for any other file."""
    if one.document is None or one.kind == "projet":
        return None
    root = root_of(one.document.body)
    return None if root is None else (root, one.document)


def removed_records(desired: DesiredState, known: Snapshot, options: Options) -> tuple[Record, ...]:
    """Return the records whose sheet is gone: judged on the whole only, and never while nobody knows whom a file describes."""
    if options.paths or options.targets or desired.unread or desired.nameless:
        return ()
    if any(sheet.claimed_twice for sheet in desired.sheets.values()):
        # One of two files of one name was meant for another structure, perhaps one that seems gone.
        return ()
    return tuple(known.records[root] for root in sorted(known.records) if root not in desired.sheets)


def in_scope(root: str, options: Options) -> bool:
    """Tell whether a structure or account is one that the plan was narrowed to."""
    return not options.targets or any(fnmatchcase(root, target) for target in options.targets)


def unmatched_targets(desired: DesiredState, known: Snapshot, options: Options) -> tuple[str, ...]:
    """Return the targets that name no sheet and no known structure: they are probably mistyped."""
    here = [*desired.all_roots, *known.records, *desired.doubtful_roots]
    return tuple(target for target in options.targets if not any(fnmatchcase(root, target) for root in here))


def _is_read(one: CheckedFile) -> bool:
    return one.document is not None and one.kind != "projet"


def _surely_named(one: CheckedFile, known_errors: Mapping[str, KnownErrors]) -> tuple[Address, Document] | None:
    """Return what `named_document` does, None too under a new error of the name: what the file wants is then nobody's wish."""
    named = named_document(one)
    if named is None:
        return None
    return None if any(new_errors(one.name_errors, known_errors.get(str(named[0]), frozenset()))) else named


def _roots_gone(known: Snapshot, all_roots: Container[str]) -> dict[str, str]:
    """Return the known roots that no file names any more, by the file that held them; of two in one file, the first."""
    return {known.records[root].path: root for root in sorted(known.records, reverse=True) if root not in all_roots}


def _without_text(one: CheckedFile) -> CheckedFile:
    """Return what is kept of a file that names nobody: thousands may stand beside."""
    return replace(one, document=replace(one.document, raw=b"")) if one.document is not None else one


def _is_nameless_as_before(one: CheckedFile, known_errors: Mapping[str, KnownErrors]) -> bool:
    """Tell whether a file names nobody, and did not before, with no error that is new."""
    if named_document(one) is not None or one.path not in known_errors:
        return False
    return not any(new_errors(one.findings, known_errors[one.path]))


def _sheet(root: Address, document: Document, found: tuple[Finding, ...], given: _SheetInputs) -> DesiredSheet:
    name, known, inputs = str(root), given.known, given.inputs
    before = expand(known.records[name].body) if name in known.records else Expanded()
    after, known_errors = expand(document.body), inputs.known_errors.get(name, frozenset())
    new = tuple(new_errors(found, known_errors))
    in_doubt = groups_in_doubt(new, document.body)
    return DesiredSheet(
        root, document, found + _memos(document, root, before, after, given.settings), before, after,
        changes=tuple(one for one in difference(before, after) if not _is_unsure(one, in_doubt)),
        digest=digest([name, document.path, tokenised_body(after, inputs.token_of)]),
        managed=sum(len(managed(*item)) for item in after.resources.items()),
        replaces=_replaced(document),
        unsure=bool(in_doubt) or any(one.rule in _NOT_COMPARED for one in new),
        known_errors=known_errors,
    )  # fmt: skip


def _is_unsure(change: Change, in_doubt: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a change may only follow from an entry whose name is at fault: that entry seems gone, or is two."""
    twice = in_doubt.get(change.address.group)
    return twice is not None and (change.op == "delete" or change.address.key in twice)


def _beside(first: DesiredSheet | None, sheet: DesiredSheet, given: _SheetInputs, judge: Judge | None) -> DesiredSheet:
    """Return what is kept of a sheet, beside another one of its name if there is one."""
    return _kept(sheet, judge) if first is None else _claimed_twice(_as_read(first, given), sheet, given.settings)


def _kept(sheet: DesiredSheet, judge: Judge | None = None) -> DesiredSheet:
    """Return what is kept of a sheet: of one that asks for nothing new, not its content, since thousands may stand beside."""
    if sheet.changes and judge is None:
        return replace(sheet, document=sheet.document.without_positions())
    judged = judge(sheet) if sheet.changes and judge is not None else None
    changes = () if judged is None else judged.changes
    empty = replace(sheet.document, body={})
    return replace(sheet, document=empty, before=_NOTHING, after=_NOTHING, changes=changes, judged=judged)


def _without_places(sheet: DesiredSheet) -> DesiredSheet:
    """Return a sheet without its text where it was judged at once: by now no other file can claim its name."""
    return sheet if sheet.judged is None else replace(sheet, document=replace(sheet.document, raw=b""))


def _as_read(sheet: DesiredSheet, given: _SheetInputs) -> DesiredSheet:
    """Return a sheet that was judged at once as it was read: another file claims its name, and that was not known then."""
    if sheet.judged is None:
        return sheet
    one = sheet.document
    document = check_file(TextFile(one.path, one.raw, one.kind), given.settings).document
    read = _sheet(sheet.root, document or one, sheet.findings, given)
    return replace(read, findings=sheet.findings, digest=sheet.digest)


def _memos(
    document: Document, root: Address, before: Expanded, after: Expanded, settings: CheckSettings
) -> tuple[Finding, ...]:
    """Return what is to be said of the sheet's memos: no change carries them."""
    faults = tuple(informational_faults(before, after))
    if not faults:
        return ()
    return to_findings(faults, document, root.owner, settings)


def _claimed_twice(first: DesiredSheet, second: DesiredSheet, settings: CheckSettings) -> DesiredSheet:
    """Keep one of two sheets of one name, the first or the one in the file that is named so, with both places told.

    Neither is obeyed, unless that stood before.
    """
    kept, other = first, second
    if NamedFile(first.document.path).stem != first.root.owner == NamedFile(second.document.path).stem:
        kept, other = second, first
    duplicates = duplicate_findings(other.document, kept.document, first.root, settings)
    # Which of the two bears the wrong name is not known: none is to be renamed.
    found = tuple(one for one in (*first.findings, *second.findings) if one.rule != "CP012")
    new = duplicate_claim(first.root, second.document.body) not in first.known_errors
    return replace(kept, findings=(*found, *duplicates), claimed_twice=first.claimed_twice or new)


def _replaced(document: Document) -> tuple[str, ...]:
    """Return the identifiant that a sheet says it replaces, () for none."""
    named: Any = document.body.get("remplace")
    found = named.get("identifiant") if isinstance(named, Mapping) else None
    return (found,) if isinstance(found, str) else ()


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
