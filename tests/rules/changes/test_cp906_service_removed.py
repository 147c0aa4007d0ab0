"""CP906 and CP907: services removed, deactivated, or under another code."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rules.changing import CASES, PUBLIC, TECH, Body, document, findings, judged, refused, rules, services
from tests.rules.judged import WHOLE, sheet
from tests.samples import SIRET, setting

NEW = {**TECH, "code": "TECHNIQUE"}
KEY = "services/ST-TECH"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([TECH], [], [(KEY, "CP906", "removed", ("services",))], id="removed"),
        pytest.param([TECH], [{**NEW, "libelle": "Voirie"}], [(KEY, "CP906", "removed", ("services",))], id="another one"),
        pytest.param([TECH], [{"code": "TECHNIQUE"}], [(KEY, "CP906", "removed", ("services",))], id="one without label"),
        pytest.param(
            [{**TECH, "actif": True}],
            [{**TECH, "actif": False}],
            [(KEY, "CP906", "deactivated", ("services", 1, "actif"))],
            id="deactivated",
        ),
        pytest.param(
            [TECH], [{**TECH, "actif": False}], [(KEY, "CP906", "deactivated", ("services", 1, "actif"))], id="from unwritten"
        ),
        pytest.param([TECH], [NEW], [(KEY, "CP907", "", ("services", 1, "code"))], id="renamed"),
        pytest.param([TECH], [{**NEW, "actif": False}], [(KEY, "CP907", "", ("services", 1, "code"))], id="renamed inactive"),
        pytest.param(
            [TECH],
            [{"code": "A", "libelle": "a"}, {**NEW, "libelle": "SERVICES  Techniques"}],
            [(KEY, "CP907", "", ("services", 2, "code"))],
            id="renamed, further down",
        ),
        pytest.param([TECH, NEW], [NEW], [(KEY, "CP906", "removed", ("services",))], id="the other was there already"),
        pytest.param([{**TECH, "actif": False}], [{**TECH, "actif": True}], [], id="activated"),
        pytest.param([{**TECH, "actif": False}], [TECH], [], id="left as it is"),
        pytest.param([TECH], [{**TECH, "actif": True}], [], id="active as before"),
        pytest.param([], [{**TECH, "actif": False}], [], id="created inactive"),
        pytest.param([], [TECH], [], id="created"),
        pytest.param([TECH], [{**TECH, "libelle": "Voirie"}], [], id="another label"),
        pytest.param([TECH], [{**TECH, "date_fin": "2050-12-31"}], [], id="another field"),
    ],
)
def test_services(before: list[Body], after: list[Body], expected: list[Any]) -> None:
    assert judged(services(*before), services(*after)) == expected


def test_a_first_record_and_a_list_that_is_not_managed_remove_nothing() -> None:
    assert rules({}, services(TECH)) == []
    assert rules(sheet(), services({**TECH, "actif": False})) == []
    assert rules(services(TECH), sheet()) == []
    assert refused(document("CP906", list_managed=False)) == []
    assert refused(document("CP907", list_managed=False)) == []


def test_factures_publiques_is_cp901_s_alone() -> None:
    assert rules(services(TECH), sheet(services=[TECH])) == ["CP901"]
    assert rules(services(TECH), sheet(services=[TECH, {**PUBLIC, "code": "FACTURES_PUB"}])) == ["CP901"]
    assert rules(services(TECH), sheet(services=[{**PUBLIC, "actif": False}, TECH])) == ["CP901"]
    assert rules(services(TECH), sheet(services=[{**PUBLIC, "engagement_obligatoire": True}, TECH])) == ["CP901"]


@pytest.mark.parametrize("code", ["factures_publiques", "FACTURES_PUBLIQUES ", ""])
def test_a_code_that_only_looks_like_it_is_another_service(code: str) -> None:
    assert refused(document("CP906", key=code)) == [("CP906", "removed")]


@pytest.mark.parametrize("told", ["absent", None, "NEUF", ""])
def test_a_removal_is_told_once(told: str | None) -> None:
    change = document("CP906", renamed_to=told)
    if told == "absent":
        del change["context"]["renamed_to"]
    assert refused(change) == ([("CP907", "")] if told in {"NEUF", ""} else [("CP906", "removed")])


@pytest.mark.parametrize("kind", ["utilisateur", "espace", "compte_bancaire", "structure"])
def test_what_is_no_service_is_not_judged_here(kind: str) -> None:
    for renamed_to in (None, "NEUF"):
        found = [rule for rule, _case in refused(document("CP906", kind=kind, renamed_to=renamed_to))]
        assert not {"CP906", "CP907"} & set(found)


@pytest.mark.parametrize(("before", "judged_"), [(True, True), (None, True), ("oui", True), (0, True), (False, False)])
def test_a_service_that_was_inactive_is_not_deactivated(before: object, *, judged_: bool) -> None:
    for after, possible in ((False, True), (None, False), (0, False), (True, False)):
        change = document("CP906", op="update", after={}, fields={"/actif": {"before": before, "after": after}})
        assert bool(refused(change)) is (judged_ and possible), (before, after)


def test_the_creation_of_a_renamed_service_is_not_judged() -> None:
    assert [address for address, *_rest in judged(*CASES["CP907", ""])] == [KEY]


def test_private_structures_are_judged_alike() -> None:
    private = {"general": {"structure_privee": True}}
    assert rules(sheet(**private, services=[TECH]), sheet(**private, services=[])) == ["CP906"]
    assert rules(sheet(**private, services=[TECH]), sheet(**private, services=[NEW])) == ["CP907"]


def test_a_rename_names_both_codes_and_a_removal_suggests_to_deactivate() -> None:
    (renamed,) = findings(*CASES["CP907", ""])
    assert '"ST-TECH"' in renamed.message
    assert '"TECHNIQUE"' in renamed.message
    assert '"ST-TECH"' in renamed.help
    assert (renamed.level, renamed.pointer) == ("error", "/services/1/code")
    (removed,) = findings(*CASES["CP906", "removed"])
    assert "`actif: false`" in removed.help
    assert removed.level == "warning"
    assert '"ST-TECH"' in removed.message


def test_nothing_in_a_code_can_act() -> None:
    hostile = {"code": "a\u202e\n", "libelle": "x"}
    (finding,) = findings(services(hostile), services({**hostile, "code": "b\x1b[31m"}))
    assert finding.message.isprintable()
    assert finding.help.isprintable()


def test_no_rule_beside_cp910_judges_the_delete_of_a_sheet() -> None:
    assert rules(WHOLE, {}) == ["CP910"]


@pytest.mark.parametrize("case", [("CP906", "removed"), ("CP906", "deactivated"), ("CP907", "")])
def test_the_address_that_closes_is_named_from_the_day_on_which_suppliers_use_it(case: tuple[str, str]) -> None:
    address = f'"{SIRET[:9]}_{SIRET}_ST-TECH"'
    (before,) = findings(*CASES[case], setting(date(2026, 8, 31)))
    (since,) = findings(*CASES[case], setting(date(2026, 9, 1)))
    assert address not in before.message
    assert "next day" not in before.help
    assert address in since.message
    assert "from the next day on" in since.help


def test_a_private_structure_has_no_such_address() -> None:
    private = {"general": {"structure_privee": True}}
    (finding,) = findings(sheet(**private, services=[TECH]), sheet(**private, services=[]))
    assert 'invoices to "ST-TECH" will come back' in finding.message


def test_a_long_code_stays_whole_in_its_address() -> None:
    long = {**TECH, "code": "X" * 100}
    (finding,) = findings(services(long), services())
    assert f'_{SIRET}_{"X" * 100}"' in finding.message
