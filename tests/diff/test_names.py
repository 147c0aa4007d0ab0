"""What people call structures and persons."""

from __future__ import annotations

import pytest

from chorus_config.diff.names import account_of, names_in, record_name, resource_name, roots_in, without_persons
from chorus_config.model.address import Address, parse_address
from chorus_config.model.snapshot import Record
from tests.engine.making import account, sheet

SIRET = "21169999600016"


def test_a_structure_is_called_by_its_label_and_a_person_by_name_and_mailbox() -> None:
    assert record_name(Record(SIRET, sheet(SIRET))) == "Commune de Valmont"
    assert record_name(Record("comptes/dgs", account("dgs"))) == "Alix MARTIN, a@b.example"
    assert record_name(None) == ""


@pytest.mark.parametrize("value", [None, 1, True, ["a"], {"a": "b"}, "", " \n "])
def test_what_is_no_name_is_none(value: object) -> None:
    assert resource_name(Address(SIRET), {"libelle": value}) == ""
    assert resource_name(Address("dgs", "comptes"), {"nom": value, "prenom": value}) == ""


def test_a_name_is_one_line() -> None:
    assert resource_name(Address(SIRET), {"libelle": " Commune\n de\tValmont "}) == "Commune de Valmont"


def test_the_first_state_that_has_a_name_gives_it() -> None:
    first = {SIRET: Record(SIRET, sheet(SIRET)), "x": Record("x", {})}
    second = {SIRET: Record(SIRET, {}), "comptes/dgs": Record("comptes/dgs", account("dgs"))}
    names = names_in([SIRET, "x", "comptes/dgs", "gone"], second, first)
    assert names == {SIRET: "Commune de Valmont", "comptes/dgs": "Alix MARTIN, a@b.example"}
    assert without_persons(names) == {SIRET: "Commune de Valmont"}


def test_a_user_has_an_account_and_nothing_else_has() -> None:
    user = parse_address(f"{SIRET}/utilisateurs/a/b")
    assert account_of(user) == "comptes/a/b"
    assert account_of(Address(SIRET, "services", "a")) == account_of(Address("a", "comptes")) == ""
    assert roots_in([user, Address(SIRET), Address("c", "comptes")]) == {SIRET, "comptes/a/b", "comptes/c"}
