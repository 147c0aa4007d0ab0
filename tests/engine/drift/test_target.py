"""What a word of the command line aims at, and why it cannot aim at anything."""

from __future__ import annotations

import pytest

from chorus_config.diff.fields import managed
from chorus_config.engine.drift.target import AdoptionTarget, fields_of, parse_target, target_fault
from chorus_config.i18n.translator import translator_for
from chorus_config.model.address import Address
from tests.engine.making import SIRET, TECH

SAY = translator_for("en")


@pytest.mark.parametrize(
    ("word", "aim"),
    [
        (SIRET, AdoptionTarget(Address(SIRET))),
        (f"{SIRET}#/libelle", AdoptionTarget(Address(SIRET), "/libelle")),
        (f"{SIRET}/services/A/B", AdoptionTarget(Address(SIRET, "services", "A/B"))),
        (
            f"{SIRET}/services/A#B#/adresse_postale/ville",
            AdoptionTarget(Address(SIRET, "services", "A#B"), "/adresse_postale/ville"),
        ),
        ("comptes/dgs#/nom", AdoptionTarget(Address("dgs", "comptes"), "/nom")),
    ],
)
def test_an_address_with_or_without_a_field(word: str, aim: AdoptionTarget) -> None:
    assert parse_target(word) == aim
    assert target_fault(word, aim) is None


def test_a_name_that_is_known_is_taken_whole() -> None:
    space = Address(SIRET, "espaces", "Eau#/nom")
    assert parse_target(str(space)) == AdoptionTarget(Address(SIRET, "espaces", "Eau"), "/nom")
    assert parse_target(str(space), {space}) == AdoptionTarget(space)
    assert parse_target(f"{space}#/nom", {space}) == AdoptionTarget(space, "/nom")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("", '"" is no address: SIRET, SIRET/GROUP/NAME (groups: services, espaces, utilisateurs, coordonnees_bancaires)'),
        ("#/libelle", '"" is no address'),
        ("S/foo/bar", '"S/foo/bar" is no address'),
        ("S/foo", '"S/foo" is no address'),
        ("S/service/A", "S/service/A is no address: S/services/A is expected"),
        ("S/Service", "S/Service is no address: S/services/CODE is expected"),
        ("comptes", '"comptes" is no address'),
        ("comptes/", '"comptes" is no address'),
        ("S/comptes", '"S/comptes" is no address'),
        ("S/comptes/x", '"S/comptes/x" is no address'),
        ("S/services", "S/services is a whole list, which is adopted entry by entry: S/services/CODE"),
        ("S/espaces/", "S/espaces is a whole list, which is adopted entry by entry: S/espaces/NOM"),
        ("S#/lib", "/lib is no field of S: /libelle is expected"),
        ("S#/informations_generales/libelle", "/informations_generales/libelle is no field of S: /libelle is expected"),
        ("S#/ville", "/ville is no field of S: /adresse_postale/ville is expected"),
        ("S#/parametre/moa_uniquement", "/parametres/moa_uniquement is expected"),
        ("S#/libelle/x", "/libelle/x is no field of S: /libelle is expected"),
        ("S#/", "/ is no field of S: it has /raison_sociale, "),
        ("S#/type", "/type is no field of S"),
        ("S#/services", "/services is no field of S: a list is adopted entry by entry, S/services/CODE"),
        ("S#/espaces/x", "/espaces/x is no field of S: a list is adopted entry by entry, S/espaces/NOM"),
        ("S/services/A/B#/libele", "/libele is no field of S/services/A/B: /libelle is expected"),
        ("S/espaces/A#/zz", "/zz is no field of S/espaces/A: it has /nom"),
        ("comptes/a#/prenon", "/prenon is no field of comptes/a: /prenom is expected"),
    ],
)
def test_what_no_sheet_can_have_is_told_with_what_is_expected(word: str, told: str) -> None:
    found = target_fault(word, parse_target(word))
    assert found is not None
    assert told in SAY(found.told, **found.places)


def test_every_field_that_a_resource_manages_can_be_aimed_at() -> None:
    assert {*managed(Address(SIRET, "services", "A"), TECH)} <= {*fields_of("services")}
    assert "/raccordement" in fields_of("")
    # What no file manages is no field.
    assert not {"/pieces_jointes", "/abonnements", "/rattachements"} & {*fields_of("comptes")}
