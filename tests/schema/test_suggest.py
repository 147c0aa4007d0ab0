"""The nearest word that would have been right."""

from __future__ import annotations

from typing import Final

import pytest

from chorus_config.schema.packaged import schema
from chorus_config.schema.suggest import nearest

KEYS: Final = tuple(schema("fiche-structure")["$defs"]["parametres"]["properties"])
GENERAL: Final = tuple(schema("fiche-structure")["$defs"]["informations_generales"]["properties"])


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        pytest.param("code_service_obligatoir", KEYS, "code_service_obligatoire", id="a letter short"),
        pytest.param("code_service_obligatoirre", KEYS, "code_service_obligatoire", id="a letter more"),
        pytest.param("code_sevrice_obligatoire", KEYS, "code_service_obligatoire", id="letters swapped"),
        pytest.param("Code_Service_Obligatoire", KEYS, "code_service_obligatoire", id="case"),
        pytest.param("CODE SERVICE OBLIGATOIRE", KEYS, "code_service_obligatoire", id="blanks and case"),
        pytest.param("code-service-obligatoire", KEYS, "code_service_obligatoire", id="hyphens"),
        pytest.param("libellé", GENERAL, "libelle", id="accent"),
        pytest.param("Libellé", GENERAL, "libelle", id="accent and case"),
        pytest.param("libelle\u0301", GENERAL, "libelle", id="accent of its own"),
        pytest.param("Raison Sociale", GENERAL, "raison_sociale", id="as the portal says"),
        pytest.param("ﬁche", ("fiche",), "fiche", id="ligature"),
        pytest.param("STRASSE", ("straße",), "straße", id="sharp s"),
        pytest.param("siret", ("SIRET", "RIDET"), "SIRET", id="the word is given as it is written"),
        pytest.param("zzzz", KEYS, "", id="nothing near"),
        pytest.param("", KEYS, "", id="empty"),
        pytest.param("libelle", (), "", id="nothing known"),
        pytest.param("x" * 100_000, ("x" * 64,), "x" * 64, id="very long: only its beginning is read"),
    ],
)
def test_the_nearest_word(word: str, known: tuple[str, ...], expected: str) -> None:
    assert nearest(word, known) == expected


@pytest.mark.parametrize("word", [*KEYS, *GENERAL])
def test_a_known_word_is_its_own_nearest(word: str) -> None:
    assert nearest(word, (*KEYS, *GENERAL)) == word
