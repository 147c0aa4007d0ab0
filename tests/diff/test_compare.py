"""The one diff, in small."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.diff.compare import deletion, difference, in_order, patched
from chorus_config.diff.expand import Expanded, expand
from chorus_config.model.address import Address
from chorus_config.model.plan import Change, FieldChange
from tests.engine.making import PUBLIC, SIRET, TECH, general, sheet

Row = tuple[str, str, list[tuple[str, object, object]]]


def rows(before: dict[str, Any], after: dict[str, Any]) -> list[Row]:
    """Return the changes as plain rows, in the order of a plan."""
    changes = in_order(difference(expand(before), expand(after)))
    return [(str(c.address), c.op, [(f.path, f.before, f.after) for f in c.fields]) for c in changes]


def test_one_field_of_a_block_is_one_update() -> None:
    address = {**sheet()["adresse_postale"], "ville": "ANGOULEME"}
    assert rows(sheet(), sheet(adresse_postale=address)) == [
        (SIRET, "update", [("/adresse_postale/ville", "VALMONT", "ANGOULEME")])
    ]


def test_a_key_written_for_the_first_time_comes_from_nothing_known() -> None:
    assert rows(sheet(), sheet(comptabilite="autre")) == [(SIRET, "update", [("/comptabilite", None, "autre")])]


@pytest.mark.parametrize("key", ["raison_sociale", "date_creation"])
def test_memos_are_never_planned(key: str) -> None:
    assert rows(sheet(), sheet(informations_generales=general(**{key: "2020-01-01"}))) == []


def test_what_is_no_longer_written_is_left_as_it_is() -> None:
    full = sheet(services=[PUBLIC], espaces=["Engagements"], comptabilite="autre", parametres={"moa_uniquement": False})
    assert rows(full, sheet()) == []
    assert patched(expand(full), (), expand(sheet())) == full


def test_a_list_emptied_deletes_each_of_its_entries() -> None:
    before = sheet(espaces=["A", "B/C"])
    assert rows(before, sheet(espaces=[])) == [
        (f"{SIRET}/espaces/A", "delete", [("/nom", "A", None)]),
        (f"{SIRET}/espaces/B/C", "delete", [("/nom", "B/C", None)]),
    ]


def test_one_entry_left_out_of_a_written_list_is_deleted() -> None:
    assert rows(sheet(services=[PUBLIC, TECH]), sheet(services=[PUBLIC])) == [
        (f"{SIRET}/services/ST-TECH", "delete", [("/code", "ST-TECH", None), ("/libelle", "Services techniques", None)])
    ]


def test_a_changed_service_is_an_update_wherever_it_stands_in_the_list() -> None:
    renamed = {**TECH, "libelle": "Voirie"}
    assert rows(sheet(services=[PUBLIC, TECH]), sheet(services=[renamed, PUBLIC])) == [
        (f"{SIRET}/services/ST-TECH", "update", [("/libelle", "Services techniques", "Voirie")])
    ]


def test_another_code_is_another_service() -> None:
    assert [(address, op) for address, op, _ in rows(sheet(services=[TECH]), sheet(services=[{**TECH, "code": "ST"}]))] == [
        (f"{SIRET}/services/ST", "create"),
        (f"{SIRET}/services/ST-TECH", "delete"),
    ]


def test_one_field_may_grow_to_many() -> None:
    place = {"adresse": "1", "complement_1": "2", "complement_2": "3", "code_postal": "16000", "ville": "V", "pays": "France"}
    many = {**TECH, "description": "d", "actif": True, "date_debut": "2016-09-01", "adresse_postale": place}
    ((_address, op, fields),) = rows(sheet(services=[TECH]), sheet(services=[many]))
    assert op == "update"
    assert [path for path, _before, _after in fields] == [
        "/description", "/actif", "/date_debut",
        *(f"/adresse_postale/{key}" for key in place),
    ]  # fmt: skip


def test_the_entries_of_a_user_s_lists_are_one_field() -> None:
    user = {"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL", "services": ["A", "B"]}
    assert rows(sheet(utilisateurs=[user]), sheet(utilisateurs=[{**user, "services": ["B", "A"]}])) == []
    assert rows(sheet(utilisateurs=[user]), sheet(utilisateurs=[{**user, "services": ["B"]}])) == [
        (f"{SIRET}/utilisateurs/dgs", "update", [("/services", ["A", "B"], ["B"])])
    ]


def test_everything_is_created_where_nothing_is_known() -> None:
    changes = in_order(difference(Expanded(), expand(sheet(espaces=["A"], services=[PUBLIC]))))
    assert [(str(c.address), c.op) for c in changes] == [
        (SIRET, "create"),
        (f"{SIRET}/services/FACTURES_PUBLIQUES", "create"),
        (f"{SIRET}/espaces/A", "create"),
    ]
    assert all(field.before is None for change in changes for field in change.fields)


def test_a_deletion_names_all_that_was_managed_and_no_memo() -> None:
    address, resource = next(iter(expand(sheet()).resources.items()))
    paths = [field.path for field in deletion(address, resource).fields]
    assert "/libelle" in paths
    assert "/raison_sociale" not in paths
    assert "/type" not in paths


def test_creations_come_parents_first_and_deletions_last_children_first() -> None:
    def change(text: str, op: Any) -> Change:
        owner, _slash, rest = text.partition("/")
        group, _slash, key = rest.partition("/")
        return Change(Address(owner, group, key), op, ())

    wanted = [
        change("1", "create"), change("1/services/A", "create"), change("1/services/B", "update"),
        change("1/espaces/E", "create"), change("1/utilisateurs/u", "create"), change("2", "update"),
        change("1/utilisateurs/v", "delete"), change("1/espaces/F", "delete"), change("1/services/C", "delete"),
        change("1", "delete"), change("2/espaces/F", "delete"),
    ]  # fmt: skip
    assert list(in_order(reversed(wanted))) == wanted


def test_a_record_takes_memos_and_the_order_of_lists_from_the_wish() -> None:
    before, after = sheet(espaces=["A", "B"]), sheet(espaces=["C", "B"], informations_generales=general(raison_sociale="NEUVE"))
    made: Any = patched(expand(before), difference(expand(before), expand(after)), expand(after))
    assert made["espaces"] == ["C", "B"]
    assert made["informations_generales"]["raison_sociale"] == "NEUVE"


def test_a_change_of_a_pointer_with_escapes_lands_where_it_belongs() -> None:
    before, after = expand(sheet()), expand(sheet())
    change = Change(Address(SIRET), "update", (FieldChange("/a~1b/c~0d", None, "x"),))
    made: Any = patched(before, [change], after)
    assert made["informations_generales"]["a/b"] == {"c~d": "x"}


def test_another_name_of_the_same_role_is_no_change_and_is_kept_as_written() -> None:
    users = [{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}, {"ref": "compta", "role": "UTILISATEUR_SIMPLE"}]
    renamed = [users[0], {"ref": "compta", "role": "UTILISATEUR"}]
    before, after = sheet(utilisateurs=users), sheet(utilisateurs=renamed)
    assert rows(before, after) == rows(after, before) == []
    granted = sheet(utilisateurs=[users[0], {**renamed[1], "habilitations": ["Organisation modification"]}])
    assert rows(before, granted) == [
        (f"{SIRET}/utilisateurs/compta", "update", [("/habilitations", None, ["Organisation modification"])])
    ]
    assert patched(expand(before), difference(expand(before), expand(granted)), expand(granted)) == granted
