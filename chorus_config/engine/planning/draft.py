"""From the sheets and a state to a plan. Pure: same input, same plan, to the byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import is_

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.compare import in_order, patched
from chorus_config.diff.expand import expand
from chorus_config.diff.names import names_in, resource_name, roots_in
from chorus_config.diff.sensitive import (
    TokenOf,
    digest,
    digest_of_document,
    is_hidden,
    shown_value,
    token_for,
    token_of_address,
    tokenised_body,
)
from chorus_config.engine.checking.causes import without_followers
from chorus_config.engine.checking.findings import CheckSettings, limited, to_findings
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.planning.desired_sheet import DesiredSheet, Judge, JudgedSheet
from chorus_config.engine.planning.desired_state import (
    DesiredState,
    desired_state,
    removed_records,
    settled_sheets,
    unmatched_targets,
)
from chorus_config.engine.planning.guards import (
    acceptances,
    needed_acceptances,
    threshold_faults,
    unused_acceptances,
    unused_options,
)
from chorus_config.engine.planning.inputs import PlanningInputs
from chorus_config.engine.planning.judged_changes import judged_changes, judged_removal
from chorus_config.engine.planning.new_structures import told_once
from chorus_config.engine.planning.one_sheet import PlannedFile, SheetInputs, judged_at_once
from chorus_config.engine.planning.settled import SettledSheet
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import Address, parse_address
from chorus_config.model.finding import Fault, Finding
from chorus_config.model.plan import Acceptance, Before, Change, Desired, FieldChange, Plan
from chorus_config.model.project import PROJECT_FILE
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.streamed.packed_record import PackedRecord, PackedRecords
from chorus_config.render.plan.json import streamed_document
from chorus_config.yamltext.document import Document


class Draft(Struct, frozen=True):
    """A plan, and the records that approving it would leave; `forgotten` are the roots it would drop.

    `unmatched` are the targets that name nothing; `settled` the sheets that ask for nothing.
    """

    plan: Plan
    records: PackedRecords
    forgotten: tuple[str, ...]
    unmatched: tuple[str, ...] = ()
    settled: tuple[SettledSheet, ...] = ()


def draft_plan(
    checked: Iterable[PlannedFile],
    known: Snapshot,
    inputs: PlanningInputs,
    settings: CheckSettings,
) -> Draft:
    """Compare the checked files, taken one at a time, with a state and judge every change.

    Absence is judged only when neither paths nor targets narrow the plan, and never while nobody knows whom a file describes.
    """
    accepted = acceptances(settings, inputs.options)
    desired = desired_state(_at_once(checked, SheetInputs(known, inputs, settings)), known, inputs, settings)
    gone = removed_records(desired, known, inputs.options)
    judged = (change for sheet in desired.sheets.values() for change in judged_changes(sheet, desired, settings, accepted))
    removed = (judged_removal(record, desired, settings, accepted) for record in gone)
    changes = told_once(in_order((*judged, *removed)), settings.say)
    needed, size = needed_acceptances(changes, accepted), _threshold_findings(changes, known, inputs, settings)
    records = _record_digests(known, desired.settled, inputs.token_of)
    plan = Plan(
        desired=Desired(_desired_digest(desired, settings), *inputs.commit),
        before=Before(known.source, known.taken_at, known.lineage, known.serial, digest([*records.values()])),
        as_of=settings.day.isoformat(),
        changes=tuple(_shown(change, settings) for change in changes),
        findings=(*size, *_unused_acceptances(needed, inputs, settings), *_further(desired, changes, settings)),
        accepted=needed,
        managed=sum(sheet.managed for sheet in desired.sheets.values()),
        reasons=(*_reasons(changes, desired, settings), *(one.message for one in size if one.level == "error")),
        options=inputs.options,
        tool=inputs.tool,
        kind=inputs.kind,
        moves=inputs.moves,
        decisions=inputs.decisions,
        made_on=inputs.made_on,
        names=_names(_addresses(changes, needed, inputs), desired, known),
    )
    forgotten, unmatched = tuple(record.root for record in gone), unmatched_targets(desired, known, inputs.options)
    sealed, approved = _masked_with_digest(plan, inputs.token_of), PackedRecords(_approved(desired, plan))
    return Draft(sealed, approved, forgotten, unmatched, settled_sheets(desired, records))


def first_judge(inputs: PlanningInputs, settings: CheckSettings) -> Judge:
    """Return what judges a sheet at once, against a state that knows nothing: then no other sheet counts."""
    alone, accepted = DesiredState({}, (), (), on_portal=inputs.on_portal), acceptances(settings, inputs.options)

    def _judge(sheet: DesiredSheet) -> JudgedSheet:
        changes = tuple(judged_changes(sheet, alone, settings, accepted))
        return JudgedSheet(changes, _name(sheet), PackedRecord.of(_record(str(sheet.root), sheet)))

    return _judge


def _at_once(checked: Iterable[PlannedFile], given: SheetInputs) -> Iterable[PlannedFile]:
    """Return what was checked, judged as soon as it is read where nothing is known, unless another process did."""
    if given.known.records:
        return checked
    judge = first_judge(given.inputs, given.settings)
    return (judged_at_once(one, given, judge) if isinstance(one, CheckedFile) else one for one in checked)


def _name(sheet: DesiredSheet) -> str:
    return sheet.judged.name if sheet.judged else resource_name(sheet.root, sheet.after.resources.get(sheet.root, {}))


def _addresses(changes: Iterable[Change], needed: Iterable[Acceptance], inputs: PlanningInputs) -> Iterator[Address]:
    """Yield all that a plan speaks of."""
    yield from (change.address for change in changes)
    yield from (parse_address(one.address) for one in needed)
    yield from (parse_address(one.address) for one in inputs.moves)


def _names(addresses: Iterable[Address], desired: DesiredState, known: Snapshot) -> dict[str, str]:
    """Return what people call them: as the sheets want it, else as it was."""
    roots = roots_in(addresses)
    sheets = (desired.sheets[root] for root in sorted(roots & desired.sheets.keys()))
    wanted = {str(sheet.root): _name(sheet) for sheet in sheets}
    return dict(sorted({**names_in(roots, known.records), **{root: name for root, name in wanted.items() if name}}.items()))


def _threshold_findings(
    changes: Sequence[Change], known: Snapshot, inputs: PlanningInputs, settings: CheckSettings
) -> tuple[Finding, ...]:
    """Return what the thresholds say of the whole plan; a comparison approves nothing, and only warns."""
    findings = _project_findings(threshold_faults(changes, known, inputs.options, settings), inputs, settings)
    return tuple(replace(one, level="warning") if inputs.kind == "diff" and one.level == "error" else one for one in findings)


def _unused_acceptances(needed: Iterable[Acceptance], inputs: PlanningInputs, settings: CheckSettings) -> tuple[Finding, ...]:
    """Return the acceptances that no change needs: worth a note here, where the change may come later.

    Those of the project file are judged on the whole only, those that were asked of this very plan always.
    """
    narrowed = inputs.options.paths or inputs.options.targets
    faults = [*unused_options(inputs.options, needed), *(() if narrowed else unused_acceptances(settings, needed))]
    return tuple(replace(one, level="info") for one in _project_findings(faults, inputs, settings))


def _project_findings(found: Iterable[Fault], inputs: PlanningInputs, settings: CheckSettings) -> tuple[Finding, ...]:
    faults, text = tuple(found), inputs.project
    if not faults:
        return ()
    # Without a project file, the place is where a decision would be written.
    document = Document(PROJECT_FILE, "projet", {}) if text is None else Document(text.path, "projet", {}, text.raw)
    return to_findings(faults, document, "", settings)


def _shown(change: Change, settings: CheckSettings) -> Change:
    """Return a change with no more findings than anybody reads; what they decide, is decided by then."""
    findings = limited(change.findings, settings.say)
    return change if len(findings) == len(change.findings) else replace(change, findings=findings)


def _further(desired: DesiredState, changes: Iterable[Change], settings: CheckSettings) -> Iterable[Finding]:
    """Return the findings that no change carries, no more of one rule and file than people read."""
    return limited(_findings_without_change(desired, changes), settings.say)


def _findings_without_change(desired: DesiredState, changes: Iterable[Change]) -> tuple[Finding, ...]:
    """Return the findings that no change carries, file by file."""
    told = [finding for change in changes for finding in change.findings]
    carried = {id(finding) for finding in told}
    left = (f for sheet in desired.sheets.values() for f in sheet.findings if id(f) not in carried)
    kept = without_followers(left, told)
    return tuple(sorted((*desired.other_findings, *kept), key=lambda f: (f.path, f.span, f.rule)))


def _reasons(changes: Iterable[Change], desired: DesiredState, settings: CheckSettings) -> tuple[str, ...]:
    """Return what stands against approving the plan: it is approved whole or not at all."""
    say = settings.say
    blocked = sum(change.blocked for change in changes)
    reasons = (
        [say.count(_("{n} change is blocked by an error"), _("{n} changes are blocked by errors"), blocked)] if blocked else []
    )
    disputed = [root for root, sheet in desired.sheets.items() if sheet.claimed_twice]
    reasons += [say(_("{root} is described by two files"), root=root) for root in disputed]
    return (*reasons, *_unknown_wishes(desired, say))


def _unknown_wishes(desired: DesiredState, say: Translator) -> Iterator[str]:
    """Yield what nobody knows of the sheets: none of them is as it is approved, for all that is known."""
    yield from (say(_("{path} could not be read: what it asks for is unknown"), path=path) for path in desired.unread)
    for path, kind in desired.nameless:
        message = _("nobody knows which structure {path} describes: its identifiant is to be corrected")
        if kind == "compte-utilisateur":
            message = _("nobody knows which account {path} describes: its ref is to be corrected")
        yield say(message, path=path)
    for sheet in desired.sheets.values():
        # Its changes are blocked: that is told already.
        if sheet.unsure and not sheet.changes:
            message = _("{path} has an error, which hides part of what it asks for: that part was not compared")
            yield say(message, path=sheet.document.path)


def _desired_digest(desired: DesiredState, settings: CheckSettings) -> str:
    return digest({"decisions": settings.project.decisions, "sheets": [sheet.digest for sheet in desired.sheets.values()]})


def _record_digests(known: Snapshot, settled: Mapping[str, SettledSheet], token_of: TokenOf) -> dict[str, str]:
    """Return the digest of each record, in the order of the roots; those of settled sheets are known already."""

    def _digest(root: str) -> str:
        # A record is looked up when its turn comes: of a great state, one body is held at a time.
        return settled[root].record_digest if root in settled else _record_digest(known.records[root], token_of)

    return {root: _digest(root) for root in sorted(known.records)}


def _record_digest(record: Record, token_of: TokenOf) -> str:
    return digest([record.root, record.path, tokenised_body(expand(record.body), token_of)])


def _masked_with_digest(plan: Plan, token_of: TokenOf) -> Plan:
    """Mask what is sensitive, and bind the plan by a digest in which each sensitive value enters as its token."""
    tokens = [
        [
            token_of_address(change.address, token_of),
            field.path,
            *(token_for(side, change.address, token_of) for side in (field.before, field.after)),
        ]
        for change in plan.changes
        for field in change.fields
        if any(is_hidden(change.address.group, field.path, side) for side in (field.before, field.after))
    ]
    masked_plan = replace(plan, changes=tuple(map(_masked, plan.changes)))
    return replace(masked_plan, digest=digest_of_document({**streamed_document(masked_plan), "digest": tokens}))


def _masked(change: Change) -> Change:
    group = change.address.group
    fields = tuple([_masked_field(group, field) for field in change.fields])
    # Nearly every change holds nothing to be hidden, and stays the one it is.
    return change if all(map(is_, fields, change.fields)) else replace(change, fields=fields)


def _masked_field(group: str, field: FieldChange) -> FieldChange:
    before, after = shown_value(group, field.path, field.before), shown_value(group, field.path, field.after)
    return field if before is field.before and after is field.after else replace(field, before=before, after=after)


def _approved(desired: DesiredState, plan: Plan) -> Iterator[PackedRecord]:
    """Yield the record of each sheet that the plan changes, as it would stand after."""
    touched = {change.address.root for change in plan.changes if change.op != "delete" or change.address.group}
    for root, sheet in desired.sheets.items():
        if root in touched:
            yield sheet.judged.record if sheet.judged is not None else PackedRecord.of(_record(root, sheet))


def _record(root: str, sheet: DesiredSheet) -> Record:
    return Record(root, patched(sheet.before, sheet.changes, sheet.after), sheet.document.path)
