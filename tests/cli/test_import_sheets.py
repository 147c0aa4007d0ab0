"""`import SOURCE`: sheets for the structures of a source, from an empty folder on."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.workspace import replace as replacing

from .desk import SECOND, SHEET, SIRET, STORE, Desk
from .portal import NAME, PUBLIC, document, general, snapshot

VALMONT = "21160999500017"
CHECKSUM = "13001100000000"
ADDRESS = {"adresse": "1 PLACE DE LA MAIRIE", "code_postal": "16000", "ville": "ANGOULEME", "pays": "France"}
WHOLE = {
    "informations_generales": {
        "raison_sociale": "COMMUNE DE VALMONT", "libelle": "Valmont", "statut": "ACTIF",
        "adresse_electronique": "factures@valmont.fr",
    },
    "adresse_postale": ADDRESS,
    "services": [PUBLIC, {"code": "ST-TECH", "libelle": "Services techniques", "actif": True}],
    "parametres": {"code_service_obligatoire": True, "moa_uniquement": False},
}  # fmt: skip


@pytest.fixture
def empty(desk: Desk) -> Desk:
    """A folder without anything."""
    for name in ("structures", "comptes"):
        for path in (desk.root / name).iterdir():
            path.unlink()
    (desk.root / "chorus-config.yaml").unlink()
    return desk


def test_from_an_empty_folder_to_nothing_to_enter(empty: Desk) -> None:
    snapshot(empty, (VALMONT, WHOLE), (SECOND, WHOLE))
    ended = empty.run("import", NAME, "--siren", VALMONT[:9], "--yes", "--format", "json")
    assert ended.code == 0
    found = ended.json
    assert [row["path"] for row in found["sheets"]] == [f"structures/{VALMONT}.yaml"]
    assert (found["plan_changes"], found["recorded"], found["project_file"]) == ([], True, "chorus-config.yaml")
    assert found["sheets"][0]["to_fill_in"] == []
    assert empty.run("validate").code == 0
    assert empty.plan("--as-of", "2026-11-26")["changes"] == []
    assert "nothing to" in empty.run("worksheet").out.lower()
    assert (empty.root / "schemas" / "fiche-structure.schema.json").is_file()
    assert empty.read(f"structures/{VALMONT}.yaml").startswith("# yaml-language-server: $schema=../schemas/")
    assert empty.run("drift", "--against", NAME, "--detailed-exitcode").code == 0


def test_what_is_not_reported_is_left_out_and_named(empty: Desk) -> None:
    snapshot(empty, (VALMONT, {"informations_generales": {"raison_sociale": "COMMUNE", "statut": "ACTIF"}}))
    ended = empty.run("import", NAME, "--yes")
    assert ended.code == 0
    assert "informations_generales.adresse_electronique: 1 sheet" in ended.out
    assert "services of 1 structure" in ended.out
    assert "has no change, but for what the errors hide" in ended.out
    text = empty.read(f"structures/{VALMONT}.yaml")
    assert 'libelle: "COMMUNE" # ' in text
    assert "\n  # adresse_electronique: " in text
    assert "\n# services: " in text
    assert "\nservices:" not in text


def test_it_asks_first_and_shows_what_it_would_write(empty: Desk) -> None:
    snapshot(empty, (VALMONT, WHOLE))
    ended = empty.run("import", NAME, stdin="n\n")
    assert ended.code == 4
    assert f"+ structures/{VALMONT}.yaml" in ended.err
    assert "portefeuille:" in ended.err
    assert not (empty.root / f"structures/{VALMONT}.yaml").exists()
    assert not (empty.root / "chorus-config.yaml").exists()
    # No mailbox stands beside a question.
    assert "factures@" not in ended.err
    assert empty.run("import", NAME, stdin="y\n").code == 0


def test_without_a_selection_the_budgets_of_the_project(empty: Desk) -> None:
    empty.write("chorus-config.yaml", f'type: projet\nversion: 1\nportefeuille:\n  budgets: [{{identifiant: "{VALMONT}"}}]\n')
    snapshot(empty, (VALMONT, WHOLE), (SECOND, WHOLE))
    ended = empty.run("import", NAME, "--yes", "--format", "json")
    assert [row["root"] for row in ended.json["sheets"]] == [VALMONT]
    assert ended.json["project_file"] is None


def test_a_list_in_a_file(empty: Desk) -> None:
    snapshot(empty, (VALMONT, WHOLE), (SECOND, WHOLE))
    empty.write("liste.csv", f"SIRET;Nom\n{SECOND};X\n21160999500033;Y\n")
    ended = empty.run("import", NAME, "--list", "liste.csv", "--yes", "--format", "json")
    assert ([row["root"] for row in ended.json["sheets"]], ended.json["unknown"]) == ([SECOND], ["21160999500033"])


def test_what_the_source_does_not_know_is_no_input(empty: Desk) -> None:
    snapshot(empty, (VALMONT, WHOLE))
    ended = empty.run("import", NAME, "--siret", SIRET, "--yes")
    assert ended.code == 66
    assert SIRET in ended.err


def test_a_real_siret_that_fails_the_checksum_gets_its_waiver(empty: Desk) -> None:
    snapshot(empty, (CHECKSUM, WHOLE))
    ended = empty.run("import", NAME, "--yes", "--format", "json")
    assert ended.json["sheets"][0]["errors"] == 0
    assert f'{{regle: CP102, fiche: "{CHECKSUM}"' in empty.read("chorus-config.yaml")
    assert empty.run("validate").code == 0


def test_a_damaged_factures_publiques_is_put_right_and_is_the_only_change(empty: Desk) -> None:
    services = [{**PUBLIC, "actif": False}, {"code": "A", "libelle": "A", "actif": True}]
    snapshot(empty, (VALMONT, {**WHOLE, "services": services}))
    ended = empty.run("import", NAME, "--yes", "--format", "json")
    address = f"{VALMONT}/services/FACTURES_PUBLIQUES"
    assert ended.json["plan_changes"] == [{"address": address, "op": "update"}]
    assert ended.json["sheets"][0]["repaired"] is True
    assert empty.run("validate").code == 0


def test_new_sheets_go_to_the_portfolio_and_to_the_others(desk: Desk) -> None:
    snapshot(desk, (VALMONT, WHOLE))
    before = desk.read("chorus-config.yaml")
    assert desk.run("import", NAME, "--yes").code == 66
    ended = desk.run("import", NAME, "--siret", VALMONT, "--yes", "--format", "json")
    assert ended.code == 0
    after = desk.read("chorus-config.yaml")
    assert VALMONT in after
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert desk.run("validate").code == 0


def test_force_writes_anew_and_shows_the_difference(desk: Desk) -> None:
    snapshot(desk, (SIRET, {**WHOLE, "informations_generales": {"libelle": "Neuf"}}))
    refused = desk.run("import", NAME, "--siret", SIRET, "--force", stdin="\n")
    assert refused.code == 4
    assert '-  libelle: "SDITEC"' in refused.err
    assert '+  libelle: "Neuf"' in refused.err
    assert desk.run("import", NAME, "--siret", SIRET, "--force", "--yes", "--no-record").code == 0
    assert 'libelle: "Neuf"' in desk.read(SHEET)
    assert not (desk.root / ".chorus-config" / "registre.sqlite3").exists()


def test_all_sheets_are_written_or_none(empty: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot(empty, (VALMONT, WHOLE), (SECOND, WHOLE))
    real = replacing._made
    made: list[Any] = []

    def _second_fails(new: Any, path: Any) -> None:
        if path.suffix == ".yaml":
            made.append(path)
        if len(made) == 2:
            raise OSError(28, "No space left on device")
        real(new, path)

    monkeypatch.setattr(replacing, "_made", _second_fails)
    ended = empty.run("import", NAME, "--yes")
    assert ended.code == 69
    assert "No space left" in ended.err
    assert list((empty.root / "structures").iterdir()) == []
    assert not (empty.root / "chorus-config.yaml").exists()


def test_a_file_of_something_else_is_not_written_over(empty: Desk) -> None:
    snapshot(empty, (VALMONT, WHOLE))
    empty.write(f"structures/{VALMONT}.yaml", "type: fiche-structure\nversion: 1\n")
    ended = empty.run("import", NAME, "--yes")
    assert ended.code == 4
    assert "is there already" in ended.err


def test_a_sheet_that_changed_while_somebody_thinks_is_not_written_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot(desk, (SIRET, {**WHOLE, "informations_generales": {"libelle": "Neuf"}}))

    def _slowly(_question: str) -> bool:
        desk.edit(SHEET, "INACTIF", "ACTIF")
        return True

    monkeypatch.setattr("chorus_config.cli.import.agreed", _slowly)
    ended = desk.run("import", NAME, "--siret", SIRET, "--force")
    assert ended.code == 4
    assert "meanwhile" in ended.err


def test_an_older_snapshot_writes_sheets_and_takes_nothing_back(desk: Desk) -> None:
    snapshot(desk, (SIRET, {**WHOLE, "informations_generales": {"libelle": "Neuf"}}), taken_at="2999-01-01T00:00:00Z")
    assert desk.run("observe", NAME, "--record", "--yes").code == 0
    snapshot(desk, general("Vieux"))
    ended = desk.run("import", NAME, "--siret", SIRET, "--force", "--yes", "--format", "json")
    assert (ended.code, ended.json["recorded"]) == (0, False)


def test_the_words_of_a_whole_portfolio_are_told_once(empty: Desk) -> None:
    rows = [(f"2116099950{n:04d}", {"informations_generales": {"raison_sociale": f"B{n}"}}) for n in range(30)]
    empty.write(NAME, __import__("json").dumps(document(*rows)))
    ended = empty.run("import", NAME, stdin="y\n")
    assert "… and 10 more sheets" in ended.err
    assert "adresse_postale: 30 sheets" in ended.out


def test_sheets_come_back_from_the_store(approved: Desk) -> None:
    before = approved.plan()
    for name in (SHEET, f"structures/{SECOND}.yaml"):
        (approved.root / name).unlink()
    ended = approved.run("import", f"sqlite:///{STORE}", "--yes", "--format", "json")
    assert ended.code == 0
    assert [row["root"] for row in ended.json["sheets"]] == [SIRET, SECOND]
    assert (ended.json["recorded"], ended.json["plan_changes"]) == (False, [])
    assert approved.plan()["changes"] == before["changes"] == []


def test_a_store_without_anything_is_no_input(desk: Desk) -> None:
    assert desk.run("import", "sqlite:///none.sqlite3", "--yes").code == 66


def test_a_libelle_that_stands_in_for_another_asks_for_nothing_until_somebody_writes_the_real_one(empty: Desk) -> None:
    general_block: Any = WHOLE["informations_generales"]
    body = {**WHOLE, "informations_generales": {key: value for key, value in general_block.items() if key != "libelle"}}
    snapshot(empty, (VALMONT, body))
    ended = empty.run("import", NAME, "--yes", "--format", "json")
    assert (ended.json["left"], empty.plan()["changes"]) == ([], [])
    sheet = f"structures/{VALMONT}.yaml"
    empty.edit(sheet, "code_service_obligatoire: true", "code_service_obligatoire: false")
    assert [f["path"] for f in empty.plan()["changes"][0]["fields"]] == ["/parametres/code_service_obligatoire"]
    assert empty.run("apply", "--yes").code == 0
    assert "ibellé" not in empty.run("worksheet").out
    lines = empty.read(sheet).splitlines()
    empty.write(sheet, "\n".join('  libelle: "Valmont"' if 'libelle: "COMMUNE' in one else one for one in lines) + "\n")
    (change,) = empty.plan()["changes"]
    assert [(f["path"], f["before"], f["after"]) for f in change["fields"]] == [("/libelle", None, "Valmont")]


def test_lists_outside_of_the_project_are_read_and_not_remembered(empty: Desk) -> None:
    from .test_sources import lists

    with lists(empty) as portal:
        (empty.root / "ville").mkdir()
        at = empty.root / "ville"
        ended = empty.run("import", "annuaire:../annuaire", "--siret", portal.roots[0], "--yes", at=at)
        assert ended.code == 0, ended.err
        assert "outside of the project" in ended.err
        assert "annuaire" not in (at / "chorus-config.yaml").read_text(encoding="utf-8")
        assert empty.run("validate", at=at).code in {0, 1}


def test_an_unknown_siren_is_told(empty: Desk) -> None:
    snapshot(empty, (VALMONT, WHOLE))
    ended = empty.run("import", NAME, "--siren", VALMONT[:9], "--siren", "123456782", "--yes")
    assert (ended.code, "Not in the source (1): 123456782" in ended.out) == (0, True)


def test_what_is_not_committed_is_not_written_over(desk: Desk) -> None:
    desk.git("init", "-q")
    snapshot(desk, general("Neuf"))
    # Nothing is committed yet, so nothing could be got back.
    assert desk.run("import", NAME, "--siret", SIRET, "--force", "--yes").code == 4
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "a")
    snapshot(desk, (SIRET, {"informations_generales": {"libelle": "Neuf"}}))
    desk.edit(SHEET, "INACTIF", "ACTIF")
    refused = desk.run("import", NAME, "--siret", SIRET, "--force", "--yes")
    assert (refused.code, "not committed" in refused.err, "ACTIF\n" in desk.read(SHEET)) == (4, True, True)
    desk.git("commit", "-qam", "b")
    assert desk.run("import", NAME, "--siret", SIRET, "--force", "--yes").code == 0
    text = desk.read(SHEET)
    assert 'libelle: "Neuf"' in text
    # What the snapshot does not report is as it was.
    assert '"30 RUE DENIS PAPIE"' in text


def test_errors_of_the_sheets_are_told(empty: Desk) -> None:
    body = {**WHOLE, "services": [PUBLIC], "adresse_postale": ADDRESS}
    snapshot(empty, (VALMONT, body))
    ended = empty.run("import", NAME, "--yes")
    assert ended.code == 0
    assert "CP702 (1)" in ended.out


def test_bank_details_and_mailboxes_stand_in_no_question(desk: Desk) -> None:
    desk.append(SHEET, 'coordonnees_bancaires:\n  - libelle: "Régie"\n    bic: "AGRIFRPP"\n')
    snapshot(desk, (SIRET, {"informations_generales": {"libelle": "N", "adresse_electronique": "a@b.fr"}}))
    ended = desk.run("import", NAME, "--siret", SIRET, "--force", stdin="n\n")
    assert "AGRIFRPP" not in ended.err
    assert "a@b.fr" not in ended.err


def test_a_name_that_leads_elsewhere_is_no_file(empty: Desk) -> None:
    for root in ("..\\..\\x", "a:b", "CON ", "x/../y"):
        snapshot(empty, (root, {"informations_generales": {"type_identifiant": "AUTRE", "libelle": "N"}}))
        assert empty.run("import", NAME, "--yes").code in {4, 69}
        assert not (empty.root / "chorus-config.yaml").exists()


def test_operations_that_wait_for_a_structure_are_told(approved: Desk) -> None:
    approved.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC 16"')
    assert approved.run("apply", "--yes").code == 0
    snapshot(approved, general("SDITEC"), taken_at="2999-01-01T00:00:00Z")
    ended = approved.run("import", NAME, "--siret", SIRET, "--force", "--yes", "--format", "json")
    assert SIRET in ended.json["waiting"]
    again = approved.run("import", NAME, "--siret", SIRET, "--force", "--yes")
    assert f"as approved before: {SIRET}" in again.out


def test_the_proof_does_not_tell_again_what_the_source_leaves_out(desk: Desk) -> None:
    snapshot(desk, general("Neuf"))
    ended = desk.run("import", NAME, "--siret", SIRET, "--force", "--yes")
    assert (ended.code, "not compared" in ended.err) == (0, False)


def test_a_sheet_that_no_pattern_would_find_is_not_written(empty: Desk) -> None:
    snapshot(empty, (VALMONT, WHOLE))
    empty.write("chorus-config.yaml", 'type: projet\nversion: 1\nstructures: ["fiches/*/fiche.yaml"]\n')
    ended = empty.run("import", NAME, "--yes")
    assert (ended.code, "would find the sheet" in ended.err) == (4, True)
    assert not (empty.root / "fiches").exists()
