"""Tables that people filled in: where their header is, which row is what, and every fault at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.engine.spreadsheet.collect import Collected, CollectSettings, collect
from chorus_config.engine.spreadsheet.headers import ColumnMapping
from chorus_config.i18n.translator import translator_for
from chorus_config.model.table import Joined, Table, TableRow
from tests.engine.making import DAY

SAY = translator_for("en")
SIRET, SECOND = "21160999500017", "21160999500025"
HEAD = ["SIRET", "Libellé de la structure", "Ville"]


def table(name: str, *rows: Sequence[Any]) -> Table:
    """Return a table of some rows, the first one is row 1; an empty row is left out, as readers do."""
    return Table(name, tuple(TableRow(number, tuple(row)) for number, row in enumerate(rows, start=1) if row))


def read(*tables: Table, known: Sequence[str] = (), mapping: ColumnMapping | None = None) -> Collected:
    """Return what tables say."""
    return collect(tables, CollectSettings(DAY, frozenset(known), mapping or ColumnMapping()))


def joined(name: str, cells: Joined, *rows: Sequence[Any]) -> Table:
    """Return a table of which somebody joined some cells."""
    return replace(table(name, *rows), joined=(cells,))


def told(found: Collected) -> list[tuple[str, str]]:
    """Return the faults: place and sentence."""
    return [(one.place, SAY(one.message, **one.places)) for one in found.faults]


def noted(found: Collected) -> list[tuple[str, str]]:
    """Return the notes: place and sentence."""
    return [(one.place, SAY(one.message, **one.places)) for one in found.notes]


def test_a_row_is_a_structure() -> None:
    found = read(table("Feuil1", HEAD, [SIRET, "Valmont", "VALMONT"]))
    assert not found.faults
    assert found.bodies == {
        SIRET: {
            "type": "fiche-structure", "version": 1,
            "informations_generales": {"identifiant": SIRET, "libelle": "Valmont"}, "adresse_postale": {"ville": "VALMONT"},
        }
    }  # fmt: skip


def test_titles_above_the_header_and_empty_rows_are_no_rows() -> None:
    rows: tuple[list[Any], ...] = (
        ["Collecte 2026"],
        [],
        [None, "à rendre le 3"],
        HEAD,
        [],
        [SIRET, "Valmont", "V"],
        [None, " ", None],
        [SECOND],
    )
    found = read(table("Feuil1", *rows))
    assert not found.faults
    assert [*found.bodies] == [SIRET, SECOND]


def test_a_header_may_be_merged_over_rows_and_columns() -> None:
    rows = (
        ["SIRET", "Libellé de la structure", "Adresse du siège", None],
        [None, None, "Rue", "CP"],
        [SIRET, "V", "1", "16000"],
    )
    found = read(table("Feuil1", *rows))
    assert found.bodies[SIRET]["adresse_postale"] == {"adresse": "1", "code_postal": "16000"}
    assert found.bodies[SIRET]["informations_generales"]["libelle"] == "V"
    assert not found.notes


def test_a_list_belongs_to_its_structure() -> None:
    services = table("Services", ["Identifiant", "Libellé de la structure", "Code du service", "Service actif"],
                     [SIRET, "ce que le tableur montre", "A", "oui"], [SIRET, None, "B", None])  # fmt: skip
    found = read(services, table("Structures", HEAD, [SIRET, "Valmont", "V"]))
    assert not found.faults
    assert found.bodies[SIRET]["services"] == [{"code": "A", "actif": True}, {"code": "B"}]
    assert found.bodies[SIRET]["informations_generales"]["libelle"] == "Valmont"


def test_a_list_may_belong_to_a_sheet_of_the_project() -> None:
    services = table("Services", ["SIRET", "Code"], [SIRET, "A"])
    assert read(services, known=[SIRET]).bodies[SIRET] == {
        "type": "fiche-structure", "version": 1, "informations_generales": {"identifiant": SIRET}, "services": [{"code": "A"}],
    }  # fmt: skip
    orphan = read(services)
    assert told(orphan)[0][0] == "Services!A2"
    assert orphan.faults[0].blocks


def test_a_list_that_is_empty_is_said_so() -> None:
    structures = table("Structures", HEAD, [SIRET, "V", "V"])
    head = ["SIRET", "Référence du compte", "Rôle"]
    assert read(structures, table("Utilisateurs", head, [SIRET, "aucun"])).bodies[SIRET]["utilisateurs"] == []
    both = read(structures, table("Utilisateurs", head, [SIRET, "aucun"], [SIRET, "dgs", "Utilisateur"]))
    assert told(both) == [
        ("Utilisateurs!B3", "the row 2 says that the list of this structure is empty (« aucun »), and here is an entry of it")
    ]


def test_all_faults_are_told_at_once_each_at_its_cell() -> None:
    head = ["SIRET", "Libellé de la structure", "Date de création", "Structure Privée"]
    found = read(
        table("Structures", ["Collecte"], head, ["2,1E+13", "A", "31/02/2025", "bof"], [SIRET, "B", "hier", None], [None, "C"]),
        table("Services", ["SIRET", "Code", "Service actif"], [SIRET, None, "oui"], [None, "A", "bof"]),
    )
    assert [place for place, _said in told(found)] == [
        "Structures!A3", "Structures!C3", "Structures!D3", "Structures!C4", "Structures!A5", "Services!B2", "Services!A3",
        "Services!C3",
    ]  # fmt: skip
    assert found.faulty == {SIRET}
    assert [one.blocks for one in found.faults if one.table == "Services"] == [False, True, False]


def test_one_structure_has_one_row() -> None:
    found = read(table("Structures", HEAD, [SIRET, "A", "V"], [SIRET, "B", "V"]))
    assert told(found) == [("Structures!A3", f'"{SIRET}" stands in the row 2 already: keep one of the two')]


def test_two_columns_of_one_meaning_are_a_fault() -> None:
    found = read(table("Structures", [*HEAD, "Commune"], [SIRET, "A", "V", "W"]))
    assert told(found) == [("Structures!D1", "two columns are « Ville »: rename one, or leave it aside with --columns")]


def test_beside_a_title_that_nobody_knows_stands_the_nearest_that_is_missing() -> None:
    found = read(table("Structures", [*HEAD[:2], "Vile"], [SIRET, "A", "V"]))
    said = 'the column "Vile" is not known, and is left aside: "Ville" is probably meant; correct the title'
    assert noted(found) == [("Structures!C1", said)]
    found = read(table("Structures", [*HEAD, "Vile"], [SIRET, "A", "V", "W"]))
    assert "probably" not in noted(found)[0][1]


def test_a_column_that_nobody_knows_is_told_when_something_stands_in_it() -> None:
    found = read(table("Structures", [*HEAD, "Remarques", "Divers"], [SIRET, "A", "V", "à voir", None]))
    assert noted(found) == [
        ("Structures!D1", 'the column "Remarques" is not known, and is left aside: --columns says what it means')
    ]


def test_an_account_is_a_file_of_its_name() -> None:
    head = ["Référence du compte", "Adresse électronique de contact"]
    found = read(table("Comptes", head, ["dgs", "a@b.fr"], ["élu/1", "c@d.fr"]))
    assert [*found.bodies] == ["comptes/dgs", "comptes/élu/1"]
    assert told(found)[0][0] == "Comptes!A3"
    assert not read(table("Comptes", head, ["élu/1", "c@d.fr"]), known=["comptes/élu/1"]).faults


def test_a_table_without_header_is_told() -> None:
    assert read(table("Notes", ["à faire"], ["appeler le SGC"])).unread == ["Notes"]
    assert read(table("Notes")).unread == []


@pytest.mark.parametrize("name", ["Services", "services", "SERVICES"])
def test_a_page_is_known_by_its_name(name: str) -> None:
    found = read(table("Structures", HEAD, [SIRET, "A", "V"]), table(name, ["SIRET", "Code", "Nom"], [SIRET, "X", "Y"]))
    assert found.bodies[SIRET]["services"] == [{"code": "X", "libelle": "Y"}]


def test_a_mapping_says_what_a_column_and_a_page_mean() -> None:
    mapping = ColumnMapping(
        {"": "membres"},
        {
            "": {
                "budget": ("informations_generales", "identifiant"),
                "ville": None,
                "qui": ("informations_generales", "libelle"),
            }
        },
    )
    found = read(table("Membres", ["Budget", "Qui", "Ville"], [SIRET, "Valmont", "V"]), mapping=mapping)
    assert found.bodies[SIRET]["informations_generales"] == {"identifiant": SIRET, "libelle": "Valmont"}
    assert "adresse_postale" not in found.bodies[SIRET]
    assert not found.notes


def test_a_mapping_names_the_page_of_a_workbook_and_a_text_has_but_one() -> None:
    mapping = ColumnMapping({"": "membres"}, {})
    rows = (HEAD, [SIRET, "Valmont", "V"])
    both = read(table("Membres", *rows), table("Anciens", HEAD, [SECOND, "B", "V"]), mapping=mapping)
    assert ([*both.bodies], both.unread) == ([SIRET], ["Anciens"])
    assert [*read(table("a.csv", *rows), mapping=mapping).bodies] == [SIRET]


USERS = ["SIRET", "Référence du compte", "Rôle"]


def test_a_new_user_is_referred_to_as_an_account_can_be() -> None:
    structures = table("Structures", HEAD, [SIRET, "Valmont", "V"])
    users = table("Utilisateurs", USERS, [SIRET, "Éric Dupré"], [SIRET, "../dgs"], [SIRET, "dgs"], [SIRET, "élu"])
    found = told(collect([structures, users], CollectSettings(DAY, refs={"élu"})))
    assert [place for place, _said in found] == ["Utilisateurs!B2", "Utilisateurs!B3"]
    assert found[0][1].startswith('"Éric Dupré" can be the reference of no account, since the file of the account bears it: ')
    assert [said.rpartition(" ")[2] for _place, said in found] == ["eric.dupre", "dgs"]


def test_joined_cells_are_told_and_named_where_one_is_missed() -> None:
    structures = table("Structures", HEAD, [SIRET, "Valmont", "V"])
    services = joined(
        "Services", Joined(2, 0, 3, 0), ["SIRET", "Code du service", "Libellé du service"], [SIRET, "A", "a"], [None, "B", "b"]
    )
    found = read(structures, services)
    said = "the cells A2:A3 are joined: only the first holds a value, the others are read as empty; split them"
    assert noted(found) == [("Services!A2", said)]
    said = "it is joined with others (A2:A3), and only the first holds a value: split them, and fill in each row"
    assert told(found) == [("Services!A3", said)]


@pytest.mark.parametrize("cells", [Joined(1, 0, 1, 2), Joined(2, 5, 3, 5), Joined(7, 0, 8, 0)])
def test_cells_that_are_joined_beside_the_table_are_nobody_s_concern(cells: Joined) -> None:
    assert noted(read(joined("Feuil1", cells, HEAD, [SIRET, "Valmont", "V"], [SECOND, "Touvre", "T"]))) == []
