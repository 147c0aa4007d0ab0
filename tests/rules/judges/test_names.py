"""Names that were probably meant for one another."""

from __future__ import annotations

import pytest

from chorus_config.rules.judges.names import NamedFile, are_near, is_same_name, meant_files

SIRET, OTHER = "21169999600016", "21169999600024"


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (SIRET, "21169999600017", True),
        (SIRET, "2116999960001", True),
        (SIRET, "211699996000116", True),
        (SIRET, "211 699 996 00016", True),
        (SIRET, "12169999600016", True),
        (SIRET, OTHER, False),
        ("dgs", "dsg", True),
        ("dgs", "DGS", True),
        ("structures", "structure", True),
        ("a", "b", False),
        ("", "", False),
        ("ab", "ab", True),
        ("compta", "comptabilité", False),
    ],
)
def test_what_is_near(one: str, other: str, near: bool) -> None:
    assert are_near(one, other) is near
    assert are_near(other, one) is near


def test_a_file_is_meant_by_the_name_it_bears_before_all_else() -> None:
    by_name, by_text = NamedFile(f"structures/{SIRET}.yaml", (OTHER,)), NamedFile("structures/eau.yaml", ("21169999600017",))
    assert meant_files([SIRET], [by_text, by_name]) == {SIRET: by_name}
    assert meant_files([SIRET], [by_text]) == {SIRET: by_text}


def test_a_file_is_meant_once() -> None:
    files = [NamedFile("structures/eau.yaml", ("21169999600017",))]
    assert [*meant_files([SIRET, "21169999600018"], files)] == [SIRET]
    assert meant_files([OTHER], files) == {}
    assert meant_files([SIRET], []) == {}


def test_the_name_of_a_file_ends_at_its_last_dot() -> None:
    assert NamedFile("comptes/j.dupont.yaml").stem == "j.dupont"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("COMMUNE DE VALMONT", "Commune de Valmont", True),
        ("COMMUNE DE SAINT MARTIN D HERES", "Commune de Saint-Martin-d’Hères", True),
        ("Régie des  eaux ", "REGIE DES EAUX", True),
        ("SACRÉ-CŒUR", "Sacre coeur", True),
        ("St Martin H¿res", "ST MARTIN HERES", True),
        ("St Martin H\ufffdres", "St Martin Hères", True),
        ("St Martin H¿res", "St Martin Hautes", False),
        ("H¿res", "H res", False),
        ("COMMUNE DE VALMONT", "VILLE DE VALMONT", False),
        ("VALMONT", "VALMONT EAU", False),
        ("Straße 1", "STRASSE 1", True),
        ("", "", True),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str, same: bool) -> None:
    assert is_same_name(one, other) is same
    assert is_same_name(other, one) is same
