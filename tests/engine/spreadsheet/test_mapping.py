"""A mapping file, and what is said of one that cannot be used."""

from __future__ import annotations

import pytest

from chorus_config.engine.spreadsheet.headers import ColumnMapping
from chorus_config.engine.spreadsheet.mapping import BadMapping, read_mapping
from chorus_config.i18n.translator import translator_for


def test_a_mapping_names_pages_and_columns() -> None:
    text = """\
structures:
  feuille: "Nos membres"
  colonnes:
    "N° du budget": identifiant
    "Mail compta": Adresse électronique
    "Rue": adresse_postale.adresse
    "Remarques": ignorer
services: {}
"""
    assert read_mapping(text.encode()) == ColumnMapping(
        {"": "nosmembres"},
        {
            "": {
                "ndubudget": ("informations_generales", "identifiant"),
                "mailcompta": ("informations_generales", "adresse_electronique"),
                "rue": ("adresse_postale", "adresse"),
                "remarques": None,
            },
            "services": {},
        },
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "it is no mapping in YAML"),
        ("a: [", "it is no mapping in YAML"),
        ("budgets: {}", '"budgets" is no list: structures, services'),
        ("structures: {colonne: {}}", 'below "structures", « feuille » and « colonnes » are expected'),
        ("structures: {colonnes: [a]}", "« colonnes » is expected to have a line for each column"),
        ('structures: {colonnes: {"A": "Libelé de la structure"}}', "Libellé de la structure is probably meant"),
        ('structures: {colonnes: {"A": "zzzz"}}', '"zzzz" is no column of « Structures »: « ignorer », a label'),
    ],
)
def test_what_cannot_be_used_is_told(text: str, told: str) -> None:
    with pytest.raises(BadMapping) as error:
        read_mapping(text.encode())
    assert told in translator_for("en")(error.value.message, **error.value.places)
