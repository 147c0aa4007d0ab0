"""Each change with its findings, its risk, its line, and whether it is blocked."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.model.plan import Change, SourceLine
from chorus_config.model.project_entries import Waiver
from chorus_config.model.snapshot import Snapshot
from tests.engine.making import (
    DAY,
    OTHER,
    PUBLIC,
    SIRET,
    TECH,
    account,
    by_address,
    general,
    judged,
    known,
    plan_of,
    rules_of,
    sheet,
    told,
    with_project,
    written,
)

Body = dict[str, Any]
FP = f"{SIRET}/services/FACTURES_PUBLIQUES"
FULL = sheet(services=[PUBLIC, TECH])
STATE = known({"a.yaml": FULL})
# CP506 speaks of each sheet that has spaces.
SPACED = {**FULL, "espaces": ["Engagements"]}
SPACED_STATE = known({"a.yaml": SPACED})


def changes(after: Body, state: Snapshot = STATE) -> dict[str, Change]:
    """Return the changes of one really checked sheet."""
    return by_address(plan_of([judged("a.yaml", after)], state))


def line_of(body: Body, text: str) -> int:
    """Return the one line of a file that holds a text."""
    (line,) = [number for number, row in enumerate(written(body).decode().splitlines(), 1) if text in row]
    return line


@pytest.mark.parametrize(
    "services",
    [
        [TECH],
        [],
        [{**PUBLIC, "code": "FACTURES_PUB"}, TECH],
        [{**PUBLIC, "actif": False}, TECH],
        [{**PUBLIC, "date_fin": "2030-01-01"}, TECH],
        [{**PUBLIC, "libelle": "Factures"}, TECH],
        [{**PUBLIC, "engagement_obligatoire": True}, TECH],
    ],
)
@pytest.mark.parametrize("decision", ["off", "info", "waived"])
def test_factures_publiques_is_never_touched_whatever_the_project_says(services: list[Body], decision: str) -> None:
    waivers = tuple(Waiver(rule, SIRET, "motif", DAY) for rule in ("CP401", "CP901"))
    levels = {"CP401": decision, "CP901": decision}
    settings = with_project(waivers=waivers) if decision == "waived" else with_project(levels=levels)
    made = plan_of([judged("a.yaml", {**FULL, "services": services}, settings)], STATE, settings)
    change = by_address(made)[FP]
    assert "CP901" in rules_of(change)
    assert change.blocked
    assert change.risk == "high"
    assert not made.plan.applyable


def test_factures_publiques_may_be_put_right() -> None:
    damaged = known({"a.yaml": {**FULL, "services": [{**PUBLIC, "actif": False, "libelle": "X"}, TECH]}})
    change = changes(FULL, damaged)[FP]
    assert (change.op, change.findings, change.blocked) == ("update", (), False)


def test_an_error_blocks_every_change_of_its_own_sheet_and_no_other() -> None:
    wrong = sheet(informations_generales=general(libelle=""), comptabilite="autre", espaces=["Engagements"])
    good = sheet(OTHER, comptabilite="autre")
    made = plan_of([judged("a.yaml", wrong), judged("b.yaml", good)], known({"a.yaml": sheet(), "b.yaml": sheet(OTHER)}))
    assert {address: change.blocked for address, change in by_address(made).items()} == {
        SIRET: True, f"{SIRET}/espaces/Engagements": True, OTHER: False,
    }  # fmt: skip
    assert made.plan.blocked == 2
    assert not made.plan.applyable


def test_a_warning_blocks_nothing() -> None:
    change = changes({**FULL, "informations_generales": general(statut="INACTIF")})[SIRET]
    assert rules_of(change) == ["CP909"]
    assert not change.blocked


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ({}, [("CP909", "warning")]),
        ({"CP909": "off"}, [("CP108", "warning")]),
        ({"CP909": "info"}, [("CP909", "info"), ("CP108", "warning")]),
        ({"CP108": "error"}, [("CP909", "warning"), ("CP108", "error")]),
    ],
)
def test_one_tick_is_told_once_and_never_less_severely(decided: Any, expected: list[tuple[str, str]]) -> None:
    settings = with_project(levels=decided)
    made = plan_of([judged("a.yaml", {**FULL, "informations_generales": general(statut="INACTIF")}, settings)], STATE, settings)
    assert [(f.rule, f.level) for f in by_address(made)[SIRET].findings] == expected
    # Nor is it told beside the changes.
    assert made.plan.findings == ()


def test_works_only_is_told_once() -> None:
    box = {"moa_uniquement": True, "structure_avec_moa": True}
    made = plan_of([judged("a.yaml", {**FULL, "parametres": box})], known({"a.yaml": FULL}))
    assert rules_of(by_address(made)[SIRET]) == ["CP917"]
    assert made.plan.findings == ()


@pytest.mark.parametrize("decided", [{}, {"CP908": "error"}])
def test_what_is_only_relaxed_is_no_risk_and_blocks_nothing(decided: Any) -> None:
    ticked, empty = ({**FULL, "parametres": {"code_service_obligatoire": side}} for side in (True, False))
    settings = with_project(levels=decided)
    for before, after, risk, level in (
        (ticked, empty, "low", "info"),
        (empty, ticked, "high", decided.get("CP908", "warning")),
    ):
        made = plan_of([judged("a.yaml", after, settings)], known({"a.yaml": before}), settings)
        change = by_address(made)[SIRET]
        assert [(f.rule, f.level) for f in change.findings] == [("CP908", level)]
        assert (change.risk, change.blocked) == (risk, level == "error")


def test_a_risk_that_is_switched_off_is_none() -> None:
    settings = with_project(levels={"CP908": "off"})
    after = {**FULL, "parametres": {"code_service_obligatoire": True}}
    change = by_address(plan_of([judged("a.yaml", after, settings)], STATE, settings))[SIRET]
    assert (change.findings, change.risk) == ((), "low")


def test_a_rule_that_the_project_lowered_blocks_nothing() -> None:
    settings = with_project(levels={"CP104": "warning"})
    made = plan_of([judged("a.yaml", {**FULL, "informations_generales": general(libelle="")}, settings)], STATE, settings)
    assert [(f.rule, f.level) for f in by_address(made)[SIRET].findings] == [("CP915", "info"), ("CP104", "warning")]
    assert made.plan.applyable


def test_findings_go_with_the_change_of_their_resource() -> None:
    body = {**FULL, "services": [PUBLIC, {**TECH, "libelle": ""}, {"code": "é", "libelle": "x"}], "comptabilite": "autre"}
    found = changes(body)
    assert told(found[f"{SIRET}/services/ST-TECH"].findings) == [("CP404", "/services/1/libelle")]
    assert told(found[f"{SIRET}/services/é"].findings) == [("CP406", "/services/2/code")]
    assert found[SIRET].findings == ()


def test_findings_that_no_change_carries_are_told_beside_them_and_none_twice() -> None:
    body = {
        **FULL,
        "informations_generales": general(statut="INACTIF"),
        "services": [PUBLIC, TECH, {"code": "é", "libelle": "x"}],
    }
    state = known({"a.yaml": {**FULL, "informations_generales": general(statut="INACTIF")}})
    plan = plan_of([judged("a.yaml", body)], state).plan
    assert told(plan.findings) == [("CP108", "/informations_generales/statut")]
    assert [told(change.findings) for change in plan.changes] == [[("CP406", "/services/2/code")]]


def test_an_update_is_wanted_by_the_line_of_its_first_field() -> None:
    body = {**FULL, "adresse_postale": {**FULL["adresse_postale"], "ville": "ANGOULEME"}}
    source = changes(body)[SIRET].source
    assert source == SourceLine("a.yaml", line_of(body, '"ville"'), 3)


def test_a_creation_is_wanted_by_the_line_where_its_entry_begins() -> None:
    body = {**FULL, "services": [PUBLIC, TECH, {"code": "NEUF", "libelle": "Neuf"}]}
    source = changes(body)[f"{SIRET}/services/NEUF"].source
    assert source is not None
    assert source.line == line_of(body, '"NEUF"') - 1


def test_a_deletion_is_wanted_by_the_line_of_its_list() -> None:
    body = {**FULL, "espaces": []}
    source = changes(body, SPACED_STATE)[f"{SIRET}/espaces/Engagements"].source
    assert source == SourceLine("a.yaml", line_of(body, '"espaces"'), 2)


def test_a_new_structure_is_wanted_by_its_identifiant_and_a_new_account_by_its_ref() -> None:
    made = plan_of([judged("a.yaml", sheet()), judged("comptes/dgs.yaml", account())])
    found = by_address(made)
    assert found[SIRET].source == SourceLine("a.yaml", line_of(sheet(), '"identifiant"'), 3)
    assert found["comptes/dgs"].source == SourceLine("comptes/dgs.yaml", line_of(account(), '"ref"'), 2)


def test_a_sheet_that_is_gone_has_no_line() -> None:
    assert by_address(plan_of({}, STATE))[SIRET].source is None


@pytest.mark.parametrize(
    ("address", "risk"),
    [(f"{SIRET}/services/NEUF", "none"), (SIRET, "low"), (f"{SIRET}/espaces/Engagements", "high")],
)
def test_a_risk_goes_with_the_operation(address: str, risk: str) -> None:
    body = {**FULL, "services": [PUBLIC, TECH, {"code": "NEUF", "libelle": "Neuf"}], "espaces": [], "comptabilite": "autre"}
    assert changes(body, SPACED_STATE)[address].risk == risk


def test_cp902_the_same_file_with_another_identifiant() -> None:
    made = plan_of([judged("a.yaml", sheet(OTHER))], STATE)
    found = by_address(made)
    assert rules_of(found[OTHER]) == ["CP902"]
    assert rules_of(found[SIRET]) == ["CP910"]
    assert found[OTHER].blocked
    assert found[SIRET].blocked
    assert told(found[OTHER].findings) == [("CP902", "/informations_generales/identifiant")]


@pytest.mark.parametrize("options", [{"paths": ("a.yaml",)}, {"targets": (OTHER,)}])
def test_cp902_holds_when_the_plan_is_narrowed(options: dict[str, Any]) -> None:
    assert rules_of(by_address(plan_of([judged("a.yaml", sheet(OTHER))], STATE, **options))[OTHER]) == ["CP902"]


@pytest.mark.parametrize("replaces", [{}, {"remplace": {"identifiant": SIRET}}])
def test_cp902_is_not_excused_by_remplace_in_the_same_file(replaces: Body) -> None:
    assert "CP902" in rules_of(by_address(plan_of([judged("a.yaml", sheet(OTHER, **replaces))], STATE))[OTHER])


def test_cp902_is_not_excused_by_the_project() -> None:
    settings = with_project(levels={"CP902": "off"}, waivers=(Waiver("CP902", OTHER, "motif", DAY),))
    made = plan_of([judged("a.yaml", sheet(OTHER), settings)], STATE, settings)
    assert by_address(made)[OTHER].blocked


def test_a_file_that_moved_is_no_change() -> None:
    assert plan_of([judged("ailleurs/b.yaml", FULL)], STATE).plan.changes == ()


def test_cp902_the_type_of_an_identifiant() -> None:
    change = changes({**FULL, "informations_generales": general(type_identifiant="RIDET", structure_privee=True)})[SIRET]
    assert "CP902" in rules_of(change)
    assert change.blocked


def test_cp910_a_sheet_gone_is_one_blocked_delete_and_nothing_of_what_it_held() -> None:
    made = plan_of({}, STATE)
    (change,) = made.plan.changes
    assert (str(change.address), change.op, change.risk, change.blocked) == (SIRET, "delete", "high", True)
    assert told(change.findings) == [("CP910", "/informations_generales/identifiant")]
    assert change.findings[0].path == "a.yaml"
    assert all(field.after is None for field in change.fields)
    assert made.forgotten == (SIRET,)


def test_cp910_is_silent_when_another_sheet_replaces_the_one_gone() -> None:
    made = plan_of([judged("b.yaml", sheet(OTHER, remplace={"identifiant": SIRET}))], STATE)
    change = by_address(made)[SIRET]
    assert (change.op, change.findings, change.blocked) == ("delete", (), False)
    assert made.plan.applyable


@pytest.mark.parametrize("remplace", [{"identifiant": "21169999600032"}, {"motif": SIRET}, {}, SIRET, [SIRET], True])
def test_cp910_another_remplace_excuses_nothing(remplace: object) -> None:
    made = plan_of([judged("b.yaml", sheet(OTHER, remplace=remplace))], STATE)
    assert rules_of(by_address(made)[SIRET]) == ["CP910"]


def test_an_account_that_is_gone_is_forgotten() -> None:
    made = plan_of({"a.yaml": sheet()}, known({"a.yaml": sheet(), "comptes/dgs.yaml": account()}))
    (change,) = made.plan.changes
    assert (str(change.address), change.op, change.blocked) == ("comptes/dgs", "delete", False)
    assert made.forgotten == ("comptes/dgs",)


@pytest.mark.parametrize(
    "text",
    [
        'services:\n  foo: "a\\u200bb"\n', 'services:\n  foo: "a"\n  foo: "b"\n', "services: texte\n",
        "services: {0: {code: 1}}\n", "services:\n  - [1]\n  - {}\n  - texte\n", "espaces:\n  - [1]\n  - {a: 1}\n",
        "utilisateurs:\n  - ref: [x]\n    role: 1\n", "espaces:\n  nom: {1: 2}\n", "coordonnees_bancaires: {a: {b: 016}}\n",
        "parametres: []\n", "raccordement: texte\n", "remplace: [1]\n", '"": 1\n', '"/": {"/": {"~": x}}\n',
        "services:\n  - code: A\n    adresse_postale: [1]\n",
    ],
)  # fmt: skip
def test_no_faulty_sheet_stops_the_plan_of_the_others(text: str) -> None:
    raw = "\n".join(
        (
            "type: fiche-structure", "version: 1", "informations_generales:", f'  identifiant: "{SIRET}"',
            "  type_identifiant: SIRET", text,
        )
    )  # fmt: skip
    made = plan_of([judged("a.yaml", raw), judged("b.yaml", sheet(OTHER))])
    found = by_address(made)
    assert found[SIRET].blocked
    assert not found[OTHER].blocked


def test_what_is_found_in_a_twin_is_not_laid_at_an_entry_of_the_first() -> None:
    """Its pointers lead into its own file, which may have more entries, or others."""
    first = sheet(services=[PUBLIC], comptabilite="autre")
    twin = sheet(services=[PUBLIC, TECH, {"code": " ", "libelle": "x"}])
    made = plan_of([judged("a.yaml", first), judged("b.yaml", twin)], known({"a.yaml": sheet(services=[PUBLIC])}))
    (change,) = made.plan.changes
    assert {"CP402", "CP011"} <= {finding.rule for finding in change.findings if finding.path == "b.yaml"}
    two = sheet(services=[{**PUBLIC, "description": "x"}, TECH])
    found = by_address(plan_of([judged("a.yaml", two), judged("b.yaml", {**twin, "services": [{"code": " "}]})]))
    assert {finding.path for finding in found[FP].findings} <= {"a.yaml"}
