"""Leaves by JSON Pointer, and what the schemas say of each."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorus_config.diff.compare import changed_fields
from chorus_config.diff.fields import (
    alike,
    field_schema,
    identical,
    is_on_portal,
    is_sensitive,
    leaves,
    managed,
    one_value,
    pointer,
    same,
    sheet_path,
    steps,
)
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


def test_an_older_name_of_a_value_is_that_value() -> None:
    assert one_value("utilisateurs", "/role", "UTILISATEUR", "UTILISATEUR_SIMPLE")
    assert alike("utilisateurs", "/role", "UTILISATEUR_SIMPLE", "UTILISATEUR")
    assert one_value("utilisateurs", "/role", "UTILISATEUR", "UTILISATEUR")
    assert not one_value("utilisateurs", "/role", "UTILISATEUR", "GESTIONNAIRE_SECONDAIRE")
    assert not one_value("utilisateurs", "/role", "UTILISATEUR", None)
    assert not one_value("utilisateurs", "/role", "x", "y")
    assert not one_value("utilisateurs", "/role", ["UTILISATEUR"], ["UTILISATEUR_SIMPLE"])
    assert not one_value("utilisateurs", "/ref", "UTILISATEUR", "UTILISATEUR_SIMPLE")


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "a"), (True, True), (["b", "a"], ["a", "b"]), ([{"x": 1, "y": 2}], [{"y": 2, "x": 1}]), ([], []), ("é", "\u00e9")],
)
def test_the_same(one: object, other: object) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1), ("true", True), ("1", 1), ("a", "A"), ("a", "a "), ("", None), (["a"], "a"), (["a", "a"], ["a"]),
        ([], None), ([True], [1]), (["1"], [1]), ("e\u0301", "\u00e9"),
    ],
)  # fmt: skip
def test_not_the_same(one: object, other: object) -> None:
    assert not same(one, other)
    assert not same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1),
        ({"a": True}, {"a": 1}),
        ({"a": [1]}, {"a": [True]}),
        ({"a": 1}, {"b": 1}),
        ({"a": None}, {}),
        ([1], [1, 2]),
        ({}, []),
    ],
)
def test_not_identical(one: object, other: object) -> None:
    assert not identical(one, other)
    assert not identical(other, one)


def test_identical_to_the_letter() -> None:
    assert identical({"a": [{"b": None, "c": "é"}], "d": False}, {"d": False, "a": [{"c": "é", "b": None}]})
    assert not identical({"a": ["x", "y"]}, {"a": ["y", "x"]})


def test_fields_come_in_the_order_of_the_wish() -> None:
    before = {"/a": "1", "/b": "2", "/c": ["x", "y"], "/d": True}
    after = {"/d": 1, "/c": ["y", "x"], "/e": "5", "/b": "3", "/a": "1"}
    assert changed_fields(before, after) == ["/d", "/e", "/b"]


# Beside a list DeepDiff is asked of all fields, otherwise of none.
BESIDE: Final = [{}, {"/liste": ["x", "y"]}]


@pytest.mark.parametrize("beside", BESIDE, ids=["texts alone", "beside a list"])
@pytest.mark.parametrize("known", [0, 1, 2, 3, 5, 14])
def test_many_new_fields_beside_few_known_ones_are_each_named(known: int, beside: dict[str, object]) -> None:
    after = {f"/{number}": "x" for number in range(15)}
    before = {f"/{number}": "x" for number in range(known)}
    assert changed_fields(before | beside, after | beside) == [f"/{number}" for number in range(known, 15)]


@pytest.mark.parametrize("beside", BESIDE, ids=["texts alone", "beside a list"])
@pytest.mark.parametrize("key", ["/a'b", '/a"b', "/a]b", "/['a']", "/__a", "/a.b", "/~1", "/", "/root", "/é\n"])
def test_no_name_of_a_field_misleads(key: str, beside: dict[str, object]) -> None:
    assert changed_fields({key: "1", "/x": "2", **beside}, {key: "3", "/x": "2", **beside}) == [key]


@pytest.mark.parametrize("beside", BESIDE, ids=["texts alone", "beside a list"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (True, 1),
        (False, ""),
        ("a" * 5000, "a" * 4999 + "b"),
        ("un\ndeux", "un\ntrois"),
        ("", "x"),
        ("x", ""),
        (["x"], []),
        ([], ["x"]),
        ("x", ["x"]),
    ],
)
def test_every_kind_of_difference_is_seen(before: object, after: object, beside: dict[str, object]) -> None:
    assert changed_fields({"/k": before, "/x": "2", **beside}, {"/k": after, "/x": "2", **beside}) == ["/k"]


PROBE = """
import sys
from chorus_config.diff.compare import difference
from chorus_config.diff.expand import Expanded, expand
body = {"type": "fiche-structure", "informations_generales": {"identifiant": "1", "libelle": "A"}}
assert difference(expand(body), expand(body)) == []
assert difference(Expanded(), expand(body))
print("deepdiff" in sys.modules)
other = {"type": "fiche-structure", "informations_generales": {"identifiant": "1", "libelle": "B"}}
assert difference(expand(body), expand(other))
print("deepdiff" in sys.modules)
users = [{**body, "utilisateurs": [{"ref": "a", "habilitations": [one]}]} for one in ("x", "y")]
assert difference(*map(expand, users))
print("deepdiff" in sys.modules)
"""


def test_deepdiff_is_imported_for_lists_known_to_differ_only() -> None:
    run = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize(
    ("group", "path", "former", "present"),
    [
        ("espaces", "/nom", True, False),
        ("espaces", "", True, False),
        ("", "/espaces", True, False),
        ("utilisateurs", "/espaces", True, False),
        ("utilisateurs", "/habilitations", False, True),
        ("utilisateurs", "/role", True, True),
        ("comptes", "/parametres/recevoir_notifications", True, False),
        ("comptes", "/parametres/notifications", False, True),
        ("comptes", "/parametres/langue", True, True),
        ("", "/comptabilite", False, False),
        ("", "/raccordement/mode", False, False),
        ("services", "", True, True),
    ],
)
def test_a_field_is_on_the_portal_of_its_days(group: str, path: str, former: bool, present: bool) -> None:
    assert is_on_portal(group, path, date(2023, 2, 20)) is former
    assert is_on_portal(group, path, date(2023, 2, 21)) is present
    assert is_on_portal(group, path, None) is (former or present)
