"""One sheet of a plan: read, compared with what is known of it, judged at once where nothing is, or claimed by two files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.compare import difference
from chorus_config.diff.expand import Expanded, expand, root_of
from chorus_config.diff.fields import managed, path_of, pointer
from chorus_config.diff.sensitive import digest, tokenised_body
from chorus_config.engine.checking.findings import CheckSettings, to_findings
from chorus_config.engine.checking.names_at_fault import groups_in_doubt
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.planning.change_rules import informational_faults
from chorus_config.engine.planning.desired_sheet import DesiredSheet, Judge, KnownErrors, new_errors
from chorus_config.engine.planning.inputs import PlanningInputs, in_scope
from chorus_config.engine.planning.settled import SettledSheet
from chorus_config.model.address import Address
from chorus_config.model.finding import Fault, Finding, Period, Related
from chorus_config.model.plan import Change
from chorus_config.model.project import Body, TextFile
from chorus_config.model.snapshot import Snapshot
from chorus_config.rules.catalogue import texts
from chorus_config.rules.judges.names import NamedFile
from chorus_config.yamltext.document import Document

# Errors that leave part of a sheet out of what is compared, whatever it may have been meant to say.
_NOT_COMPARED: Final = frozenset({"CP004", "CP007", "CP008", "CP009", "CP801", "CP802"})
NOTHING: Final = Expanded()

# A file that was checked, a sheet that was judged by itself already, or one that asks for nothing.
PlannedFile = CheckedFile | DesiredSheet | SettledSheet


class SheetInputs(Struct, frozen=True):
    """What every sheet is read with."""

    known: Snapshot
    inputs: PlanningInputs
    settings: CheckSettings


def named_document(one: CheckedFile) -> tuple[Address, Document] | None:
    """Return the structure or account that a file is about, and its document; None for any other file."""
    if one.document is None or one.kind == "projet":
        return None
    root = root_of(one.document.body)
    return None if root is None else (root, one.document)


def surely_named(one: CheckedFile, known_errors: Mapping[str, KnownErrors]) -> tuple[Address, Document] | None:
    """Return what `named_document` does, None too under a new error of the name: what the file wants is then nobody's wish."""
    named = named_document(one)
    if named is None:
        return None
    return None if any(new_errors(one.name_errors, known_errors.get(str(named[0]), frozenset()))) else named


def desired_sheet(root: Address, document: Document, one: CheckedFile, given: SheetInputs) -> DesiredSheet:
    """Return what a sheet wants beside what is known of it; `one` is its file as it was checked."""
    found = one.findings
    name, known, inputs = str(root), given.known, given.inputs
    before = expand(known.records[name].body) if name in known.records else Expanded()
    after, known_errors = expand(document.body), inputs.known_errors.get(name, frozenset())
    new = tuple(new_errors(found, known_errors))
    in_doubt, memos = groups_in_doubt(new, document.body), _memos(document, root, before, after, given.settings)
    return DesiredSheet(
        root, document, found + memos, before, after,
        changes=tuple(one for one in difference(before, after) if not _is_unsure(one, in_doubt)),
        digest=digest([name, document.path, tokenised_body(after, inputs.token_of)]),
        managed=sum(len(managed(*item)) for item in after.resources.items()),
        replaces=_replaced(document),
        unsure=bool(in_doubt) or any(one.rule in _NOT_COMPARED for one in new),
        known_errors=known_errors,
        # A memo is told in the words of the day; seldom is there any.
        period=Period(given.settings.day, given.settings.day) if memos else one.period,
    )  # fmt: skip


def _is_unsure(change: Change, in_doubt: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a change may only follow from an entry whose name is at fault: that entry seems gone, or is two."""
    twice = in_doubt.get(change.address.group)
    return twice is not None and (change.op == "delete" or change.address.key in twice)


def beside(first: DesiredSheet | None, second: DesiredSheet, given: SheetInputs) -> DesiredSheet:
    """Return what is kept of a sheet, beside another one of its name if there is one."""
    if first is not None:
        return _claimed_twice(_as_read(first, given), _as_read(second, given), given.settings)
    return second if second.judged is not None else kept(second)


def judged_at_once(one: CheckedFile, given: SheetInputs, judge: Judge) -> CheckedFile | DesiredSheet:
    """Return a sheet, judged by itself where nothing is known; a file that is none, or out of scope, as it is.

    Of thousands that ask for everything little is then kept, and any process may do it.
    """
    named = surely_named(one, given.inputs.known_errors)
    if named is None or not in_scope(str(named[0]), given.inputs.options):
        return one
    return kept(desired_sheet(*named, one, given), judge)


def kept(sheet: DesiredSheet, judge: Judge | None = None) -> DesiredSheet:
    """Return what is kept of a sheet: of one that asks for nothing new, not its content, since thousands may stand beside."""
    if sheet.changes and judge is None:
        return replace(sheet, document=sheet.document.without_positions())
    judged = judge(sheet) if sheet.changes and judge is not None else None
    changes = () if judged is None else judged.changes
    empty = replace(sheet.document, body={})
    return replace(sheet, document=empty, before=NOTHING, after=NOTHING, changes=changes, judged=judged)


def _as_read(sheet: DesiredSheet, given: SheetInputs) -> DesiredSheet:
    """Return a sheet of which little was kept as it was read: another file claims its name, and that was not known then."""
    one = sheet.document
    if one.body or not one.raw:
        return sheet
    checked = check_file(TextFile(one.path, one.raw, one.kind), given.settings)
    read = desired_sheet(sheet.root, checked.document or one, replace(checked, findings=sheet.findings), given)
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


def duplicate_claim(root: Address, body: Body) -> tuple[str, str]:
    """Return rule and pointer of the CP011 that a second file of a root gets."""
    return "CP011", pointer(path_of(root, body))


def duplicate_findings(second: Document, first: Document, root: Address, settings: CheckSettings) -> tuple[Finding, ...]:
    """Return the CP011 of a file whose identifiant (or ref) an earlier file has; both places are shown."""
    path = path_of(root, second.body)
    span = first.place(path)
    other = Related(first.path, span.line, span.column, settings.say(texts("CP011").messages["first"]))
    fault = Fault("CP011", path, args={"value": root.owner, "other": first.path})
    findings = to_findings((fault,), second, root.owner, settings)
    return tuple(replace(finding, related=(other,)) for finding in findings)


def _replaced(document: Document) -> tuple[str, ...]:
    """Return the identifiant that a sheet says it replaces, () for none."""
    named: Any = document.body.get("remplace")
    found = named.get("identifiant") if isinstance(named, Mapping) else None
    return (found,) if isinstance(found, str) else ()
