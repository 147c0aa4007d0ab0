"""The maker of change documents: what it makes of two states of a sheet."""

from __future__ import annotations

import pytest

from tests.rules.changing import SIMPLE, general, services, users
from tests.rules.judged import account, sheet
from tests.rules.sheet_changes import sheet_changes
from tests.samples import SIRET, TODAY

NEW = "21169999600024"


def test_a_field_that_differs_is_one_change_with_its_document_and_its_fault() -> None:
    (change,) = sheet_changes(users(SIMPLE), users({**SIMPLE, "role": "GESTIONNAIRE_SECONDAIRE"}), TODAY)
    assert change.document == {
        "address": f"{SIRET}/utilisateurs/compta",
        "identifiant": SIRET,
        "kind": "utilisateur",
        "key": "compta",
        "op": "update",
        "before": {"ref": "compta", "role": "UTILISATEUR_SIMPLE"},
        "after": {"ref": "compta", "role": "GESTIONNAIRE_SECONDAIRE"},
        "fields": {"/role": {"before": "UTILISATEUR_SIMPLE", "after": "GESTIONNAIRE_SECONDAIRE"}},
        "context": {
            "as_of": TODAY.isoformat(),
            "known": True,
            "on_portal": True,
            "list_managed": True,
            "public": True,
            "same_file_as": None,
            "replaced": False,
            "renamed_to": None,
            "demand": None,
        },
    }
    assert change.address == change.document["address"]
    assert [(fault.rule, fault.path) for fault in change.faults] == [("CP912", ("utilisateurs", 0, "role"))]


def test_the_same_twice_is_no_change() -> None:
    assert sheet_changes(services(), services(), TODAY) == []


def test_what_was_not_known_is_created() -> None:
    created = sheet_changes({}, services(), TODAY)
    assert [(change.address, change.document["op"]) for change in created] == [
        (SIRET, "create"),
        (f"{SIRET}/services/FACTURES_PUBLIQUES", "create"),
    ]
    assert not any(change.document["context"]["known"] or change.faults for change in created)


def test_a_sheet_that_is_gone_is_one_removal_of_the_whole() -> None:
    (removed,) = sheet_changes(services(), {}, TODAY)
    assert (removed.address, removed.document["op"], removed.document["after"]) == (SIRET, "delete", None)
    assert removed.document["context"]["known"]
    assert [fault.rule for fault in removed.faults] == ["CP910"]


def test_another_identifiant_in_the_same_file_is_a_new_structure_beside_one_that_is_gone() -> None:
    created, removed = sheet_changes(sheet(), general(identifiant=NEW), TODAY)
    assert (created.address, created.document["context"]["same_file_as"]) == (NEW, SIRET)
    assert (removed.address, removed.document["context"]["replaced"]) == (SIRET, False)
    assert [fault.rule for change in (created, removed) for fault in change.faults] == ["CP902", "CP910"]


@pytest.mark.parametrize(("replaced", "rules"), [(SIRET, []), (NEW, ["CP910"]), (1, ["CP910"])])
def test_a_new_file_may_replace_the_one_that_is_gone(replaced: object, rules: list[str]) -> None:
    after = {**general(identifiant=NEW), "remplace": {"identifiant": replaced}}
    created, removed = sheet_changes(sheet(), after, TODAY, new_file=True)
    assert created.document["context"]["same_file_as"] is None
    assert removed.document["context"]["replaced"] is not bool(rules)
    assert [fault.rule for change in (created, removed) for fault in change.faults] == rules


def test_an_account_is_a_sheet_too() -> None:
    (change,) = sheet_changes(account(), account(nom="DURAND"), TODAY)
    assert (change.address, change.document["kind"], change.document["identifiant"]) == ("comptes/dgs", "compte", None)
