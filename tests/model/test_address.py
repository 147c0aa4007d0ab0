"""Addresses as they are written and read."""

from __future__ import annotations

import pytest

from chorus_config.model.address import KINDS, LISTS, OWN_BLOCK, Address, ResourceKind, parse_address
from chorus_config.schema.packaged import schema

SIRET = "25160278500015"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (SIRET, Address(SIRET)),
        (f"{SIRET}/services/ST-TECH", Address(SIRET, "services", "ST-TECH")),
        (f"{SIRET}/services/A/B/C", Address(SIRET, "services", "A/B/C")),
        (f"{SIRET}/services//", Address(SIRET, "services", "/")),
        (f"{SIRET}/services/ ", Address(SIRET, "services", " ")),
        (f"{SIRET}/espaces/Factures de travaux", Address(SIRET, "espaces", "Factures de travaux")),
        (f"{SIRET}/utilisateurs/comptes/dgs", Address(SIRET, "utilisateurs", "comptes/dgs")),
        (f"{SIRET}/coordonnees_bancaires/Régie", Address(SIRET, "coordonnees_bancaires", "Régie")),
        ("comptes/dgs", Address("dgs", "comptes")),
        ("comptes/elu/1/x", Address("elu/1/x", "comptes")),
    ],
)
def test_an_address_is_split_at_the_first_two_slashes(text: str, address: Address) -> None:
    assert parse_address(text) == address
    assert str(address) == text


def test_an_entry_belongs_to_its_structure_and_is_grouped_with_it() -> None:
    entry = Address(SIRET, "services", "A/B")
    assert entry.parent == Address(SIRET)
    assert entry.root == SIRET
    assert Address(SIRET).parent == Address(SIRET)
    assert Address(SIRET).root == SIRET


def test_an_account_belongs_to_itself() -> None:
    account = Address("dgs", "comptes")
    assert account.parent == account
    assert account.root == "comptes/dgs"


def test_addresses_can_be_sorted() -> None:
    ordered = [Address("1"), Address("1", "services", "A"), Address("1", "services", "B"), Address("2")]
    assert sorted([ordered[2], ordered[0], ordered[3], ordered[1]]) == ordered


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.group)
def test_every_list_of_the_sheet_has_its_kind_and_its_key(kind: ResourceKind) -> None:
    sheet = schema("fiche-structure")
    block = sheet["properties"][kind.group]
    assert block["type"] == "array"
    entry = sheet["$defs"][block["items"]["$ref"].rpartition("/")[2]]
    assert kind.key in entry.get("required", ()) if kind.key else entry["type"] == "string"


def test_no_list_of_the_sheet_is_forgotten() -> None:
    properties = schema("fiche-structure")["properties"]
    assert {name for name, block in properties.items() if block.get("type") == "array"} == {kind.group for kind in LISTS}


def test_kinds_are_called_as_the_schema_of_changes_calls_them() -> None:
    named = schema("changement")["properties"]["kind"]["enum"]
    assert {kind.name for kind in KINDS.values()} == set(named)


def test_parents_rank_before_what_they_hold() -> None:
    groups = list(KINDS)
    assert groups.index("") < min(groups.index(kind.group) for kind in LISTS)


@pytest.mark.parametrize("name", OWN_BLOCK)
def test_every_file_has_its_own_block(name: str) -> None:
    assert OWN_BLOCK[name] in schema(name)["required"]
