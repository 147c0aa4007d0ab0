"""CP103: a public structure is identified by its SIRET; CP009 speaks first of a type that does not exist."""

from __future__ import annotations

import pytest

from tests.samples import SHEET, SIRET, changed, told, verdict

TYPE = "/informations_generales/type_identifiant"
OTHERS = ("UE_HORS_FRANCE", "HORS_UE", "RIDET", "TAHITI", "AUTRE", "PARTICULIER")


def sheet(kind: str, private: str = "", identifier: str = '"A1"') -> str:
    text = changed(SHEET, "type_identifiant: SIRET", f"type_identifiant: {kind}")
    text = changed(text, f'"{SIRET}"', identifier)
    written = f"  structure_privee: {private}\n" if private else ""
    return changed(text, "adresse_postale:\n", f"{written}comptabilite: autre\nadresse_postale:\n")


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("private", ["", "false"])
def test_a_public_structure_has_a_siret(kind: str, private: str) -> None:
    found = verdict(sheet(kind, private))
    assert told(found) == [("CP103", TYPE, 5, 21)]
    assert found[0].message == f'A public structure is identified by "{kind}": SIRET is expected'


@pytest.mark.parametrize("kind", OTHERS)
def test_a_private_structure_may_have_another_identifier(kind: str) -> None:
    assert verdict(sheet(kind, "true")) == ()


@pytest.mark.parametrize("kind", OTHERS)
def test_another_identifier_is_not_blank(kind: str) -> None:
    assert told(verdict(sheet(kind, "true", '" \\u00A0"'))) == [("CP009", "/informations_generales/identifiant", 6, 16)]


def test_a_private_structure_may_have_a_siret_which_is_judged() -> None:
    assert verdict(sheet("SIRET", "true", f'"{SIRET}"')) == ()
    assert told(verdict(sheet("SIRET", "true"))) == [("CP101", "/informations_generales/identifiant", 6, 16)]


@pytest.mark.parametrize(
    ("kind", "near"), [("siret", "SIRET"), ("Ridet", "RIDET"), ("HORS-UE", "HORS_UE"), ("SIREN", "SIRET"), ("ZZZZ", "")]
)
@pytest.mark.parametrize("private", ["", "true"])
def test_a_type_that_does_not_exist_is_cp009_only(kind: str, near: str, private: str) -> None:
    found = verdict(sheet(kind, private))
    assert told(found) == [("CP009", TYPE, 5, 21)]
    assert (f"{near} is expected" in found[0].message) is bool(near)


@pytest.mark.parametrize(("kind", "column"), [("true", 21), ("[RIDET]", 3)])
def test_a_type_of_another_type_is_cp009_only(kind: str, column: int) -> None:
    assert told(verdict(sheet(kind))) == [("CP009", TYPE, 5, column)]


def test_a_missing_type_is_cp008_only() -> None:
    text = changed(sheet("SIRET"), "  type_identifiant: SIRET\n", "")
    assert told(verdict(text)) == [("CP008", "/informations_generales", 3, 1)]


def test_a_structure_that_is_private_by_a_text_only_counts_as_public() -> None:
    assert told(verdict(sheet("RIDET", '"oui"'))) == [
        ("CP103", TYPE, 5, 21),
        ("CP009", "/informations_generales/structure_privee", 9, 21),
    ]
