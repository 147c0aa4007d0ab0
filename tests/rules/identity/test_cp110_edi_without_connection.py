"""CP110: an EDI box without a connection in EDI or API mode."""

from __future__ import annotations

import pytest

from tests.samples import SHEET, changed, told, verdict

BOXES = ("recevoir_cycles_de_vie_edi", "emetteur_flux_edi", "reception_donnees_edi")
LABELS = {
    "recevoir_cycles_de_vie_edi": "Recevoir les cycles de vies en EDI",
    "emetteur_flux_edi": "Est émetteur de flux EDI",
    "reception_donnees_edi": "L’entité peut recevoir des données via EDI",
}


def sheet(box: str, ticked: str, connection: str) -> str:
    if box == "reception_donnees_edi":
        return f"{SHEET}{connection}parametres:\n  {box}: {ticked}\n"
    return changed(SHEET, "adresse_postale:\n", f"  {box}: {ticked}\nadresse_postale:\n") + connection


def place(box: str, connection: str) -> tuple[str, int, int]:
    if box == "reception_donnees_edi":
        return f"/parametres/{box}", 15 + connection.count("\n"), 3 + len(box) + 2
    return f"/informations_generales/{box}", 9, 3 + len(box) + 2


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize(
    "connection",
    ["", "raccordement: {}\n", "raccordement: {mode: PORTAIL}\n", 'raccordement:\n  operateur: "AGEDI"\n'],
)
def test_a_box_without_connection_is_told(box: str, connection: str) -> None:
    found = verdict(sheet(box, "true", connection))
    assert told(found) == [("CP110", *place(box, connection))]
    assert found[0].level == "warning"
    assert found[0].message == (
        f"« {LABELS[box]} » is ticked, but the sheet declares no connection: EDI or API mode is expected"
    )


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("mode", ["EDI", "API"])
def test_a_box_with_a_connection_is_accepted(box: str, mode: str) -> None:
    assert verdict(sheet(box, "true", f"raccordement: {{mode: {mode}}}\n")) == ()


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("connection", ["", "raccordement: {mode: PORTAIL}\n"])
def test_an_empty_box_needs_no_connection(box: str, connection: str) -> None:
    assert verdict(sheet(box, "false", connection)) == ()


def test_each_ticked_box_is_told_in_one_finding() -> None:
    text = changed(
        SHEET, "adresse_postale:\n", "  recevoir_cycles_de_vie_edi: true\n  emetteur_flux_edi: true\nadresse_postale:\n"
    )
    found = verdict(f"{text}parametres:\n  reception_donnees_edi: true\n")
    assert told(found) == [("CP110", "/informations_generales/recevoir_cycles_de_vie_edi", 9, 31)]
    assert [(other.line, other.column) for other in found[0].related] == [(10, 22), (17, 26)]


def test_an_unknown_mode_is_no_second_cause() -> None:
    found = verdict(sheet("emetteur_flux_edi", "true", "raccordement: {mode: FTP}\n"))
    assert told(found) == [("CP009", "/raccordement/mode", 15, 22)]
