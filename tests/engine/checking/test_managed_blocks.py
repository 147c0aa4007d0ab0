"""How much of a structure a sheet manages."""

from __future__ import annotations

from datetime import date

from chorus_config.engine.checking.managed_blocks import managed_fields
from chorus_config.model.managed import Coverage, ManagedBlock
from tests.samples import SHEET, TODAY, body, composed

BLOCKS = 'services: [{code: "FACTURES_PUBLIQUES", libelle: "Service des factures publiques"}]\nutilisateurs: []\n'


def written(text: str, day: date = TODAY) -> dict[str, tuple[int | None, int | None]]:
    """Return what each block of the portal has of a sheet."""
    return {block.key: (block.written, block.total) for block in managed_fields(body(text), day).blocks}


def test_a_sheet_that_says_little() -> None:
    found = managed_fields(body(SHEET), TODAY)
    assert found.count == 8
    assert written(SHEET) == {
        "informations_generales": (4, 10), "adresse_postale": (4, 8), "services": (None, None), "utilisateurs": (None, None),
        "parametres": (None, 7),
    }  # fmt: skip
    assert not any(block.is_whole for block in found.blocks)


def test_a_written_list_is_managed_whole() -> None:
    text = composed(SHEET, BLOCKS)
    assert (written(text)["services"], written(text)["utilisateurs"]) == ((1, None), (0, None))
    assert managed_fields(body(text), TODAY).count == 10
    assert ManagedBlock("services", "Services", 0).is_whole
    assert ManagedBlock("parametres", "Paramètres", 7, 7).is_whole


def test_what_the_portal_of_the_day_and_helios_leave_out() -> None:
    assert written(SHEET, date(2023, 2, 20))["espaces"] == (None, None)
    assert "espaces" not in written(SHEET, date(2023, 2, 21))
    assert "coordonnees_bancaires" not in written(SHEET)
    assert written(composed(SHEET, "comptabilite: autre\n"))["coordonnees_bancaires"] == (None, None)
    assert "coordonnees_bancaires" in written(composed(SHEET, "depot_factures_hors_helios: true\n"))


def test_the_share_counts_fields_and_a_list_once() -> None:
    assert managed_fields(body(SHEET), TODAY).coverage == Coverage(8, 10 + 8 + 2 + 7)
    both = managed_fields(body(composed(SHEET, BLOCKS)), TODAY).coverage
    assert (both, both.percent) == (Coverage(10, 27), 37)
    assert [Coverage(26, 27).percent, Coverage(27, 27).percent, Coverage().percent] == [96, 100, 0]
