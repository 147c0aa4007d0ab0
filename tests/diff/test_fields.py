"""Leaves by JSON Pointer, and what the schemas say of each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorus_config.diff.fields import alike, field_schema, is_sensitive, leaves, managed, pointer, sheet_path, steps
from chorus_config.model.address import Address
from chorus_config.model.finding import Path
from tests.engine.making import SIRET, account, general


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("services", 3, "code"), "/services/3/code"),
        (("a/b",), "/a~1b"),
        (("a~b",), "/a~0b"),
        (("~1",), "/~01"),
        (("",), "/"),
    ],
)
def test_a_pointer_is_that_of_rfc_6901(path: Path, text: str) -> None:
    assert pointer(path) == text
    assert steps(text) == tuple(map(str, path))


@given(st.lists(st.text(), max_size=4))
@settings(max_examples=500, deadline=None, database=None)
def test_a_pointer_leads_back_to_its_steps(path: list[str]) -> None:
    assert steps(pointer(tuple(path))) == tuple(path)


def test_a_leaf_is_a_value_or_a_list_and_an_empty_block_is_none() -> None:
    resource = {"a": "1", "b": {"c": True, "d": {}, "e": {"f/g": ["x"]}}, "h": []}
    assert leaves(resource) == {"/a": "1", "/b/c": True, "/b/e/f~1g": ["x"], "/h": []}


def test_memos_and_the_file_format_are_not_managed() -> None:
    resource = {"type": "fiche-structure", "version": 1, **general(date_creation="2016-07-13", statut="ACTIF")}
    assert sorted(managed(Address(SIRET), resource)) == [
        "/adresse_electronique",
        "/identifiant",
        "/libelle",
        "/statut",
        "/type_identifiant",
    ]


def test_an_account_s_own_fields_are_managed() -> None:
    body = account()
    resource = {**body.pop("informations_personnelles"), **body}
    assert {"/nom", "/ref", "/parametres/langue"} <= managed(Address("dgs", "comptes"), resource).keys()


@pytest.mark.parametrize(
    ("group", "field", "path"),
    [
        ("", "/libelle", ("informations_generales", "libelle")),
        ("", "/adresse_postale/ville", ("adresse_postale", "ville")),
        ("", "/comptabilite", ("comptabilite",)),
        ("", "/parametres/moa_uniquement", ("parametres", "moa_uniquement")),
        ("services", "/adresse_postale/ville", ("services", 0, "adresse_postale", "ville")),
        ("services", "/libelle", ("services", 0, "libelle")),
        ("espaces", "/nom", ("espaces", 0)),
        ("utilisateurs", "/role", ("utilisateurs", 0, "role")),
        ("coordonnees_bancaires", "/iban", ("coordonnees_bancaires", 0, "iban")),
        ("comptes", "/nom", ("informations_personnelles", "nom")),
        ("comptes", "/ref", ("ref",)),
        ("comptes", "/parametres/langue", ("parametres", "langue")),
    ],
)
def test_a_field_has_its_place_in_the_sheet_and_a_label(group: str, field: str, path: Path) -> None:
    assert sheet_path(group, field) == path
    # The name of an espace is the espace: the label is the list's.
    assert ("title" in field_schema(group, field)) == (group != "espaces")


@pytest.mark.parametrize(("group", "field"), [("", "/inconnu"), ("services", "/inconnu"), ("comptes", "/x/y"), ("", "/")])
def test_an_unknown_field_has_no_schema_and_may_be_a_misspelt_iban(group: str, field: str) -> None:
    assert field_schema(group, field) == {}
    assert is_sensitive(group, field)


def test_iban_and_bic_alone_are_sensitive() -> None:
    assert is_sensitive("coordonnees_bancaires", "/iban")
    assert is_sensitive("coordonnees_bancaires", "/bic")
    assert not is_sensitive("coordonnees_bancaires", "/libelle")
    assert not is_sensitive("", "/adresse_electronique")
    assert not is_sensitive("espaces", "/nom")
    assert not is_sensitive("comptes", "/parametres/langue")


@pytest.mark.parametrize("field", ["/iban/0", "/iban/a", "/bic/a/b"])
def test_what_stands_below_a_sensitive_field_is_sensitive_too(field: str) -> None:
    assert is_sensitive("coordonnees_bancaires", field)


def test_bank_details_are_compared_as_the_portal_shows_them() -> None:
    spaced = "fr76 3000 1007 9412\u00a03456 7890 185"
    assert alike("coordonnees_bancaires", "/iban", "FR7630001007941234567890185", spaced)
    assert not alike("coordonnees_bancaires", "/iban", "FR7630001007941234567890185", "FR7630001007941234567890189")
    assert not alike("coordonnees_bancaires", "/libelle", "R 1", "R1")
    assert not alike("coordonnees_bancaires", "/iban", "FR7630001007941234567890185", None)
    assert alike("", "/libelle", "a", "a")
    assert not alike("", "/statut", True, 1)
