"""From a plan to what somebody must enter by hand."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from chorus_config.diff.operations import operations_of
from chorus_config.model.finding import TrackedDay
from tests.engine.making import IBAN, OTHER, PUBLIC, SETTING, SIRET, TECH, account, general, known, plan_of, sheet

FULL = sheet(services=[PUBLIC, TECH])
STATE = known({"a.yaml": FULL})


def test_one_operation_for_each_change_in_the_order_of_the_plan() -> None:
    after = {**FULL, "services": [PUBLIC, {**TECH, "code": "A/B"}], "informations_generales": general(libelle="Valmont")}
    found = operations_of(plan_of({"a.yaml": after}, STATE).plan)
    assert [(one.address, one.op) for one in found] == [
        (SIRET, "update"),
        (f"{SIRET}/services/A/B", "create"),
        (f"{SIRET}/services/ST-TECH", "delete"),
    ]
    assert found[0].fields == ({"path": "/libelle", "before": "Commune de Valmont", "after": "Valmont"},)


@pytest.mark.parametrize(
    "blocks",
    [
        {"comptabilite": "autre"},
        {"depot_factures_hors_helios": True},
        {"raccordement": {"mode": "EDI", "operateur": "Un éditeur"}},
        {"remplace": {"identifiant": OTHER, "le": "2026-01-01", "motif": "x"}},
    ],
)
def test_what_only_the_project_declares_opens_none(blocks: dict[str, object]) -> None:
    plan = plan_of({"a.yaml": {**FULL, **blocks}}, STATE).plan
    assert len(plan.changes) == 1
    assert operations_of(plan) == ()


def test_what_is_declared_beside_a_field_of_the_portal_opens_one() -> None:
    plan = plan_of({"a.yaml": {**FULL, "comptabilite": "autre", "informations_generales": general(libelle="V")}}, STATE).plan
    (found,) = operations_of(plan)
    assert "/libelle" in [field["path"] for field in found.fields]


def test_a_structure_or_account_whose_file_is_gone_is_nothing_to_enter() -> None:
    state = known({"a.yaml": FULL, "comptes/dgs.yaml": account()})
    assert operations_of(plan_of({}, state).plan) == ()


def test_a_new_structure_and_a_new_account_are_entered() -> None:
    found = operations_of(plan_of({"a.yaml": sheet(), "comptes/dgs.yaml": account()}).plan)
    assert [(one.address, one.op) for one in found] == [(SIRET, "create"), ("comptes/dgs", "create")]


def test_sensitive_values_stay_masked() -> None:
    bank = [{"libelle": "Régie", "iban": IBAN, "bic": "AGRIFRPPXXX"}]
    found = operations_of(plan_of({"a.yaml": {**FULL, "coordonnees_bancaires": bank}}, STATE).plan)
    assert "FR76 **** 0189" in repr(found)
    assert IBAN not in repr(found)
    assert "AGRIFRPPXXX" not in repr(found)


def test_an_empty_plan_opens_none() -> None:
    assert operations_of(plan_of({"a.yaml": FULL}, STATE).plan) == ()


PRINCIPAL = {"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}
SPACES = [{"nom": "Factures de travaux", "mode": "MODIFICATION"}]


@pytest.mark.parametrize(
    ("before", "after", "last"),
    [
        (FULL, {**FULL, "espaces": ["Engagements"]}, True),
        ({**FULL, "espaces": ["Engagements"]}, {**FULL, "espaces": []}, True),
        (sheet(utilisateurs=[PRINCIPAL]), sheet(utilisateurs=[{**PRINCIPAL, "espaces": SPACES}]), True),
        (sheet(utilisateurs=[PRINCIPAL]), sheet(utilisateurs=[{**PRINCIPAL, "habilitations": ["x"]}]), False),
        (account(parametres={"langue": "x"}), account(parametres={"langue": "x", "recevoir_notifications": True}), True),
        (account(parametres={"langue": "x"}), account(parametres={"langue": "x", "notifications": []}), False),
    ],
)
def test_what_the_portal_of_the_day_does_not_have_is_planned_and_opens_none(
    before: dict[str, object], after: dict[str, object], last: bool
) -> None:
    for day, is_there in ((date(2023, 2, 20), last), (date(2023, 2, 21), not last)):
        plan = plan_of({"a.yaml": after}, known({"a.yaml": before}), replace(SETTING, asked=TrackedDay(day))).plan
        assert len(plan.changes) == 1
        assert len(operations_of(plan)) == is_there


@pytest.mark.parametrize("op", ["create", "update", "delete"])
def test_an_entry_of_a_list_that_nobody_managed_is_to_be_checked_where_no_source_reports_it(op: str) -> None:
    other = {"ref": "compta", "role": "UTILISATEUR"}
    steps = {
        "create": (sheet(), sheet(utilisateurs=[PRINCIPAL])),
        "update": (sheet(utilisateurs=[PRINCIPAL]), sheet(utilisateurs=[{**PRINCIPAL, "services": ["ST"]}])),
        "delete": (sheet(utilisateurs=[PRINCIPAL, other]), sheet(utilisateurs=[PRINCIPAL])),
    }
    before, after = steps[op]
    (one,) = operations_of(plan_of({"a.yaml": after}, known({"a.yaml": before})).plan)
    assert (one.op, one.noted) == (op, "verify" if op == "create" else None)


def test_an_entry_of_a_list_that_is_managed_is_made() -> None:
    before, after = sheet(utilisateurs=[]), sheet(utilisateurs=[PRINCIPAL])
    (one,) = operations_of(plan_of({"a.yaml": after}, known({"a.yaml": before})).plan)
    assert (one.gesture, one.noted) == ("create", None)
    (service,) = operations_of(plan_of({"a.yaml": sheet(services=[TECH])}, known({"a.yaml": sheet()})).plan)
    assert (service.gesture, service.noted) == ("create", None)


@pytest.mark.parametrize("after", ["UTILISATEUR", "UTILISATEUR_SIMPLE"])
def test_the_portal_made_users_of_its_secondary_managers_itself(after: str) -> None:
    def _with(role: str, **fields: object) -> dict[str, object]:
        return sheet(utilisateurs=[PRINCIPAL, {"ref": "compta", "role": role, **fields}])

    for day, is_there in ((date(2023, 2, 20), True), (date(2023, 2, 21), False)):
        setting = replace(SETTING, asked=TrackedDay(day))
        before = known({"a.yaml": _with("GESTIONNAIRE_SECONDAIRE")})
        made = plan_of({"a.yaml": _with(after)}, before, setting).plan
        assert (len(made.changes), len(operations_of(made))) == (1, is_there)
        made = plan_of({"a.yaml": _with(after, services=["ST"])}, before, setting).plan
        assert len(operations_of(made)) == 1
        back = plan_of({"a.yaml": _with("GESTIONNAIRE_SECONDAIRE")}, known({"a.yaml": _with(after)}), setting).plan
        assert len(operations_of(back)) == 1
