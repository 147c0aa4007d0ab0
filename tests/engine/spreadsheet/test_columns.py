"""The tables that people fill in: their columns come from the schemas, and are known by many names."""

from __future__ import annotations

from datetime import date

import pytest

from chorus_config.engine.spreadsheet.columns import OWNER, kind_of, plain_title, table_kinds
from tests.engine.making import DAY


def test_each_column_of_a_table_has_a_title_of_its_own() -> None:
    for kind in table_kinds():
        titles = [plain_title(one.title) for one in kind.columns]
        assert len(set(titles)) == len(titles), kind.name
        assert len(kind.name) <= 31


def test_a_table_begins_with_what_its_rows_are_about() -> None:
    assert kind_of("").columns[0].path == ("informations_generales", "identifiant")
    assert [kind_of(group).columns[0].path for group in ("services", "utilisateurs", "coordonnees_bancaires")] == [OWNER] * 3
    assert kind_of("comptes").columns[0].path == ("ref",)


def test_what_no_file_may_say_has_no_column() -> None:
    accounts = {".".join(one.path) for one in kind_of("comptes").columns}
    assert "parametres.langue" in accounts
    assert not {one for one in accounts if "date" in one or one in {"rattachements", "parametres.etat", "type", "version"}}


@pytest.mark.parametrize(
    ("group", "title", "path"),
    [
        ("", "Libellé de la structure *", "informations_generales.libelle"),
        ("", "LIBELLE DE LA STRUCTURE", "informations_generales.libelle"),
        ("", "N° SIRET", "informations_generales.identifiant"),
        ("", "siret (14 chiffres)", "informations_generales.identifiant"),
        ("", "code_postal", "adresse_postale.code_postal"),
        ("", "adresse_postale.ville", "adresse_postale.ville"),
        ("", "Tél.", "adresse_postale.telephone"),
        ("", "Adresse e-mail", "informations_generales.adresse_electronique"),
        ("", "Le numéro d'engagement juridique doit être renseigné", "parametres.engagement_juridique_obligatoire"),
        ("", "Le numéro d’engagement juridique doit être renseigné", "parametres.engagement_juridique_obligatoire"),
        ("services", "SIRET", "structure.identifiant"),
        ("services", "Code", "code"),
        ("services", "Libellé", "libelle"),
        ("utilisateurs", "Profil", "role"),
        ("comptes", "Nom de famille", "informations_personnelles.nom"),
    ],
)
def test_a_title_means_a_column(group: str, title: str, path: str) -> None:
    meant = kind_of(group).meant(title)
    assert meant is not None
    assert ".".join(meant.path) == path


def test_a_title_that_nobody_knows_means_nothing() -> None:
    assert kind_of("").meant("Remarques") is None


def test_a_column_is_of_the_portal_of_a_day() -> None:
    spaces = kind_of("").column(("espaces",))
    assert spaces.is_of(date(2020, 1, 1))
    assert not spaces.is_of(DAY)
    role = kind_of("utilisateurs").column(("role",))
    assert role.offered(DAY) == ["GESTIONNAIRE_PRINCIPAL", "UTILISATEUR"]
    assert role.offered(date(2020, 1, 1)) == ["GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE", "UTILISATEUR_SIMPLE"]
