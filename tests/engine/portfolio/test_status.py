"""The rows of a portfolio: which there are, where each stands, who they belong to, what a check fails for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pytest
from msgspec.structs import replace

from chorus_config.engine.checking.managed_blocks import managed_fields
from chorus_config.engine.portfolio.status import Portfolio, check_status, portfolio_status, sheet_file
from chorus_config.model.finding import START, Finding, Level
from chorus_config.model.portfolio.status import PortfolioStatus, SheetFile, StatusRow, StoreFacts
from chorus_config.model.project import NamelessFile, ProjectConfig, ProjectIndex, SheetFacts
from chorus_config.model.project_entries import Member
from chorus_config.model.snapshot import Record
from tests.engine.making import OTHER, PUBLIC, SIRET, TECH, checked, general, sheet

DAY: Final = date(2026, 11, 27)
THIRD: Final = "21169999600032"
TOUVRE: Final = "26160999400015"
VALMONT_SIREN: Final = SIRET[:9]
STORE: Final = StoreFacts("sqlite:///x")


def facts(owner: str, path: str = "", *, ready: bool = True, named: bool = True) -> SheetFacts:
    """Return the facts of a sheet of a structure, at its usual path."""
    return SheetFacts(
        path or f"structures/{owner}.yaml", "fiche-structure", owner, f"Nom {owner[-2:]}", True, ready=ready, named=named
    )


def portfolio(
    *sheets: SheetFacts,
    config: ProjectConfig | None = None,
    errors: Sequence[str] = (),
    approved: Mapping[str, Any] | None = None,
    store: StoreFacts | None = STORE,
    nameless: tuple[NamelessFile, ...] = (),
) -> Portfolio:
    """Return a portfolio of sheets; `errors` are paths with one each, `approved` by path (None: all are)."""
    index = ProjectIndex(sheets, config or ProjectConfig(budgets=(SIRET, OTHER)), "chorus-config.yaml", DAY, nameless=nameless)
    files = {one.path: SheetFile(one.path, approved=(approved or {}).get(one.path, "yes")) for one in sheets}
    return Portfolio(index, tuple(finding(path) for path in errors), files, store)


def finding(path: str, level: Level = "error") -> Finding:
    """Return a finding in a file."""
    return Finding("CP104", level, "x", path, START, "", "x")


def states(found: PortfolioStatus) -> dict[str, str]:
    """Return where each row stands, by identifiant or path."""
    return {row.root or row.path: row.state for row in found.rows}


def test_each_budget_has_a_row_in_the_order_of_the_portfolio_then_other_sheets_by_path() -> None:
    found = portfolio_status(portfolio(facts(TOUVRE), facts(OTHER), facts(THIRD, "a/premier.yaml")))
    assert [(row.root, row.is_budget) for row in found.rows] == [(SIRET, True), (OTHER, True), (THIRD, False), (TOUVRE, False)]
    assert states(found) == {SIRET: "no_sheet", OTHER: "done", THIRD: "done", TOUVRE: "done"}
    tally = found.tally
    assert (tally.budgets, tally.with_sheet, tally.ready, tally.structures) == (2, 1, 1, 4)


def test_without_a_portfolio_every_sheet_counts() -> None:
    found = portfolio_status(portfolio(facts(SIRET), facts(OTHER, ready=False), config=ProjectConfig()))
    assert (found.tally.budgets, found.tally.with_sheet, found.tally.ready) == (2, 2, 1)


def test_a_budget_named_twice_has_one_row_and_a_second_sheet_of_it_one_of_its_own() -> None:
    config = ProjectConfig(budgets=(SIRET, SIRET))
    found = portfolio_status(portfolio(facts(SIRET), facts(SIRET, "structures/copie.yaml"), config=config))
    assert [(row.path, row.is_budget) for row in found.rows] == [
        (f"structures/{SIRET}.yaml", True),
        ("structures/copie.yaml", False),
    ]
    assert found.tally.budgets == 1


@pytest.mark.parametrize(
    ("told", "ready", "approved", "waiting", "state"),
    [
        (["error"], False, "no", 3, "errors"),
        (["warning"], False, "no", 3, "not_ready"),
        (["warning"], True, "no", 3, "to_approve"),
        ([], True, "changed", 0, "to_approve"),
        ([], True, "yes", 3, "to_enter"),
        (["info"], True, "yes", 0, "done"),
        # What no store says is neither work nor done; what the sheet says comes before it.
        ([], True, None, None, "unknown"),
        (["error"], True, None, None, "errors"),
        ([], False, None, None, "not_ready"),
    ],
)
def test_a_row_stands_at_the_first_thing_that_is_in_its_way(
    told: list[Level], ready: bool, approved: Any, waiting: int | None, state: str
) -> None:
    fact = facts(SIRET, ready=ready)
    store = None if waiting is None else StoreFacts("sqlite:///x", {SIRET: waiting}, {SIRET: "2026-11-01T00:00:00Z"})
    of = Portfolio(
        ProjectIndex((fact,), ProjectConfig(), None, DAY),
        tuple(finding(fact.path, level) for level in told),
        {fact.path: SheetFile(fact.path, "2016-07-13", ("A",), approved)},
        store,
    )
    (row,) = portfolio_status(of).rows
    assert row.state == state
    assert (row.open_operations, row.known_at) == (waiting, "2026-11-01T00:00:00Z" if store else "")
    assert (row.created, row.services, row.ready) == ("2016-07-13", ("A",), ready)
    assert dict(row.levels) == dict.fromkeys(told, 1)


def test_a_file_in_doubt_stands_for_the_budget_that_it_was_meant_for() -> None:
    meant = NamelessFile(f"structures/{SIRET}.yaml", "fiche-structure")
    stray = NamelessFile("structures/illisible.yaml", "fiche-structure")
    account = NamelessFile("comptes/x.yaml", "compte-utilisateur")
    of = portfolio(nameless=(meant, stray, account), errors=[meant.path, stray.path, "comptes/x.yaml"])
    found = portfolio_status(of)
    assert [(row.root, row.path, row.state) for row in found.rows] == [
        (SIRET, meant.path, "errors"),
        (OTHER, "", "no_sheet"),
        ("", stray.path, "errors"),
    ]
    assert found.elsewhere == {"error": 1}
    assert found.tally.with_sheet == 1


def test_a_sheet_whose_identifiant_is_at_fault_is_a_file_in_doubt() -> None:
    wrong = facts("2116999960001", f"structures/{SIRET}.yaml", named=False)
    of = portfolio(wrong, nameless=(NamelessFile(wrong.path, "fiche-structure", ("2116999960001",)),), errors=[wrong.path])
    assert [(row.root, row.path) for row in portfolio_status(of).rows] == [(SIRET, wrong.path), (OTHER, "")]


def grouped(*members: Member, **options: Any) -> PortfolioStatus:
    """Return a portfolio of two bodies with these members."""
    config = ProjectConfig(budgets=(SIRET, OTHER, TOUVRE), members=members, deadline=date(2026, 12, 31))
    return portfolio_status(portfolio(facts(SIRET), facts(TOUVRE), config=config), **options)


VALMONT: Final = Member("Valmont", VALMONT_SIREN, date(2026, 11, 1), "A. Martin")
CCAS: Final = Member("CCAS", TOUVRE[:9])
BARE: Final = Member("Sers", "211603535")


def test_rows_are_grouped_by_the_siren_that_they_begin_with() -> None:
    found = grouped(CCAS, VALMONT, BARE)
    assert [(group.member, [row.root for row in group.rows]) for group in found.groups] == [
        (CCAS, [TOUVRE]),
        (VALMONT, [SIRET, OTHER]),
        (BARE, []),
    ]
    assert found.without_sheet == (BARE,)
    assert [row.deadline.last.isoformat() for row in found.rows if row.deadline] == ["2026-12-30", "2026-10-31", "2026-10-31"]
    assert [group.deadline.left for group in found.groups if group.deadline] == [33, -27, 33]


def test_what_is_of_no_member_comes_last_and_a_member_named_twice_is_one() -> None:
    found = grouped(VALMONT, replace(VALMONT, name="Mairie"))
    assert [(group.member, len(group.rows)) for group in found.groups] == [(VALMONT, 2), (None, 1)]


def test_narrowed_to_a_member_or_to_targets_nothing_else_is_counted() -> None:
    found = grouped(VALMONT, CCAS, member=VALMONT)
    assert [row.root for row in found.rows] == [SIRET, OTHER]
    assert (found.elsewhere, found.tally.budgets, [group.member for group in found.groups]) == (None, 2, [VALMONT])
    # Nor is another deadline than theirs.
    assert found.deadline == found.groups[0].deadline == found.rows[0].deadline
    found = grouped(VALMONT, CCAS, BARE, targets=("*24",))
    assert [row.root for row in found.rows] == [OTHER]
    assert [group.member for group in found.groups] == [VALMONT]
    assert found.elsewhere is None


def test_operations_that_no_row_has_are_counted_beside() -> None:
    store = StoreFacts("sqlite:///x", {SIRET: 2, "comptes/dgs": 1, THIRD: 4})
    assert portfolio_status(portfolio(facts(SIRET), store=store)).other_operations == 5
    assert portfolio_status(portfolio(facts(SIRET), store=store), ("*",)).other_operations == 0
    assert portfolio_status(portfolio(facts(SIRET))).other_operations == 0


def failing(found: PortfolioStatus, within: int | None = None) -> dict[str, int]:
    """Return what a check fails for."""
    result = check_status(found, within)
    assert result.passes == (not result.failing)
    return {str(name): number for name, number in result.failing.items()}


def test_a_check_fails_for_budgets_without_a_sheet_errors_and_members_without_a_budget() -> None:
    found = portfolio_status(portfolio(facts(SIRET), facts(THIRD), errors=[f"structures/{THIRD}.yaml", "chorus-config.yaml"]))
    assert failing(found) == {"no_sheet": 1, "errors": 1, "elsewhere": 1}
    assert failing(grouped(VALMONT, CCAS, BARE)) == {"no_sheet": 1, "member": 1}
    assert failing(portfolio_status(portfolio(facts(SIRET), facts(OTHER)))) == {}


@pytest.mark.parametrize(
    ("first_late", "within", "fails"),
    [
        ("2026-11-27", None, True),
        # Today is the last day.
        ("2026-11-28", None, False),
        ("2026-11-28", 0, True),
        ("2026-11-29", 0, False),
        ("2026-12-28", 30, True),
        ("2026-12-29", 30, False),
        ("", 30, False),
    ],
)
def test_a_budget_that_is_not_ready_fails_once_its_deadline_is_near_enough(
    first_late: str, within: int | None, fails: bool
) -> None:
    deadline = date.fromisoformat(first_late) if first_late else None
    config = ProjectConfig(budgets=(SIRET,), deadline=deadline)
    found = portfolio_status(portfolio(facts(SIRET, ready=False), facts(OTHER, ready=False), config=config))
    assert failing(found, within) == ({"late": 1} if fails else {})


def test_the_deadline_of_a_member_wins() -> None:
    config = ProjectConfig(budgets=(SIRET,), deadline=date(2030, 1, 1), members=(VALMONT,))
    assert failing(portfolio_status(portfolio(facts(SIRET, ready=False), config=config))) == {"late": 1}


def read(body: dict[str, Any], approved: Mapping[str, Record] | None) -> SheetFile:
    """Return what a sheet says beside its name."""
    return sheet_file(checked(f"structures/{SIRET}.yaml", body), approved, DAY)


def test_a_sheet_tells_its_day_its_services_and_whether_it_is_approved() -> None:
    body = sheet(informations_generales=general(date_creation="2016-07-13"), services=[PUBLIC, TECH])
    found = read(body, None)
    own = replace(found, coverage=None)
    assert own == SheetFile(f"structures/{SIRET}.yaml", "2016-07-13", ("FACTURES_PUBLIQUES", "ST-TECH"), None)
    assert found.coverage == managed_fields(body, DAY).coverage
    assert read(sheet(), {}).approved == "no"
    assert read(body, {SIRET: Record(SIRET, body)}).approved == "yes"
    assert read({**body, "services": [PUBLIC]}, {SIRET: Record(SIRET, body)}).approved == "changed"
    # What a sheet does not write, it does not ask for.
    assert read(sheet(informations_generales=general(), services=None), {SIRET: Record(SIRET, body)}).approved == "yes"
    assert read(sheet(), {}).services is None


@pytest.mark.parametrize("services", [[1, None, {}], {"code": "A"}, "A"])
def test_a_sheet_of_any_shape_is_read(services: Any) -> None:
    assert read(sheet(informations_generales=[], services=services), {}).approved == "no"


def test_rows_have_their_own_names() -> None:
    row = StatusRow(SIRET, "", "x", "done", "RAISON")
    assert (row.name, replace(row, label="Nom").name, row.done) == ("RAISON", "Nom", 5)
