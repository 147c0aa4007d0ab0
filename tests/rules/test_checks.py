"""The rules between files: what they say of a whole project, and what they leave alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.engine.checking.findings import CheckSettings, to_findings
from chorus_config.i18n.translator import translator_for
from chorus_config.model.finding import Fault, TrackedDay
from chorus_config.model.project import CrossFileCheck, CrossFileFault, NamelessFile, ProjectConfig, ProjectIndex, SheetFacts
from chorus_config.model.project_entries import Waiver
from chorus_config.rules.catalogue import texts
from chorus_config.rules.files import cp011_two_files_one_name as cp011
from chorus_config.rules.identity import cp112_same_label as cp112
from chorus_config.rules.project import (
    cp013_unused_exception as cp013,
)
from chorus_config.rules.project import (
    cp051_budget_without_sheet as cp051,
)
from chorus_config.rules.project import (
    cp052_sheet_without_budget as cp052,
)
from chorus_config.rules.project import (
    cp053_deadline as cp053,
)
from chorus_config.rules.users import cp606_no_account_file as cp606
from chorus_config.yamltext.document import Document
from tests.rules.test_catalogue import BY_NAME

FIRST, SECOND, OTHER = "21169999600016", "21169999600024", "26169999800013"
DAY = date(2016, 10, 1)


def sheet(owner: str, **other: Any) -> SheetFacts:
    """Return the fact of a sheet that is named after its structure."""
    return SheetFacts(**{"path": f"structures/{owner}.yaml", "kind": "fiche-structure", "owner": owner, **other})


def account(ref: str) -> SheetFacts:
    """Return the fact of an account."""
    return SheetFacts(f"comptes/{ref}.yaml", "compte-utilisateur", ref)


def census(
    *facts: SheetFacts, day: date = DAY, whole: bool = True, used: Iterable[tuple[str, str]] = (), **project: Any
) -> ProjectIndex:
    """Return a census of a project that has a file."""
    return ProjectIndex(facts, ProjectConfig(**project), "chorus-config.yaml", day, frozenset(used), whole)


def told(rule: CrossFileCheck, facts: ProjectIndex) -> list[tuple[str, tuple[str | int, ...], str]]:
    """Return (file, path, case) of each fault."""
    return [(wide.path, wide.fault.path, wide.fault.case) for wide in rule(facts)]


def test_cp011_two_sheets_of_one_identifiant() -> None:
    twice = sheet(FIRST, path="structures/zone/autre.yaml")
    (wide,) = cp011.check(census(sheet(FIRST), sheet(SECOND), twice))
    assert (wide.path, wide.fault.path) == (twice.path, ("informations_generales", "identifiant"))
    (other,) = wide.others
    assert (other.path, other.at) == (f"structures/{FIRST}.yaml", ("informations_generales", "identifiant"))


def test_cp011_two_accounts_of_one_ref_and_no_mixing_of_kinds() -> None:
    (wide,) = cp011.check(census(account("dgs"), SheetFacts("comptes/x.yaml", "compte-utilisateur", "dgs"), sheet("dgs")))
    assert (wide.path, wide.fault.path) == ("comptes/x.yaml", ("ref",))


def waiver(rule: str = "CP102", sheet_: str = FIRST, until: str = "2016-12-31") -> dict[str, str]:
    """Return a waiver as the project file holds it."""
    return {"regle": rule, "fiche": sheet_, "motif": "vu", "jusqu_au": until}


@pytest.mark.parametrize(
    ("rows", "used", "whole", "expected"),
    [
        pytest.param([waiver()], [("CP102", FIRST)], True, [], id="needed"),
        pytest.param([waiver()], [], True, [("derogations", 0, "regle", "unused")], id="not needed"),
        pytest.param([waiver()], [("CP102", SECOND)], True, [("derogations", 0, "regle", "unused")], id="needed elsewhere"),
        pytest.param([waiver()], [], False, [], id="not needed by the few files that were looked at"),
        pytest.param([waiver(until="2016-10-01")], [("CP102", FIRST)], True, [], id="last day"),
        pytest.param([waiver(until="2016-09-30")], [], True, [("derogations", 0, "jusqu_au", "waiver")], id="day after"),
        pytest.param([waiver(until="2016-09-30")], [], False, [("derogations", 0, "jusqu_au", "waiver")], id="few files"),
        pytest.param([waiver("CP401")], [], True, [], id="fixed: CP015 tells it"),
        pytest.param([waiver("CP910")], [], True, [], id="of a change: not judged here"),
    ],
)
def test_cp013_waivers(rows: list[Any], used: list[Any], whole: bool, expected: list[Any]) -> None:
    found = told(cp013.check, census(decisions={"derogations": rows}, used=used, whole=whole))
    assert found == [("chorus-config.yaml", tuple(path), case) for *path, case in expected]


def test_cp013_an_acceptance_that_ended() -> None:
    rows = [{"regle": "CP910", "adresse": FIRST, "motif": "vu", "jusqu_au": day} for day in ("2016-09-30", "2016-10-01")]
    assert told(cp013.check, census(decisions={"acceptations": rows})) == [
        ("chorus-config.yaml", ("acceptations", 0, "jusqu_au"), "acceptance")
    ]


def test_cp051_each_budget_without_sheet() -> None:
    assert told(cp051.check, census(sheet(FIRST), budgets=(FIRST, SECOND, OTHER))) == [
        ("chorus-config.yaml", ("portefeuille", "budgets", 1, "identifiant"), ""),
        ("chorus-config.yaml", ("portefeuille", "budgets", 2, "identifiant"), "digits"),
    ]
    waived = (Waiver("CP102", OTHER, "vu", None),)
    assert [case for *_place, case in told(cp051.check, census(budgets=(OTHER,), waivers=waived))] == [""]
    assert [case for *_place, case in told(cp051.check, census(budgets=(OTHER,), environment="qualification"))] == [""]


MISTYPED = "21169999600025"


@pytest.mark.parametrize(
    ("lost", "expected"),
    [
        (NamelessFile(f"structures/{SECOND}.yaml", "fiche-structure"), [OTHER]),
        (NamelessFile("structures/eau.yaml", "fiche-structure", (MISTYPED,)), [OTHER]),
        # What says nothing of itself may be any of the two: one of them is missing all the same.
        (NamelessFile("structures/eau.yaml", "fiche-structure"), [SECOND, OTHER]),
        (NamelessFile(f"comptes/{SECOND}.yaml", "compte-utilisateur"), [SECOND, OTHER]),
    ],
)
def test_cp051_a_sheet_whose_name_is_at_fault_is_there_all_the_same(lost: NamelessFile, expected: list[str]) -> None:
    index = replace(census(sheet(FIRST), budgets=(FIRST, SECOND, OTHER)), nameless=(lost,))
    assert [wide.owner for wide in cp051.check(index)] == expected
    assert [*cp052.check(index)] == []


def test_cp051_as_many_nameless_sheets_as_budgets_without_one() -> None:
    lost = NamelessFile("structures/eau.yaml", "fiche-structure")
    assert [*cp051.check(replace(census(sheet(FIRST), budgets=(FIRST, SECOND)), nameless=(lost,)))] == []


def test_a_sheet_whose_name_is_at_fault_is_in_no_count() -> None:
    wrong = sheet(MISTYPED, path=f"structures/{SECOND}.yaml", named=False, active=True, label="Valmont")
    index = census(sheet(FIRST, active=True, label="Valmont"), wrong, sheet(MISTYPED, named=False), budgets=(FIRST,))
    for rule in (cp011, cp051, cp052, cp112):
        assert [*rule.check(index)] == []


@pytest.mark.parametrize(
    ("budget", "other", "case"),
    [
        (MISTYPED, sheet(SECOND), "near"),
        (OTHER, sheet(SECOND, path=f"structures/{OTHER}.yaml"), "file"),
    ],
)
def test_cp051_and_cp052_are_one_where_a_sheet_was_meant_for_the_budget(budget: str, other: SheetFacts, case: str) -> None:
    index = census(sheet(FIRST), other, budgets=(FIRST, budget))
    assert [*cp052.check(index)] == []
    (wide,) = cp051.check(index)
    assert (wide.fault.case, wide.fault.args["sheet"]) == (case, SECOND)
    assert [(one.path, one.at) for one in wide.others] == [(other.path, ("informations_generales", "identifiant"))]


def test_cp051_of_two_sheets_of_one_name_one_was_meant_for_the_budget() -> None:
    copied = sheet(FIRST, path=f"structures/{SECOND}.yaml")
    assert [*cp051.check(census(sheet(FIRST), copied, budgets=(FIRST, SECOND)))] == []


def test_cp011_is_told_in_the_file_that_is_not_named_so() -> None:
    first = sheet(SECOND, path=f"structures/{FIRST}.yaml")
    (wide,) = cp011.check(census(first, sheet(SECOND)))
    assert (wide.path, wide.fault.args["other"]) == (first.path, f"structures/{SECOND}.yaml")


def test_cp606_an_account_whose_ref_is_at_fault_is_there_all_the_same() -> None:
    users = ("dgs", "compta")
    for written in ((), ("dsg",)):
        lost = NamelessFile("comptes/x.yaml", "compte-utilisateur", written)
        assert [*cp606.check(replace(census(sheet(FIRST, refs=users), account("compta")), nameless=(lost,)))] == []
    found = [*cp606.check(replace(census(sheet(FIRST, refs=users), account("maire")), nameless=(lost,)))]
    assert [wide.fault.args["value"] for wide in found] == ["compta"]


def test_cp606_says_which_account_is_meant() -> None:
    index = census(sheet(FIRST, refs=("dgs",)), account("dsg"), account("maire"))
    (wide,) = cp606.check(index)
    assert (wide.fault.case, wide.fault.args["account"]) == ("near", "dsg")
    index = census(sheet(FIRST, refs=("dgs",)), SheetFacts("comptes/dgs.yaml", "compte-utilisateur", "directeur"))
    (wide,) = cp606.check(index)
    assert (wide.fault.case, wide.fault.args["account"], wide.others[0].path) == ("file", "directeur", "comptes/dgs.yaml")
    # An account that another user bears is not the one that was meant.
    index = census(sheet(FIRST, refs=("dgs", "dsg")), account("dsg"))
    assert [wide.fault.case for wide in cp606.check(index)] == [""]


def test_cp052_sheets_outside_the_portfolio_when_there_is_one() -> None:
    assert told(cp052.check, census(sheet(FIRST), sheet(SECOND), account("dgs"), budgets=(FIRST,))) == [
        (f"structures/{SECOND}.yaml", ("informations_generales", "identifiant"), "")
    ]
    assert told(cp052.check, census(sheet(FIRST))) == []


@pytest.mark.parametrize(
    ("day", "case"),
    [
        (date(2016, 9, 30), None),
        (date(2016, 10, 1), "near"),
        (date(2016, 10, 30), "near"),
        (date(2016, 10, 31), "past"),
        (date(2017, 1, 1), "past"),
    ],
)
def test_cp053_before_the_31st_means_the_30th(day: date, case: str | None) -> None:
    facts = census(sheet(FIRST, ready=False), sheet(SECOND), day=day, budgets=(FIRST, SECOND), deadline=date(2016, 10, 31))
    wides: list[CrossFileFault] = [*cp053.check(facts)]
    assert [wide.fault.case for wide in wides] == ([case] if case else [])
    for wide in wides:
        args = wide.fault.args
        assert (args["last"], args["n"], args["total"]) == (date(2016, 10, 30), 1, 2)
        assert args["left"] == (date(2016, 10, 30) - day).days


def test_cp053_is_silent_when_all_are_ready_and_counts_budgets_without_sheet() -> None:
    ready = census(sheet(FIRST), budgets=(FIRST,), deadline=DAY)
    assert told(cp053.check, ready) == []
    missing = census(sheet(FIRST), budgets=(FIRST, SECOND), deadline=DAY)
    assert [wide.fault.args["n"] for wide in cp053.check(missing)] == [1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param({"label": "Valmont"}, {"label": "valmont "}, True, id="same but for case and blanks"),
        pytest.param({"label": "Valmont"}, {"label": "Valmont - Eau"}, False, id="different"),
        pytest.param({"label": "Valmont"}, {"label": "Valmont", "active": False}, False, id="one inactive"),
        pytest.param({"label": ""}, {"label": ""}, False, id="blank"),
        pytest.param({"label": "Valmont"}, {"label": "Valmont", "owner": OTHER}, False, id="another legal unit"),
    ],
)
def test_cp112_suppliers_must_be_able_to_choose(one: dict[str, Any], other: dict[str, Any], expected: bool) -> None:
    second = {"owner": SECOND, "active": True, **other}
    found = [*cp112.check(census(sheet(FIRST, active=True, **one), sheet(**second)))]
    assert bool(found) is expected
    for wide in found:
        assert wide.fault.path == ("informations_generales", "libelle")
        assert len(wide.others) == 1


def test_cp606_refs_without_account_when_accounts_are_kept() -> None:
    users = ("dgs", "compta")
    assert told(cp606.check, census(sheet(FIRST, refs=users), account("dgs"))) == [
        (f"structures/{FIRST}.yaml", ("utilisateurs", 1, "ref"), "")
    ]
    assert told(cp606.check, census(sheet(FIRST, refs=users))) == []


@pytest.mark.parametrize("rule", [*sorted(BY_NAME - {"CP920"}), "CP011"])
def test_every_sentence_has_its_places_filled(rule: str) -> None:
    """Whatever a case names is either given by the rule or known for every fault."""
    args = {
        "value": "v", "other": "o", "file": "f", "expected_name": "e", "rule": "r", "sheet": "s", "day": "d",
        "last": "l", "n": 1, "total": 2, "left": 3, "account": "a", "users": "u",
        "list": "l", "name": "n", "row": "r", "reason": "r", "listed": "l", "written": "w",
    }  # fmt: skip
    for case in texts(rule).messages:
        fault = Fault(rule, ("informations_generales", "libelle"), case, args=args)
        for language in ("fr", "en"):
            setting = CheckSettings(TrackedDay(DAY), translator_for(language))
            (finding,) = to_findings((fault,), Document("x.yaml", "fiche-structure", {}), "", setting)
            assert "{" not in finding.message + finding.help


def test_a_sheet_that_cannot_be_read_is_neither_missing_nor_without_need() -> None:
    unread = replace(
        census(budgets=(FIRST,), decisions={"derogations": [waiver()]}),
        nameless=(NamelessFile(f"structures/{FIRST}.yaml", "fiche-structure"),),
    )
    assert told(cp051.check, unread) == []
    assert told(cp013.check, unread) == []


def test_cp051_is_waived_for_a_budget() -> None:
    (wide,) = cp051.check(census(budgets=(FIRST,)))
    assert wide.owner == FIRST


def test_cp013_leaves_a_waiver_without_its_reason_to_cp015() -> None:
    assert told(cp013.check, census(decisions={"derogations": [{"regle": "CP102", "fiche": FIRST, "motif": " "}]})) == []
