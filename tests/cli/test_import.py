"""`import --target`: a value of the portal into a sheet, by its span."""

from __future__ import annotations

import json
import stat

import pytest

from .desk import IBAN, OTHER, SECOND, SERVICES, SHEET, SIRET, Desk, spawn, unprivileged
from .portal import NAME, PUBLIC, general, snapshot


def test_a_structure_that_has_a_sheet_keeps_it(approved: Desk) -> None:
    snapshot(approved, general("Autre"))
    before = approved.read(SHEET)
    ended = approved.run("import", NAME, "--siret", SIRET, "--yes")
    assert (ended.code, approved.read(SHEET)) == (4, before)
    assert "--target" in ended.err
    assert "--force" in ended.err


def test_values_and_whole_sheets_are_not_imported_at_once(approved: Desk) -> None:
    snapshot(approved, general())
    assert approved.run("import", NAME, "--target", SIRET, "--force").code == 64
    assert approved.run("import", NAME, "--target", SIRET, "--siret", SIRET).code == 64


def test_a_moved_value_is_written_and_nothing_else(approved: Desk) -> None:
    snapshot(approved, general('Le "SDITEC" : 16', statut="INACTIF"))
    before = approved.read(SHEET)
    (approved.root / SHEET).chmod(0o640)
    ended = approved.run("import", NAME, "--target", SIRET)
    assert ended.code == 0
    assert f'{SHEET}: Libellé de la structure (libelle): "SDITEC" →' in ended.out
    assert approved.read(SHEET) == before.replace('libelle: "SDITEC"', 'libelle: "Le \\"SDITEC\\" : 16"', 1)
    assert stat.S_IMODE((approved.root / SHEET).stat().st_mode) == 0o640
    assert approved.run("validate").code == 0


def test_line_ends_and_mark_stay(approved: Desk) -> None:
    raw = b"\xef\xbb\xbf" + (approved.root / SHEET).read_bytes().replace(b"\n", b"\r\n")
    (approved.root / SHEET).write_bytes(raw)
    snapshot(approved, general("Autre"))
    assert approved.run("import", NAME, "--target", SIRET).code == 0
    assert (approved.root / SHEET).read_bytes() == raw.replace(b'libelle: "SDITEC"', b'libelle: "Autre"', 1)


def test_what_did_not_move_is_left_unless_it_is_named(approved: Desk) -> None:
    snapshot(approved, general("SDITEC"))
    approved.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "Mieux"')
    before = approved.read(SHEET)
    ended = approved.run("import", NAME, "--target", SIRET)
    assert (ended.code, approved.read(SHEET)) == (0, before)
    assert "Nothing was adopted" in ended.out
    assert "#/FIELD" in ended.err
    assert approved.run("import", NAME, "--target", f"{SIRET}#/libelle").code == 0
    assert 'libelle: "SDITEC"' in approved.read(SHEET)


def test_without_a_store_the_fields_of_the_sheet_are_adopted(desk: Desk) -> None:
    snapshot(desk, general("Autre", centre_gestion_agricole=True))
    ended = desk.run("import", NAME, "--target", SIRET, "--format", "json")
    assert {row["field"] for row in ended.json["written"]} <= {"/libelle", "/centre_gestion_agricole"}
    assert 'libelle: "Autre"' in desk.read(SHEET)
    # What was read is noted, and nothing is approved.
    assert desk.run("state", "list").out.startswith("Nothing is approved")


def test_a_sheet_that_was_never_approved_is_adopted_like_one_without_a_store(approved: Desk) -> None:
    approved.run("state", "forget", SIRET, "--yes")
    snapshot(approved, general("Autre"))
    assert approved.run("import", NAME, "--target", SIRET).code == 0
    assert 'libelle: "Autre"' in approved.read(SHEET)


def test_a_service_that_the_sheet_lacks_is_added_to_its_list(approved: Desk) -> None:
    new = {"code": "EAU", "libelle": "Régie de l'eau", "actif": True}
    snapshot(approved, {"services": [PUBLIC, new]})
    before = approved.read(SHEET)
    ended = approved.run("import", NAME, "--target", f"{SIRET}/services/EAU")
    assert ended.code == 0
    added = '  - code: "EAU"\n    libelle: "Régie de l\'eau"\n    actif: true\n'
    after = approved.read(SHEET)
    assert added in after
    assert after.replace(added, "") == before
    assert SERVICES in after


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (f"{SIRET}/services/ABSENT", 4),
        (f"{SIRET}/utilisateurs/dgs", 4),
        (SECOND, 66),
        ("99999999900000", 66),
        ("", 64),
        (f"{SIRET}/services", 64),
        (f"{SIRET}#/informations_generales/libelle", 64),
        (f"{SIRET}#/lib", 64),
        (f"{SIRET}#/services", 64),
        (f"{SIRET}#/statut", 4),
        ("comptes/zzz", 66),
        (f"{SIRET}/zzz/x", 64),
    ],
)
def test_what_cannot_be_adopted_leaves_the_file_alone(approved: Desk, target: str, code: int) -> None:
    snapshot(approved, {**general(), "services": [PUBLIC]})
    before = approved.listing()
    ended = approved.run("import", NAME, "--target", target)
    assert (ended.code, ended.out) == (code, "")
    assert approved.listing() == before


