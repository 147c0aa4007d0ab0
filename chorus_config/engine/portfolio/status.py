"""From what a check found, the project file and the store to a row a budget or sheet; and what a check of these fails for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chorus_config.diff.compare import difference
from chorus_config.diff.expand import expand
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.drift.compare import matches_target
from chorus_config.model.finding import Finding, Level
from chorus_config.model.project import Body, Member, ProjectIndex, SheetFacts
from chorus_config.model.snapshot import Record
from chorus_config.model.status import (
    Approved,
    CheckResult,
    Deadline,
    Failing,
    PortfolioStatus,
    SheetFile,
    State,
    StatusGroup,
    StatusRow,
    StoreFacts,
)
from chorus_config.rules.judges.names import NamedFile, meant_files


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All that the status of a portfolio is made from: `sheets` by path, `store` None where it could not be read."""

    index: ProjectIndex
    findings: tuple[Finding, ...]
    sheets: Mapping[str, SheetFile] = field(default_factory=dict)
    store: StoreFacts | None = None


def sheet_file(one: CheckedFile, approved: Mapping[str, Record] | None) -> SheetFile:
    """Return what a sheet that was checked says beside its name; `approved` is what the store has, None without one."""
    body: Body = one.document.body if one.document is not None else {}
    general = body.get("informations_generales")
    created = general.get("date_creation") if isinstance(general, dict) else None
    services = body.get("services")
    return SheetFile(
        one.path,
        created if isinstance(created, str) else "",
        tuple(str(row.get("code", "")) for row in services if isinstance(row, dict)) if isinstance(services, list) else None,
        None if approved is None else _approved(general, body, approved),
    )


def _approved(general: object, body: Body, approved: Mapping[str, Record]) -> Approved:
    """Return whether what a sheet asks for is approved; what it does not write, it does not ask for."""
    known = approved.get(str(general.get("identifiant"))) if isinstance(general, dict) else None
    if known is None:
        return "no"
    return "yes" if known.body == body or not difference(expand(known.body), expand(body)) else "changed"


def portfolio_status(of: Portfolio, targets: Sequence[str] = (), member: Member | None = None) -> PortfolioStatus:
    """Return where a portfolio stands, in its own order; sheets of no budget come last, in the order of their files.

    With a `member`, only what is theirs; `targets` (patterns of identifiants) narrow it further.
    """
    index, project = of.index, of.index.project
    told: dict[str, Counter[Level]] = {}
    for finding in of.findings:
        told.setdefault(finding.path, Counter())[finding.level] += 1
    rows = tuple(_rows(of, told))
    kept = tuple(row for row in rows if matches_target(row.root, targets) and (member is None or _is_of(row, member)))
    sheets = {row.path for row in rows}
    elsewhere = sum((levels for path, levels in told.items() if path not in sheets), Counter[Level]())
    named = (member,) if member is not None else project.members
    return PortfolioStatus(
        index.day,
        tuple(_groups(kept, named, of.index, keep_empty=not targets)),
        project.portfolio_name,
        _deadline(project.deadline, index.day),
        of.store.source if of.store is not None else "",
        None if targets or member is not None else elsewhere,
        project.directory,
        tuple(targets),
    )


def _is_of(row: StatusRow, member: Member) -> bool:
    return row.root.startswith(member.siren)


def _groups(
    rows: Sequence[StatusRow], members: Sequence[Member], index: ProjectIndex, *, keep_empty: bool
) -> Iterator[StatusGroup]:
    """Yield the rows by member, in the order of the project file, then those of none."""
    by_siren: dict[str, list[StatusRow]] = {member.siren: [] for member in members}
    others: list[StatusRow] = []
    for row in rows:
        by_siren.get(row.root[:9], others).append(row)
    for member in members:
        # A member that is named twice (CP055) has its rows once.
        own = tuple(by_siren.pop(member.siren, ()))
        if own or keep_empty:
            yield StatusGroup(member, own, _deadline(member.deadline or index.project.deadline, index.day))
    if others or not members:
        yield StatusGroup(None, tuple(others), _deadline(index.project.deadline, index.day))


