"""From the sheets and a state to a plan. Pure: same input, same plan, to the byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chorus_config.pipelines.acceptance import acceptances, unused, used
from chorus_config.pipelines.check import Checked
from chorus_config.pipelines.frame import Frame
from chorus_config.pipelines.setting import Setting
from chorus_config.pipelines.tell import Subject, tell
from chorus_config.pipelines.threshold import over
from chorus_config.pipelines.verdict import judged, judged_absence
from chorus_config.pipelines.wanted import Sheet, Wanted, absent, wanted
from chorus_config.report.plan_json import plan_document
from chorus_config.resources.compare import in_order, patched
from chorus_config.resources.expand import expand
from chorus_config.resources.fields import is_sensitive
from chorus_config.resources.mask import masked
from chorus_config.resources.seal import Seal, digest, digest_of_many, sealed, sealed_body
from chorus_config.texts.mark import _
from chorus_config.words.change import Change
from chorus_config.words.document import PROJECT_FILE
from chorus_config.words.finding import Fault, Finding
from chorus_config.words.plan import Acceptance, Before, Desired, Plan
from chorus_config.words.snapshot import Record, Snapshot
from chorus_config.yamltext.places import places


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan, and the records that approving it would leave; `forgotten` are the roots it would drop."""

    plan: Plan
    records: tuple[Record, ...]
    forgotten: tuple[str, ...]


def draft(checked: Iterable[Checked], known: Snapshot, frame: Frame, setting: Setting) -> Draft:
    """Compare the checked files with a state and judge every change.

    Absence is judged only when neither paths nor targets narrow the plan, and never while a file cannot be read.
    The files are taken one at a time: of those that ask for nothing new, little is kept.
    """
    chosen = wanted(checked, known, frame, setting)
    gone = absent(chosen, known, frame.options)
    accepted = acceptances(setting, frame.options)
    changes = in_order(
        (
            *(change for sheet in chosen.sheets.values() for change in judged(sheet, chosen, setting, accepted)),
            *(judged_absence(record, chosen, setting, accepted) for record in gone),
        )
    )
    needed = used(changes, accepted)
    guards = _guards(changes, known, frame, setting)
    plan = Plan(
        desired=Desired(_wish(chosen, setting), *frame.commit),
        before=Before(known.source, known.taken_at, known.lineage, known.serial, _state(known, frame.seal)),
        as_of=setting.day.isoformat(),
        changes=changes,
        findings=(*guards, *_idle(needed, frame, setting), *_not_carried(chosen, changes)),
        accepted=needed,
        managed=sum(sheet.managed for sheet in chosen.sheets.values()),
        reasons=(*_reasons(changes, chosen, setting), *(one.message for one in guards if one.level == "error")),
        options=frame.options,
        tool=frame.tool,
        kind=frame.kind,
        moves=frame.moves,
        decisions=frame.decisions,
    )
    return Draft(_sealed(plan, frame.seal), tuple(_approved(chosen, plan)), tuple(record.root for record in gone))


def _guards(changes: Sequence[Change], known: Snapshot, frame: Frame, setting: Setting) -> tuple[Finding, ...]:
    """Return what the thresholds say of the whole plan; a comparison approves nothing, and only warns."""
    told = _of_project(over(changes, known, frame.options, setting), frame, setting)
    return tuple(replace(one, level="warning") if frame.kind == "diff" and one.level == "error" else one for one in told)


def _idle(needed: Iterable[Acceptance], frame: Frame, setting: Setting) -> tuple[Finding, ...]:
    """Return the acceptances that no change needs: worth a note here, where the change may come later."""
    if frame.options.paths or frame.options.targets:
        return ()
    return tuple(replace(one, level="info") for one in _of_project(unused(setting, needed), frame, setting))


def _of_project(found: Iterable[Fault], frame: Frame, setting: Setting) -> tuple[Finding, ...]:
    faults, text = tuple(found), frame.project
    if not faults:
        return ()
    # Without a project file, the place is where a decision would be written.
    subject = Subject(PROJECT_FILE, "projet") if text is None else Subject(text.path, "projet", "", places(text.raw))
    return tell(faults, subject, setting)


def _not_carried(chosen: Wanted, changes: Iterable[Change]) -> tuple[Finding, ...]:
    """Return the findings that no change carries, file by file."""
    carried = {id(finding) for change in changes for finding in change.findings}
    kept = [f for sheet in chosen.sheets.values() for f in sheet.findings if id(f) not in carried]
    return tuple(sorted((*chosen.loose, *kept), key=lambda f: (f.path, f.span, f.rule)))


def _reasons(changes: Iterable[Change], chosen: Wanted, setting: Setting) -> tuple[str, ...]:
    """Return what stands against approving the plan: it is approved whole or not at all."""
    say = setting.say
    blocked = sum(change.blocked for change in changes)
    reasons = (
        [say.count(_("{n} change is blocked by an error"), _("{n} changes are blocked by errors"), blocked)] if blocked else []
    )
    disputed = [root for root, sheet in chosen.sheets.items() if sheet.disputed]
    reasons += [say(_("{root} is described by two files"), root=root) for root in disputed]
    return (*reasons, *(say(_("{path} could not be read: what it asks for is unknown"), path=path) for path in chosen.unread))


def _wish(chosen: Wanted, setting: Setting) -> str:
    return digest({"decisions": setting.project.decisions, "sheets": [sheet.mark for sheet in chosen.sheets.values()]})


def _state(known: Snapshot, seal: Seal) -> str:
    # A record is looked up when its turn comes: of a great state, one body is held at a time.
    records = (known.records[root] for root in sorted(known.records))
    return digest_of_many([record.root, record.path, sealed_body(expand(record.body), seal)] for record in records)


def _sealed(plan: Plan, seal: Seal) -> Plan:
    """Mask what is sensitive, and bind the plan by a digest in which each sensitive value enters as its token."""
    tokens = [
        [
            str(change.address),
            field.path,
            *(sealed(side, change.address, seal) for side in (field.before, field.after)),
        ]
        for change in plan.changes
        for field in change.fields
        if is_sensitive(change.address.group, field.path)
    ]
    shown = replace(plan, changes=tuple(_masked(change) for change in plan.changes))
    return replace(shown, digest=digest({**plan_document(shown), "digest": tokens}))


def _masked(change: Change) -> Change:
    fields = tuple(
        replace(field, before=masked(field.before), after=masked(field.after))
        if is_sensitive(change.address.group, field.path)
        else field
        for field in change.fields
    )
    return replace(change, fields=fields)


def _approved(chosen: Wanted, plan: Plan) -> Iterator[Record]:
    """Yield the record of each sheet that the plan changes, as it would stand after."""
    touched = {change.address.root for change in plan.changes if change.op != "delete" or change.address.group}
    for root, sheet in chosen.sheets.items():
        if root in touched:
            yield _record(root, sheet)


def _record(root: str, sheet: Sheet) -> Record:
    return Record(root, patched(sheet.before, sheet.changes, sheet.after), sheet.document.path)
