"""`import FILE.xlsx` and `import FILE.csv`: what people filled in becomes sheets, or every cell at fault is told."""

from __future__ import annotations

import re
import shlex
import shutil
from csv import reader
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from chorus_config.engine.spreadsheet.columns import kind_of, plain_title
from tests.examples.syndicat import MEMBERS, generate

from .desk import BANK, SHEET, SIRET, Desk, conforms
from .desk import SECOND as TWO

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILE = "collecte.xlsx"
VALMONT, SECOND = "21160999500017", "21169000300010"
HEAD = "SIRET;Raison sociale;Libellé de la structure;Adresse électronique;Adresse;Code postal;Ville;Pays;Téléphone;Privée"
ROW = f"{VALMONT};COMMUNE;Commune de Valmont;m@v.example;1 rue;16000;VALMONT;France;05 45 22 20 40;non"
OTHER = f"{SECOND};COMMUNE;Commune de Touvre;t@v.example;2 rue;16000;TOUVRE;France;;"


@pytest.fixture
def empty(bare: Desk) -> Desk:
    """A folder without anything."""
    return bare


def csv(desk: Desk, *rows: str, name: str = "collecte.csv", head: str = HEAD) -> str:
    """Write a text with separators, and return its name."""
    desk.write(name, "\n".join((head, *rows, "")))
    return name