def check_status(status: PortfolioStatus, within: int | None = None) -> CheckResult:
    """Return what keeps a portfolio from passing: no sheet, errors, not ready though the deadline is past or that near.

    `within` is in days before the last day; None: only once it is past. Who is in a hurry is not told twice of one budget.
    """
    failing = Counter[Failing]()
    for row in status.rows:
        if row.state in {"no_sheet", "errors"}:
            failing["no_sheet" if row.state == "no_sheet" else "errors"] += 1
        elif row.is_budget and not row.ready and _is_late(row.deadline, within):
            failing["late"] += 1
    failing["member"] = len([group for group in status.groups if group.member is not None and not group.rows])
    failing["elsewhere"] = (status.elsewhere or {}).get("error", 0)
    return CheckResult({name: number for name, number in failing.items() if number}, within)


def _is_late(deadline: Deadline | None, within: int | None) -> bool:
    return deadline is not None and deadline.left < (0 if within is None else within + 1)


def _rows(of: Portfolio, told: Mapping[str, Mapping[Level, int]]) -> Iterator[StatusRow]:
    """Yield a row for each budget, then for each sheet of none; a second sheet of one budget has a row of its own."""
    by_owner: dict[str, list[SheetFacts]] = {}
    for fact in of.index.sheets():
        by_owner.setdefault(fact.owner, []).append(fact)
    project = of.index.project
    nameless = [NamedFile(one.path, one.written) for one in of.index.nameless if one.kind == "fiche-structure"]
    budgets = tuple(dict.fromkeys(project.budgets))
    meant = meant_files([owner for owner in budgets if owner not in by_owner], nameless)
    made = _Rows(of, told, {member.siren: member.deadline for member in project.members})
    for owner in budgets:
        facts = by_owner.pop(owner, [])
        if not facts:
            yield made.without_facts(owner, meant[owner].path if owner in meant else "", project.budget_names.get(owner, ""))
        yield from (made.of(fact, is_budget=number == 0) for number, fact in enumerate(facts))
    others = [made.of(fact, is_budget=not budgets) for facts in by_owner.values() for fact in facts]
    taken = {file.path for file in meant.values()}
    others += [made.without_facts("", file.path, "", is_budget=not budgets) for file in nameless if file.path not in taken]
    yield from sorted(others, key=lambda row: row.path)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes rows: from the facts of a sheet, or of a file of which nobody knows whom it describes."""

    given: Portfolio
    told: Mapping[str, Mapping[Level, int]]
    deadlines: Mapping[str, date | None]

    def of(self, fact: SheetFacts, *, is_budget: bool) -> StatusRow:
        """Return the row of a sheet."""
        sheet, store = self.given.sheets.get(fact.path, SheetFile(fact.path)), self.given.store
        levels = self.told.get(fact.path, {})
        waiting = None if store is None else store.open_operations.get(fact.owner, 0)
        return StatusRow(
            fact.owner,
            fact.label or self.given.index.project.budget_names.get(fact.owner, ""),
            fact.path,
            _state(levels, sheet.approved, waiting, ready=fact.ready),
            fact.legal_name,
            sheet.created,
            sheet.services,
            fact.active,
            levels,
            fact.ready,
            sheet.approved,
            waiting,
            "" if store is None else store.known_at.get(fact.owner, ""),
            is_budget,
            self._deadline(fact.owner),
        )

    def without_facts(self, owner: str, path: str, label: str, *, is_budget: bool = True) -> StatusRow:
        """Return the row of a budget that no sheet surely describes; `path` is the file that was perhaps meant."""
        store = self.given.store
        return StatusRow(
            owner,
            label,
            path,
            "errors" if path else "no_sheet",
            levels=self.told.get(path, {}) if path else {},
            open_operations=None if store is None else store.open_operations.get(owner, 0),
            known_at="" if store is None else store.known_at.get(owner, ""),
            is_budget=is_budget,
            deadline=self._deadline(owner),
        )

    def _deadline(self, owner: str) -> Deadline | None:
        usual = self.given.index.project.deadline
        return _deadline(self.deadlines.get(owner[:9]) or usual, self.given.index.day)


def _state(levels: Mapping[Level, int], approved: Approved | None, waiting: int | None, *, ready: bool) -> State:
    if levels.get("error"):
        return "errors"
    if not ready:
        return "not_ready"
    if approved in {"no", "changed"}:
        return "to_approve"
    return "to_enter" if waiting else "done"


def _deadline(first_late: date | None, day: date) -> Deadline | None:
    return None if first_late is None else Deadline(first_late, day)
