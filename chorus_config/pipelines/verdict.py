"""The changes of each sheet with what is found about them, their risk, and the line that wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from chorus_config.pipelines.acceptance import is_accepted
from chorus_config.pipelines.check import owner
from chorus_config.pipelines.judge import Context, judge, place_of
from chorus_config.pipelines.setting import Setting
from chorus_config.pipelines.tell import Subject, tell
from chorus_config.pipelines.wanted import Sheet, Wanted
from chorus_config.resources.compare import deletion
from chorus_config.resources.expand import Expanded, expand, root_of
from chorus_config.resources.fields import steps
from chorus_config.rules.catalogue import RULES
from chorus_config.words.address import Address
from chorus_config.words.change import Change, Risk, SourceLine
from chorus_config.words.document import Document, Kind
from chorus_config.words.finding import Finding
from chorus_config.words.kinds import KINDS
from chorus_config.words.parsed import Places
from chorus_config.words.plan import Acceptance
from chorus_config.words.position import START
from chorus_config.words.snapshot import Record
from chorus_config.yamltext.places import places

_RISKS: Final[Mapping[str, Risk]] = {"create": "none", "update": "low", "delete": "high"}


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where the changes of one sheet are judged: positions in its file, and what they are judged with."""

    places: Places
    context: Context
    accepted: tuple[Acceptance, ...]


def judged(sheet: Sheet, chosen: Wanted, setting: Setting, accepted: tuple[Acceptance, ...]) -> list[Change]:
    """Return the changes of one sheet. An error in a sheet blocks all its changes, one in another sheet none."""
    if not sheet.changes:
        return []
    # A file that held another structure when it was approved, and that structure is nowhere now: changed in place.
    same_file_as = chosen.vacated.get(sheet.document.path)
    bench = _Bench(places(sheet.document.raw), Context(setting.day, sheet.before, sheet.after, same_file_as), accepted)
    return [_with_findings(change, sheet, bench, setting) for change in sheet.changes]


def judged_absence(record: Record, chosen: Wanted, setting: Setting, accepted: tuple[Acceptance, ...]) -> Change:
    """Return the delete of a structure or account whose file is gone."""
    before = expand(record.body)
    address = next(iter(before.resources))
    kind: Kind = "compte-utilisateur" if address.group else "fiche-structure"
    subject = Subject(record.path, kind, address.owner)
    change = deletion(address, before.resources[address])
    context = Context(setting.day, before, Expanded(), replaced=record.root in chosen.replaced)
    told = tell(judge(change, {}, context), subject, setting)
    return replace(change, findings=told, risk="high", blocked=_is_blocked(told, change, accepted))


def _with_findings(change: Change, sheet: Sheet, bench: _Bench, setting: Setting) -> Change:
    document, where = sheet.document, bench.places
    subject = Subject(document.path, document.kind, owner(document.body), where)
    told = tell(judge(change, document.body, bench.context), subject, setting)
    own = tuple(f for f in sheet.findings if _address_of(f, document) == change.address)
    path = place_of(change.address, document.body, change.fields[0].path if change.op == "update" else "")
    span = where.keys.get(path) or where.values.get(path, START)
    return replace(
        change,
        findings=told + own,
        risk="high" if any(RULES[one.rule].risk for one in told) else _RISKS[change.op],
        source=SourceLine(document.path, span.line, span.column),
        blocked=sheet.in_error or _is_blocked(told, change, bench.accepted),
    )


def _is_blocked(told: Iterable[Finding], change: Change, accepted: tuple[Acceptance, ...]) -> bool:
    return any(finding.level == "error" and not is_accepted(finding, change, accepted) for finding in told)


def _address_of(finding: Finding, document: Document) -> Address | None:
    """Return the resource that a finding is about; in another file of the same name, the structure or account as a whole."""
    root = root_of(document.body)
    path = steps(finding.pointer) if finding.path == document.path else ()
    kind = KINDS.get(path[0]) if len(path) > 1 else None
    entries: Any = document.body.get(kind.group) if kind is not None else None
    if root is None or kind is None or not isinstance(entries, list):
        return root
    entry = entries[int(path[1])]
    key = entry.get(kind.key) if kind.key and isinstance(entry, Mapping) else entry
    return Address(root.owner, kind.group, str(key))
