"""From what a check found, the project file and the store to a row a budget or sheet; and what a check of these fails for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from chorus_config.diff.compare import difference
from chorus_config.diff.expand import expand, root_of
from chorus_config.engine.checking.managed_blocks import managed_fields
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.drift.compare import matches_target
from chorus_config.model.finding import Finding, Level
from chorus_config.model.portfolio.status import (
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
from chorus_config.model.project import Body, ProjectIndex, SheetFacts
from chorus_config.model.project_entries import Member
from chorus_config.model.snapshot import Record
from chorus_config.rules.judges.names import NamedFile, meant_files


class Portfolio(Struct, frozen=True):
    """All that the status of a portfolio is made from: `sheets` by path, `store` None where it could not be read."""

    index: ProjectIndex
    findings: tuple[Finding, ...]
    sheets: Mapping[str, SheetFile] = field(default_factory=dict)
    store: StoreFacts | None = None


def sheet_file(one: CheckedFile, approved: Mapping[str, Record] | None, day: date) -> SheetFile:
    """Return what a sheet that was checked says beside its name, on the portal of a day.

    `approved` is what the store has, None without one.
    """
    body: Body = one.document.body if one.document is not None else {}
    general = body.get("informations_generales")
    created = general.get("date_creation") if isinstance(general, dict) else None
    services = body.get("services")
    return SheetFile(
        one.path,
        created if isinstance(created, str) else "",
        tuple(str(row.get("code", "")) for row in services if isinstance(row, dict)) if isinstance(services, list) else None,
        None if approved is None else _approved(body, approved),
        managed_fields(body, day).coverage if body else None,
    )


def _approved(body: Body, approved: Mapping[str, Record]) -> Approved:
    """Return whether what a sheet asks for is approved; what it does not write, it does not ask for."""
    root = root_of(body)
    known = approved.get(str(root)) if root is not None else None
    if known is None:
        return "no"
    return "yes" if known.body == body or not difference(expand(known.body), expand(body)) else "changed"


def portfolio_status(of: Portfolio, targets: Sequence[str] = (), member: Member | None = None) -> PortfolioStatus:
    """Return where a portfolio stands, in its own order; sheets of no budget come last, in the order of their files.

    With a `member`, only what is theirs; `targets` (patterns of identifiants) narrow it further.
    """
    index, project = of.index, of.index.project
    told = _levels_by_path(of.findings)
    rows = tuple(_rows(of, told))
    kept = tuple(row for row in rows if matches_target(row.root, targets) and (member is None or _is_of(row, member)))
    narrowed = bool(targets) or member is not None
    named = (member,) if member is not None else project.members
    return PortfolioStatus(
        index.day,
        tuple(_groups(kept, named, of.index, keep_empty=not targets)),
        project.portfolio,
        _deadline_of(member, index),
        of.store.source if of.store is not None else "",
        None if narrowed else _elsewhere(told, rows),
        0 if narrowed else _other_operations(of.store, rows),
        project.directory,
        tuple(targets),
    )


def _levels_by_path(findings: Iterable[Finding]) -> Mapping[str, Counter[Level]]:
    told: dict[str, Counter[Level]] = {}
    for finding in findings:
        told.setdefault(finding.path, Counter())[finding.level] += 1
    return told


def _elsewhere(told: Mapping[str, Counter[Level]], rows: Iterable[StatusRow]) -> Mapping[Level, int]:
    """Return the findings that no row has: those of the project file and of accounts."""
    sheets = {row.path for row in rows}
    return sum((levels for path, levels in told.items() if path not in sheets), Counter[Level]())


def _other_operations(store: StoreFacts | None, rows: Iterable[StatusRow]) -> int:
    """Return how many open operations no row has: those on accounts, and on structures that no sheet describes any more."""
    roots = {row.root for row in rows}
    return sum(number for root, number in store.open_operations.items() if root not in roots) if store is not None else 0


def _is_of(row: StatusRow, member: Member) -> bool:
    return row.root.startswith(member.siren)


def _groups(
    rows: Sequence[StatusRow], members: Sequence[Member], index: ProjectIndex, *, keep_empty: bool
) -> Iterator[StatusGroup]:
    """Yield the rows by member, in the order of the project file, then those of none."""
    # A member that is named twice (CP055) is one.
    unique = {member.siren: member for member in reversed(members)}
    by_siren: dict[str, list[StatusRow]] = {siren: [] for siren in unique}
    others: list[StatusRow] = []
    for row in rows:
        by_siren.get(row.root[:9], others).append(row)
    for siren, member in reversed(unique.items()):
        if by_siren[siren] or keep_empty:
            yield StatusGroup(member, tuple(by_siren[siren]), _deadline_of(member, index))
    if others or not members:
        yield StatusGroup(None, tuple(others), _deadline_of(None, index))


def check_status(status: PortfolioStatus, within: int | None = None) -> CheckResult:
    """Return what keeps a portfolio from passing: no sheet, errors, not ready though the deadline is past or that near,
    or a store that cannot be read.

    `within` is in days before the last day; None: only once it is past. Who is in a hurry is not told twice of one budget.
    """
    told: Counter[Failing | None] = Counter(_failing(row, within) for row in status.rows)
    told["member"] = len([group for group in status.groups if group.member is not None and not group.rows])
    told["elsewhere"] = (status.elsewhere or {}).get("error", 0)
    told["store"] = 0 if status.source else 1
    return CheckResult({name: number for name, number in told.items() if name is not None and number}, within)


def _failing(row: StatusRow, within: int | None) -> Failing | None:
    """Return why a row fails, None where it does not."""
    if row.state == "no_sheet":
        return "no_sheet"
    if row.state == "errors":
        return "errors"
    return "late" if row.is_late(within) else None


def _rows(of: Portfolio, told: Mapping[str, Mapping[Level, int]]) -> Iterator[StatusRow]:
    """Yield a row for each budget, then for each sheet of none; a second sheet of one budget has a row of its own."""
    by_owner: dict[str, list[SheetFacts]] = {}
    for fact in of.index.sheets():
        by_owner.setdefault(fact.owner, []).append(fact)
    project = of.index.project
    budgets = tuple(dict.fromkeys(project.budgets))
    meant = _meant(of.index, [owner for owner in budgets if owner not in by_owner])
    made = _Rows(of, told, {member.siren: member.deadline for member in project.members})
    for owner in budgets:
        yield from made.of_budget(owner, by_owner.pop(owner, ()), meant.get(owner, ""))
    taken = {*meant.values(), *(fact.path for facts in by_owner.values() for fact in facts)}
    others = [made.of(fact, is_budget=not budgets) for facts in by_owner.values() for fact in facts]
    others += [made.without_facts("", path, is_budget=not budgets) for path in _nameless(of.index) if path not in taken]
    yield from sorted(others, key=lambda row: row.path)


def _nameless(index: ProjectIndex) -> Mapping[str, NamedFile]:
    """Return the sheets of which nobody knows whom they describe, by path."""
    return {one.path: NamedFile(one.path, one.written) for one in index.nameless if one.kind == "fiche-structure"}


def _meant(index: ProjectIndex, owners: Sequence[str]) -> Mapping[str, str]:
    """Return, of budgets that no sheet surely describes, the file that was perhaps meant for each."""
    return {owner: file.path for owner, file in meant_files(owners, [*_nameless(index).values()]).items()}


class _Rows(Struct, frozen=True):
    """Makes rows: from the facts of a sheet, or of a file of which nobody knows whom it describes."""

    given: Portfolio
    told: Mapping[str, Mapping[Level, int]]
    deadlines: Mapping[str, date | None]

    def of_budget(self, owner: str, facts: Sequence[SheetFacts], meant: str) -> Iterator[StatusRow]:
        """Yield the rows of a budget: of its sheet, and of any other that claims to be it; `meant` is a file in doubt."""
        if not facts:
            yield self.without_facts(owner, meant)
        yield from (self.of(fact, is_budget=number == 0) for number, fact in enumerate(facts))

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
            sheet.coverage,
        )

    def without_facts(self, owner: str, path: str, *, is_budget: bool = True) -> StatusRow:
        """Return the row of a budget that no sheet surely describes; `path` is the file that was perhaps meant."""
        store = self.given.store
        return StatusRow(
            owner,
            self.given.index.project.budget_names.get(owner, ""),
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
    if approved is None or waiting is None:
        return "unknown"
    if approved != "yes":
        return "to_approve"
    return "to_enter" if waiting else "done"


def _deadline(first_late: date | None, day: date) -> Deadline | None:
    return None if first_late is None else Deadline(first_late, day)


def _deadline_of(member: Member | None, index: ProjectIndex) -> Deadline | None:
    """Return the deadline of a member: their own, else that of the portfolio."""
    own = member.deadline if member is not None else None
    return _deadline(own or index.project.deadline, index.day)