def test_nothing_is_written_when_one_target_of_several_cannot_be(approved: Desk) -> None:
    snapshot(approved, {**general("Autre"), "services": [PUBLIC]})
    before = approved.read(SHEET)
    ended = approved.run("import", NAME, "--target", SIRET, "--target", f"{SIRET}/services/ABSENT", "--format", "json")
    assert ended.code == 4
    assert ended.json["written"] == []
    assert approved.read(SHEET) == before


def test_nothing_is_written_when_one_folder_of_several_is_closed(approved: Desk) -> None:
    before = unprivileged()
    closed = approved.root / "structures" / "eau"
    closed.mkdir()
    closed.chmod(0o755)
    (approved.root / OTHER).rename(closed / "eau.yaml")
    snapshot(approved, general("Autre"), (SECOND, general("Autre")))
    state = approved.listing()
    closed.chmod(0o555)
    try:
        words = ("--target", SIRET, "--target", SECOND, "--format", "json")
        ended = spawn(approved.root, "import", NAME, *words, before=before)
    finally:
        closed.chmod(0o755)
    assert ended.returncode == 69
    assert json.loads(ended.stdout)["written"] == []
    assert "nothing was written" in ended.stderr
    assert approved.listing() == state


def test_a_value_with_which_a_sheet_is_not_valid_is_refused(approved: Desk) -> None:
    snapshot(approved, general("Autre"), (SECOND, general("SDITEC", adresse_electronique="x")))
    before = approved.listing()
    field = f"{SECOND}#/adresse_electronique"
    ended = approved.run("import", NAME, "--target", SIRET, "--target", field, "--format", "json")
    assert (ended.code, ended.json["written"]) == (4, [])
    assert "nothing was written" in ended.err
    assert "CP106 /informations_generales/adresse_electronique: " in ended.err
    assert OTHER in ended.err
    assert approved.listing() == before


def test_an_error_that_the_sheet_had_before_hinders_nothing(approved: Desk) -> None:
    approved.edit(SHEET, "type: fiche-structure", "inconnu: x\ntype: fiche-structure")
    snapshot(approved, general("Autre"))
    assert approved.run("import", NAME, "--target", SIRET).code == 0
    assert 'libelle: "Autre"' in approved.read(SHEET)
    # A wrong value in the place of another is no new error.
    approved.edit(SHEET, "adresse_electronique:", "adresse_electronique: y #")
    snapshot(approved, general("Autre", adresse_electronique="x"))
    assert approved.run("import", NAME, "--target", f"{SIRET}#/adresse_electronique").code == 0


def test_a_structure_whose_services_moved_names_them(approved: Desk) -> None:
    moved = {**PUBLIC, "libelle": "Autre"}
    snapshot(approved, {**general(), "services": [moved, {"code": "EAU", "libelle": "Eau"}]})
    ended = approved.run("import", NAME, "--target", SIRET)
    assert (ended.code, ended.out) == (0, "Nothing was adopted: no sheet was changed.\n")
    assert "nothing of" not in ended.err
    assert f"one by one: {SIRET}/services/FACTURES_PUBLIQUES, {SIRET}/services/EAU" in ended.err
    # What is named beside it is not left.
    ended = approved.run("import", NAME, "--target", SIRET, "--target", f"{SIRET}/services/EAU")
    assert f"one by one: {SIRET}/services/FACTURES_PUBLIQUES\n" in ended.err