def workbook(desk: Desk, name: str = FILE, **sheets: list[list[Any]]) -> str:
    """Write a workbook of some pages, and return its name."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet: Any = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(desk.root / name)
    return name


def test_a_text_with_separators_becomes_a_sheet(empty: Desk) -> None:
    ended = empty.run("import", csv(empty, ROW), "--yes", "--format", "json")
    assert ended.code == 0
    assert [row["path"] for row in ended.json["sheets"]] == [f"structures/{VALMONT}.yaml"]
    assert (ended.json["faults"], ended.json["left_out"], ended.json["recorded"]) == ([], [], False)
    text = empty.read(f"structures/{VALMONT}.yaml")
    assert 'telephone: "+33 545222040"' in text
    assert "structure_privee: false" in text
    assert "Taken from collecte.csv" in text
    assert empty.run("validate").code == 0


def test_what_people_want_was_not_seen_on_the_portal(empty: Desk) -> None:
    empty.run("import", csv(empty, ROW), "--yes")
    assert [change["op"] for change in empty.plan()["changes"]] == ["create"]


def test_nothing_is_written_while_a_cell_is_wrong(empty: Desk) -> None:
    bad = OTHER.replace("t@v.example", "pas une adresse").replace("16000", "1")
    ended = empty.run("import", csv(empty, ROW.replace(";non", ";bof"), bad), "--yes", "--format", "json")
    assert ended.code == 4
    faults = [(one["place"], one["label"], one["root"]) for one in ended.json["faults"]]
    assert faults == [
        ("collecte.csv!J2", "Structure Privée", VALMONT),
        ("collecte.csv!D3", "Adresse électronique", SECOND),
        ("collecte.csv!F3", "Code postal", SECOND),
    ]
    assert "CP106" in ended.json["faults"][1]["message"]
    assert ended.json["error"]["exit_code"] == 4
    assert "3 cells of collecte.csv are to be corrected" in ended.err
    assert "pas une adresse" not in ended.err
    assert [path.name for path in empty.root.iterdir()] == ["collecte.csv"]


def test_faults_are_told_with_their_cell_in_words(empty: Desk) -> None:
    ended = empty.run("import", csv(empty, ROW.replace(";non", ";bof")), "--yes")
    assert ended.out.splitlines()[0] == "1 cell to be corrected:"
    assert 'collecte.csv!J2  « Structure Privée »: "bof" is neither yes nor no: oui or non is expected' in ended.out


def test_a_partial_import_leaves_out_what_is_wrong_and_says_so(empty: Desk) -> None:
    name = csv(empty, ROW, OTHER.replace("t@v.example", "zzz"))
    ended = empty.run("import", name, "--yes", "--partial")
    assert ended.code == 0
    assert f"Left out, until it is corrected: {SECOND}" in ended.out
    assert "collecte.csv!D3" in ended.out
    assert [path.name for path in (empty.root / "structures").iterdir()] == [f"{VALMONT}.yaml"]


def test_a_partial_import_does_not_guess_whose_service_it_is(empty: Desk) -> None:
    structures = [row.split(";") for row in (HEAD, ROW)]
    services = [["SIRET", "Code du service", "Libellé du service"], ["21160999500018", "ST", "Services techniques"]]
    ended = empty.run("import", workbook(empty, Structures=structures, Services=services), "--yes", "--partial")
    assert ended.code == 4
    assert "Services!A2" in ended.out
    assert not (empty.root / "structures").exists()


def test_what_is_missing_is_to_be_filled_in_and_no_fault(empty: Desk) -> None:
    ended = empty.run("import", csv(empty, ROW.replace("m@v.example", "")), "--yes")
    assert ended.code == 0
    assert "informations_generales.adresse_electronique: 1 sheet" in ended.out


def test_factures_publiques_is_added_where_the_list_of_services_lacks_it(empty: Desk) -> None:
    structures = [row.split(";") for row in (HEAD, ROW)]
    services = [["SIRET", "Code du service", "Libellé du service"], [VALMONT, "ST", "Services techniques"]]
    assert empty.run("import", workbook(empty, Structures=structures, Services=services), "--yes").code == 0
    assert empty.run("validate").code == 0
    assert 'code: "FACTURES_PUBLIQUES"' in empty.read(f"structures/{VALMONT}.yaml")


def test_factures_publiques_is_never_put_right_in_silence(empty: Desk) -> None:
    structures = [row.split(";") for row in (HEAD, ROW)]
    services = [["SIRET", "Code du service", "Libellé du service", "Actif"],
                [VALMONT, "FACTURES_PUBLIQUES", "Service des factures publiques", "non"]]  # fmt: skip
    ended = empty.run("import", workbook(empty, Structures=structures, Services=services), "--yes", "--partial")
    assert ended.code == 4
    assert "Services!D2  « Service actif »: FACTURES_PUBLIQUES is inactive" in ended.out


def test_a_rule_speaks_of_columns_and_not_of_keys(empty: Desk) -> None:
    structures = [row.split(";") for row in (HEAD, ROW)]
    services = [["SIRET", "Code du service", "Libellé du service", "Date de début de validité", "Date de fin de validité"],
                [VALMONT, "FACTURES_PUBLIQUES", "Service des factures publiques", "", ""],
                [VALMONT, "EAU", "Eau", "31/12/2026", "01/01/2026"]]  # fmt: skip
    (told,) = re.findall("Services!E3 .*", empty.run("import", workbook(empty, Structures=structures, Services=services)).out)
    assert "« Date de fin de validité » or « Date de début de validité »" in told.replace("\u00a0", " ")
    assert "`" not in told


def test_a_sheet_that_is_there_stays_without_force(desk: Desk) -> None:
    before = desk.read(SHEET)
    name = csv(desk, ROW.replace(VALMONT, SIRET))
    refused = desk.run("import", name, "--yes")
    assert refused.code == 4
    assert "changed where the table says otherwise (their comments stay): --force" in refused.err
    assert desk.read(SHEET) == before


def test_over_a_sheet_that_is_there_what_the_table_does_not_say_stays(desk: Desk) -> None:
    desk.append(SHEET, BANK)
    ended = desk.run("import", csv(desk, ROW.replace(VALMONT, SIRET)), "--yes", "--force")
    assert ended.code == 0
    assert "Checked: the files say what the table says." in ended.out
    text = desk.read(SHEET)
    assert 'libelle: "Commune de Valmont"' in text
    assert "Régie" in text
    assert "GESTIONNAIRE_PRINCIPAL" in text


def test_what_is_shown_before_says_that_comments_stay(desk: Desk) -> None:
    ended = desk.run("import", csv(desk, ROW.replace(VALMONT, SIRET)), "--force", stdin="n\n")
    assert ended.code == 4
    assert "only what the table says otherwise is changed; the comments of the file stay" in ended.err
    assert '+  libelle: "Commune de Valmont"' in ended.err


def test_a_sheet_that_cannot_be_changed_in_place_is_told(desk: Desk) -> None:
    desk.write(SHEET, re.sub(r"(?ms)^espaces:.*?(?=^\S|\Z)", "", desk.read(SHEET)) + "espaces: [A, # un\n  B]\n")
    name = csv(desk, ROW.replace(VALMONT, SIRET) + ";B", head=HEAD + ";Espaces")
    asked = desk.run("import", name, "--force", stdin="n\n")
    assert "written anew, and the comments of the file are lost, since it cannot be changed in place: " in asked.err
    done = desk.run("import", name, "--force", "--yes")
    assert f"Written anew, their comments are lost (`git diff` shows them): {SHEET}" in done.out


def test_the_difference_is_shown_and_nothing_written(desk: Desk) -> None:
    name = csv(desk, ROW.replace(VALMONT, SIRET))
    held = desk.listing()
    ended = desk.run("import", name, "--force", "--diff")
    assert (ended.code, ended.err) == (1, "")
    assert f"--- {SHEET}\n+++ {SHEET}\n" in ended.out
    assert '-  libelle: "SDITEC"\n' in ended.out
    assert '+  libelle: "Commune de Valmont"\n' in ended.out
    assert ended.out.endswith("1 file would change; nothing was written.\n")
    document = desk.run("import", name, "--force", "--diff", "--format", "json").json
    conforms("import", document)
    assert (document["dry_run"], document["recorded"]) == (True, False)
    assert desk.listing() == held
    assert desk.run("import", "releve.json", "--diff").code == 64


def test_without_a_difference_it_is_0(desk: Desk) -> None:
    assert desk.run("export", FILE).code == 0
    ended = desk.run("import", FILE, "--force", "--diff")
    assert (ended.code, ended.out) == (0, "No file would change.\n")


def test_what_fix_would_write_otherwise_is_no_change_of_the_table(desk: Desk) -> None:
    desk.write(SHEET, desk.read(SHEET).replace("statut: INACTIF", "statut: inactif"))
    desk.run("export", FILE)
    ended = desk.run("import", FILE, "--force", "--diff")
    assert (ended.code, ended.out) == (0, "No file would change.\n")
    assert "1 sheet says what the table says, in another writing, and stays as it is; to mend: chorus-config fix" in ended.err


def test_the_warnings_that_an_import_brings_are_shown(desk: Desk) -> None:
    name = csv(desk, ROW.replace(VALMONT, SIRET).replace("Commune de Valmont", "Mairie"))
    ended = desk.run("import", name, "--force", "--diff")
    assert f"{SHEET}:12:12: warning CP105" in ended.out
    document = desk.run("import", name, "--force", "--diff", "--format", "json").json
    conforms("import", document)
    assert ("CP105", SHEET) in [(one["rule"], one["path"]) for one in document["warnings"]]
    # It has this one already.
    assert "CP108" not in [one["rule"] for one in document["warnings"]]
    asked = desk.run("import", name, "--force", stdin="n\n")
    assert "`chorus-config validate` shows them then: CP105 (1)" in asked.err


def test_of_many_files_that_are_not_committed_five_are_named(empty: Desk) -> None:
    rows = [ROW.replace(VALMONT, f"2116099950{number:04}") for number in range(7)]
    head = HEAD + ";Type identifiant"
    rows = [f"{row};AUTRE".replace("2116", "X2116").replace(";non", ";oui") for row in rows]
    assert empty.run("import", csv(empty, *rows, head=head), "--yes").code == 0
    empty.git("init", "-q")
    name = csv(empty, *(row.replace("Commune", "Ville") for row in rows), head=head)
    ended = empty.run("import", name, "--force", "--yes")
    assert ended.code == 4
    assert ended.err.count("structures/") == 5
    assert "0004.yaml and 2 others are not committed as they stand: commit them first" in ended.err


def test_what_is_not_committed_is_not_written_over(desk: Desk) -> None:
    desk.git("init", "-q")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "a")
    desk.append(SHEET, "# une note\n")
    ended = desk.run("import", csv(desk, ROW.replace(VALMONT, SIRET)), "--yes", "--force")
    assert ended.code == 4
    assert "not committed" in ended.err


def test_it_is_shown_first_and_asked(empty: Desk) -> None:
    ended = empty.run("import", csv(empty, ROW), stdin="n\n")
    assert ended.code == 4
    assert f"+ structures/{VALMONT}.yaml" in ended.err
    assert not (empty.root / "structures").exists()


def test_titles_of_somebody_s_own_are_said_by_a_mapping(empty: Desk) -> None:
    empty.write("membres.csv", f"Budget;Qui;Où\n{VALMONT};Valmont;VALMONT\n")
    refused = empty.run("import", "membres.csv", "--yes")
    assert refused.code == 66
    assert "--columns FILE" in refused.err
    empty.write("colonnes.yaml", 'structures:\n  colonnes: {"Budget": identifiant, "Qui": libelle, "Où": Ville}\n')
    assert empty.run("import", "membres.csv", "--yes", "--columns", "colonnes.yaml").code == 0
    assert 'ville: "VALMONT"' in empty.read(f"structures/{VALMONT}.yaml")
    empty.write("colonnes.yaml", "structures: [a]\n")
    wrong = empty.run("import", "membres.csv", "--yes", "--columns", "colonnes.yaml")
    assert wrong.code == 64
    assert "colonnes.yaml cannot be used: below" in wrong.err


def test_what_does_not_go_together_is_refused(empty: Desk) -> None:
    name = csv(empty, ROW)
    for words in (("--target", VALMONT), ("--siren", VALMONT[:9]), ("other.csv",)):
        assert empty.run("import", name, *words, "--yes").code == 64
    assert empty.run("import", "releve.json", "--partial").code == 64
    assert empty.run("import", "absent.xlsx", "--yes").code == 66


def test_a_public_list_is_not_taken_for_one(empty: Desk) -> None:
    empty.write("liste.csv", f"Identifiant;Raison Sociale;EmetteurEdi;GestionService\n{VALMONT};V;true;false\n")
    ended = empty.run("import", "liste.csv", "--yes")
    assert ended.code == 64
    assert "did you mean annuaire:liste.csv?" in ended.err


def test_accounts_become_files_and_name_nobody_on_stderr(empty: Desk) -> None:
    accounts = [["Référence du compte", "Adresse électronique de contact", "Nom", "Prénom", "Langue"],
                ["c.martin", "c.martin@v.example", "MARTIN", "Camille", "Français"]]  # fmt: skip
    ended = empty.run("import", workbook(empty, Comptes=accounts), stdin="y\n")
    assert ended.code == 0
    assert 'nom: "MARTIN"' in empty.read("comptes/c.martin.yaml")
    assert "MARTIN" not in ended.err
    assert "v.example" not in ended.err
    accounts[1][2] = "DUPONT"
    again = empty.run("import", workbook(empty, Comptes=accounts), "--force", stdin="n\n")
    assert "nom: ****" in again.err
    assert "DUPONT" not in again.err


def test_an_iban_is_in_no_output(empty: Desk) -> None:
    structures = [row.split(";") for row in (HEAD, ROW)]
    iban = "FR7630006000011234567890189"
    bank = [["SIRET", "Libellé du compte", "IBAN", "BIC"], [VALMONT, "Régie", iban, "bof"], [VALMONT, iban, iban, "AGRIFRPP"]]
    ended = empty.run("import", workbook(empty, Structures=structures, RIB=bank), "--yes")
    assert ended.code == 4
    assert "RIB!D2" in ended.out
    assert iban not in ended.out + ended.err


def test_the_model_of_the_documentation_is_imported_as_it_stands(empty: Desk) -> None:
    shutil.copy(DOCS / "modele-collecte.csv", empty.root)
    ended = empty.run("import", "modele-collecte.csv", "--yes", "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert ended.json["sheets"][0]["to_fill_in"] == []
    assert empty.run("validate").code == 0
    titles = {plain_title(one.title) for one in kind_of("").columns}
    head = (DOCS / "modele-collecte.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert {plain_title(title) for title in next(reader([head], delimiter=";"))} <= titles


def test_the_commands_of_the_documentation_do_what_it_says(desk: Desk) -> None:
    page = (DOCS / "tableurs.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(console|yaml)\n(.*?)```", page, re.DOTALL)
    desk.write("colonnes.yaml", next(text for kind, text in blocks if kind == "yaml"))
    rows = ("N° du budget;Libellé de la structure;Mail compta;Rue;Observations", f"{VALMONT};Valmont;m@v.example;1 rue;à voir")
    desk.write("membres.csv", "\n".join(rows))
    commands = [line for kind, text in blocks if kind == "console" for line in text.splitlines()]
    assert len(commands) == 6
    for line in commands:
        program, *words = shlex.split(line)
        assert program == "chorus-config"
        ended = desk.run(*words, *(["--yes"] if words[0] == "import" else []))
        assert ended.code == 0, (line, ended.err)
    assert "1 rue" in desk.read(f"structures/{VALMONT}.yaml")


def test_three_hundred_structures_come_back_without_a_difference(empty: Desk) -> None:
    members = generate(empty.root / "avant")
    before, after = empty.root / "avant", empty.root / "apres"
    assert empty.run("-C", str(before), "export", FILE).code == 0
    after.mkdir()
    shutil.copy(before / FILE, after / FILE)
    ended = empty.run("-C", str(after), "import", FILE, "--yes", "--format", "json")
    assert ended.code == 0
    assert len(ended.json["sheets"]) == MEMBERS + 101
    assert {row["root"] for row in ended.json["sheets"]} > set(members)
    assert empty.run("-C", str(before), "apply", "--yes").code == 0
    shutil.copytree(before / ".chorus-config", after / ".chorus-config", dirs_exist_ok=True)
    planned = empty.run("-C", str(after), "plan", "--detailed-exitcode", "--format", "json")
    assert (planned.code, planned.json["changes"]) == (0, [])
    assert empty.run("-C", str(after), "validate").code == 0
    assert empty.run("-C", str(after), "export", "encore.xlsx").code == 0
    assert (after / "encore.xlsx").read_bytes() == (before / FILE).read_bytes()


def test_a_workbook_that_people_changed_changes_just_that(desk: Desk) -> None:
    assert desk.run("apply", "--yes").code == 0
    assert desk.run("export", FILE).code == 0
    book = load_workbook(desk.root / FILE)
    sheet = book["Structures"]
    title = next(cell for cell in sheet[1] if cell.value == "Ville *")
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == SIRET)
    row[title.column - 1].value = "SOYAUX"
    book.save(desk.root / FILE)
    desk.append(SHEET, "# une note\n")
    before = desk.read(SHEET).splitlines()
    other = desk.read(SHEET.replace(SIRET, TWO))
    ended = desk.run("import", FILE, "--yes", "--force", "--format", "json")
    assert ended.code == 0
    assert [(row["root"], row["comments_kept"]) for row in ended.json["sheets"]] == [(SIRET, True)]
    changed = [(old, new) for old, new in zip(before, desk.read(SHEET).splitlines(), strict=True) if old != new]
    assert [new.strip() for _old, new in changed] == ['ville: "SOYAUX"']
    assert TWO in ended.json["kept"]
    assert desk.read(SHEET.replace(SIRET, TWO)) == other
    (change,) = desk.plan()["changes"]
    assert [(one["path"], one["after"]) for one in change["fields"]] == [("/adresse_postale/ville", "SOYAUX")]


def test_a_workbook_that_says_what_the_sheets_say_writes_nothing(desk: Desk) -> None:
    assert desk.run("export", FILE).code == 0
    before = {path: path.read_bytes() for path in desk.root.rglob("*.yaml")}
    ended = desk.run("import", FILE, "--force")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Nothing to write: ")
    assert ended.out.endswith(" sheets say already what the table says.\n")
    assert {path: path.read_bytes() for path in desk.root.rglob("*.yaml")} == before
