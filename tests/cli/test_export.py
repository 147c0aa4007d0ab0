"""`export`: the sheets of a project as a workbook, and what it says of what is not in it."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from chorus_config.app.project import OpenOptions, open_project
from chorus_config.app.spreadsheet.export import ExportWish, export_workbook

from .desk import ACCOUNT, BANK, IBAN, OTHER, SECOND, SHEET, SIRET, Desk

FILE = "collecte.xlsx"


def cells(desk: Desk, sheet: str, name: str = FILE) -> list[dict[str, Any]]:
    """Return the rows of a page by title."""
    book: Any = load_workbook(desk.root / name)
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_workbook_has_the_sheets_in_the_words_of_the_portal(desk: Desk) -> None:
    ended = desk.run("export", FILE, "--format", "json")
    assert ended.code == 0
    assert ended.json == {
        "format_version": "1.0", "type": "export", "file": FILE,
        "rows": {"Structures": 2, "Services": 2, "Utilisateurs": 4, "Comptes": 2}, "without_bank_details": 0, "lost": 0,
    } | {"rows": ended.json["rows"]}  # fmt: skip
    assert load_workbook(desk.root / FILE).sheetnames == ["Structures", "Services", "Utilisateurs", "Comptes", "Aide"]
    first = next(row for row in cells(desk, "Structures") if row["Identifiant *"] == SIRET)
    assert first["Libellé de la structure *"] == "SDITEC"
    assert first["Type identifiant *"] == "Structure avec N° SIRET"
    assert first["Structure Privée"] in {"oui", "non", None}
    assert {row["Code du service *"] for row in cells(desk, "Services")} >= {"FACTURES_PUBLIQUES"}
    assert ended.err == ""


def test_it_ends_with_a_look_at_what_would_change(desk: Desk) -> None:
    look, write = desk.run("export", FILE).out.splitlines()[-2:]
    assert look.endswith(f"look at what would change: chorus-config import {FILE} --force --diff")
    assert write.endswith(f"chorus-config import {FILE} --force")


def test_only_some_structures_with_the_accounts_of_their_users(desk: Desk) -> None:
    assert desk.run("export", FILE, "--target", SIRET).code == 0
    assert {row["Identifiant *"] for row in cells(desk, "Structures")} == {SIRET}
    assert {row["Identifiant *"] for row in cells(desk, "Utilisateurs")} == {SIRET}
    assert desk.run("export", FILE, OTHER, "--force").code == 0
    assert {row["Identifiant *"] for row in cells(desk, "Structures")} == {SECOND}
    assert cells(desk, "Comptes") == []


def test_bank_details_are_left_out_unless_they_are_asked_for(desk: Desk) -> None:
    desk.append(SHEET, BANK)
    ended = desk.run("export", FILE)
    assert "Bank details of 1 structure are left out" in ended.out
    assert IBAN.encode() not in b"".join(_members(desk.root / FILE))
    asked = desk.run("export", FILE, "--bank-details", "--force")
    assert "Bank details" not in asked.out
    assert cells(desk, "Coordonnées bancaires") == [
        {
            "Identifiant *": SIRET, "Libellé de la structure": "SDITEC", "Libellé du compte *": "Régie", "IBAN": IBAN,
            "BIC": "AGRIFRPPXXX",
        }
    ]  # fmt: skip
    assert stat.S_IMODE((desk.root / FILE).stat().st_mode) == 0o600
    assert IBAN not in asked.out + asked.err


def _members(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as package:
        return [package.read(name) for name in package.namelist()]


def test_a_workbook_with_persons_is_for_its_owner_alone_and_git_is_told_of(desk: Desk) -> None:
    desk.git("init", "-q")
    ended = desk.run("export", FILE)
    assert stat.S_IMODE((desk.root / FILE).stat().st_mode) == 0o600
    assert "note: git would take" in ended.err
    assert "git would take" not in desk.run("export", "vide.xlsx", "--empty").err
    desk.write(".gitignore", "*.xlsx\n")
    assert desk.run("export", FILE, "--force").err == ""


def test_a_file_may_be_named_with_its_format_as_elsewhere(desk: Desk) -> None:
    assert desk.run("export", f"xlsx:{FILE}", "--empty").code == 0
    assert [path.name for path in desk.root.glob("*.xlsx")] == [FILE]
    assert desk.run("export", "xlsx:", "--empty").code == 64


def test_an_empty_workbook_has_the_titles_alone(desk: Desk) -> None:
    assert desk.run("export", FILE, "--empty").code == 0
    assert cells(desk, "Structures") == []
    book = load_workbook(desk.root / FILE)
    assert book["Structures"]["A1"].value == "Identifiant *"
    assert "SIRET" in book["Structures"]["A1"].comment.text
    assert book["Aide"]["A1"].value == "How to fill in this workbook"


def test_the_same_sheets_give_the_same_bytes(desk: Desk) -> None:
    desk.run("export", FILE)
    desk.run("export", "autre.xlsx")
    assert (desk.root / FILE).read_bytes() == (desk.root / "autre.xlsx").read_bytes()


def test_what_is_there_is_not_written_over(desk: Desk) -> None:
    desk.write(FILE, "precious")
    ended = desk.run("export", FILE)
    assert ended.code == 4
    assert "collecte.xlsx is there already" in ended.err
    assert desk.read(FILE) == "precious"
    assert desk.run("export", FILE, "--force").code == 0


def test_what_cannot_be_exported_is_told(desk: Desk) -> None:
    assert desk.run("export", "collecte.ods").code == 64
    assert desk.run("export", FILE, "--target", "999*").code == 66
    assert desk.run("export", "nowhere/collecte.xlsx").code == 69
    failed = desk.run("export", "collecte.ods", "--format", "json")
    assert failed.json["error"]["exit_code"] == 64
    assert not (desk.root / FILE).exists()


def test_a_file_that_describes_nothing_is_left_aside_and_told(desk: Desk) -> None:
    desk.write("structures/brouillon.yaml", "type: fiche-structure\n")
    ended = desk.run("export", FILE)
    assert ended.code == 0
    assert "left aside" in ended.err
    assert "structures/brouillon.yaml" in ended.err


def test_what_the_workbook_cannot_hold_is_told(desk: Desk) -> None:
    desk.edit(SHEET, 'libelle: "SDITEC"', 'libelle: " SDITEC"')
    ended = desk.run("export", FILE)
    assert f"note: values that the workbook does not hold as the sheets do, check them: 1 ({SIRET}#/libelle)" in ended.err


def test_a_program_exports_without_a_word(desk: Desk) -> None:
    project = open_project(OpenOptions(desk.root, language="en"))
    done = export_workbook(project, FILE, ExportWish(targets=(SIRET,)))
    assert (done.path, done.rows["Structures"], done.lost) == (FILE, 1, 0)
    assert (desk.root / ACCOUNT).is_file()