@pytest.mark.parametrize("other", [SIRET, f"{SIRET}/", f"{SIRET}#/libelle"])
def test_the_same_address_twice_is_one(approved: Desk, other: str) -> None:
    snapshot(approved, general("Autre"))
    ended = approved.run("import", NAME, "--target", SIRET, "--target", other, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert [row["field"] for row in ended.json["written"]] == ["/libelle"]
    # The portal moved, and the sheet followed.
    ended = approved.run("import", NAME, "--target", SIRET, "--target", SIRET)
    assert (ended.code, ended.err) == (0, f"note: the sheet already says what the portal says of {SIRET}\n")


def test_a_name_that_looks_like_a_field_is_adopted_as_drift_says(approved: Desk) -> None:
    approved.append(SHEET, 'espaces: ["Eau"]\n')
    assert approved.run("apply", "--yes").code == 0
    snapshot(approved, {"espaces": ["Eau", "Eau#/nom"]})
    word = f"{SIRET}/espaces/Eau#/nom"
    assert f"--target '{word}'" in approved.run("drift", "--against", NAME).out
    ended = approved.run("import", NAME, "--target", word)
    assert ended.code == 0
    assert 'espaces: ["Eau", "Eau#/nom"]' in approved.read(SHEET)


def test_a_value_over_several_lines_is_for_people(approved: Desk) -> None:
    approved.edit(SHEET, 'libelle: "SDITEC"', "libelle: >-\n    SDITEC")
    snapshot(approved, general("Autre"))
    before = approved.read(SHEET)
    ended = approved.run("import", NAME, "--target", SIRET)
    assert (ended.code, approved.read(SHEET)) == (4, before)
    assert "several lines" in ended.err


def test_an_empty_block_is_filled_or_named(approved: Desk) -> None:
    snapshot(approved, {"parametres": {"structure_avec_moa": False}})
    head = approved.read(SHEET).partition("parametres:\n")[0]
    word = f"{SIRET}#/parametres/structure_avec_moa"
    approved.write(SHEET, f"{head}parametres: # à compléter\n")
    assert approved.run("import", NAME, "--target", word).code == 0
    assert approved.read(SHEET) == f"{head}parametres: # à compléter\n  structure_avec_moa: false\n"
    approved.write(SHEET, f'{head}parametres: ""\n')
    ended = approved.run("import", NAME, "--target", word)
    assert ended.code == 4
    assert "the block parametres is not written as one" in ended.err


def test_a_structure_in_two_files_is_refused(approved: Desk) -> None:
    approved.write("structures/copie.yaml", approved.read(SHEET))
    snapshot(approved, general("Autre"))
    assert approved.run("import", NAME, "--target", SIRET).code == 4


def test_a_link_stays_a_link(approved: Desk) -> None:
    (approved.root / OTHER).rename(approved.root / "vrai.yaml")
    (approved.root / OTHER).symlink_to("../vrai.yaml")
    snapshot(approved, (SECOND, general("Autre")))
    assert approved.run("import", NAME, "--target", SECOND).code == 0
    assert (approved.root / OTHER).is_symlink()
    assert 'libelle: "Autre"' in approved.read("vrai.yaml")


def test_no_secret_is_shown(approved: Desk) -> None:
    approved.append(SHEET, 'coordonnees_bancaires:\n  - libelle: "Régie"\n    iban: "FR7630006000019999999990189"\n')
    snapshot(approved, {"coordonnees_bancaires": [{"libelle": "Régie", "iban": IBAN}, {"libelle": "Deux", "iban": IBAN}]})
    words = ("--target", f"{SIRET}/coordonnees_bancaires/Régie#/iban", "--target", f"{SIRET}/coordonnees_bancaires/Deux")
    for form in ("text", "json"):
        ended = approved.run("import", NAME, *words, "--format", form)
        assert ended.code == 0
        assert IBAN not in ended.out + ended.err
    assert approved.read(SHEET).count(IBAN) == 2


def test_a_text_that_lost_letters_is_not_written_over_the_right_one(approved: Desk) -> None:
    approved.write(SHEET, approved.read(SHEET).replace('libelle: "SDITEC"', 'libelle: "SDITEC Hères"', 1))
    assert approved.run("apply", "--yes").code == 0
    snapshot(approved, general("SDITEC H¿res"))
    before = approved.read(SHEET)
    for target in (SIRET, f"{SIRET}#/libelle"):
        ended = approved.run("import", NAME, "--target", target)
        assert (ended.code, approved.read(SHEET)) == (0, before)
        assert ended.err.startswith("note: ")


def test_letters_put_right_in_a_sheet_are_to_be_entered(desk: Desk) -> None:
    whole = desk.read(SHEET)
    desk.write(SHEET, whole.replace('libelle: "SDITEC"', 'libelle: "SDITEC H¿res"', 1))
    assert desk.run("apply", "--yes").code == 0
    assert desk.run("confirm", "--all").code == 0
    desk.write(SHEET, whole.replace('libelle: "SDITEC"', 'libelle: "SDITEC Hères"', 1))
    assert desk.run("apply", "--yes").code == 0
    assert "SDITEC Hères" in desk.run("worksheet").out
    # The list still shows the damaged text, and neither closes the operation nor calls it drift by hand.
    snapshot(desk, general("SDITEC H¿res"))
    row = desk.run("drift", "--against", NAME, "--format", "json").json["resources"][0]["fields"][0]
    assert (row["path"], row["situation"]) == ("/libelle", "to_enter")
    snapshot(desk, general("SDITEC H¿res"), taken_at="2999-01-01T00:00:00Z")
    assert desk.run("observe", NAME, "--record", "--yes").code == 0
    assert "SDITEC Hères" in desk.run("worksheet").out
