"""Addresses as they are written and read."""

from __future__ import annotations

import pytest

from chorus_config.model.address import Address, parse_address

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
