"""`status`: the portfolio on the screen, for programs, on a wall and in a workbook; what a check of it ends with."""

from __future__ import annotations

import json
import os
import pty
import re
import stat
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from tests.examples.syndicat import MEMBERS, generate
from tests.render.page_reading import Page

from .desk import BANK, IBAN, OTHER, PROJECT, SECOND, SHEET, SIRET, STORE, Desk, conforms
from .portal import NAME, TAKEN, general, snapshot

MEMBRES: Final = (
    'membres:\n  - {nom: "SDITEC", siren: "251602785", agent_referent: "A. Martin"}\n'
    '  - {nom: "Commune de Sers", siren: "211603535"}\n'
)
SHEETS: Final = (SHEET, OTHER)


def document(desk: Desk, *words: str) -> Any:
    """Return the document of the status."""
    return desk.run("status", "--format", "json", *words).json


def states(desk: Desk, *words: str) -> dict[str, str]:
    """Return where each structure stands."""
    return {row["root"] or row["path"]: row["state"] for row in document(desk, *words)["structures"]}


def activate(desk: Desk) -> None:
    """Make both sheets ready to go live."""
    for name in SHEETS:
        desk.edit(name, "statut: INACTIF", "statut: ACTIF")


def test_a_portfolio_from_nothing_to_everything_entered(desk: Desk) -> None:
    (desk.root / OTHER).unlink()
    assert states(desk) == {SIRET: "not_ready", SECOND: "no_sheet"}
    desk.edit(SHEET, "statut: INACTIF", "statut: ACTIF")
    assert states(desk, "--target", SIRET) == {SIRET: "to_approve"}
    assert desk.run("apply", "--yes").code == 0
    assert states(desk, "--target", SIRET) == {SIRET: "to_enter"}
    (row,) = document(desk, "--target", SIRET)["structures"]
    assert (row["approved"], row["open_operations"] > 0, row["known_at"]) == ("yes", True, None)
    assert document(desk)["other_operations"] == 2, "those on the accounts"
    assert desk.run("confirm", "--all").code == 0
    (row,) = document(desk, "--target", SIRET)["structures"]
    assert (row["state"], row["open_operations"], row["command"]) == ("done", 0, None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["known_at"])
    desk.edit(SHEET, '"SDITEC"', '"SDITEC Angoulême"')
    assert states(desk, "--target", SIRET) == {SIRET: "to_approve"}
    desk.edit(SHEET, "adresse_electronique: ", "adresse_electronique: x ")
    assert states(desk, "--target", SIRET) == {SIRET: "errors"}


def test_what_is_read_on_the_portal_counts_from_when_it_was_read(approved: Desk) -> None:
    snapshot(approved, general())
    ended = approved.run("observe", NAME, "--record", "--yes")
    assert ended.code == 0, ended.err
    known = {row["root"]: row["known_at"] for row in document(approved)["structures"]}
    assert known == {SIRET: TAKEN, SECOND: None}


def test_it_says_what_validate_says(desk: Desk) -> None:
    desk.edit(SHEET, "accueil@sditec.fr", "accueil")
    found = {row["path"]: row for row in document(desk)["structures"]}
    told = desk.run("validate", "--format", "json").json["findings"]
    for name in SHEETS:
        levels = [row["level"] for row in told if row["path"] == name]
        assert found[name]["findings"] == {level: levels.count(level) for level in ("error", "warning", "info")}
    ready = desk.run("validate", "--ready", "--format", "json").json["findings"]
    for name in SHEETS:
        assert found[name]["ready"] == (not any(row["path"] == name and row["level"] == "error" for row in ready))


def test_a_store_is_never_made(desk: Desk) -> None:
    for words in (("status",), ("status", "--check"), ("status", "--format", "html:x.html")):
        assert desk.run(*words).code == 0
        assert not (desk.root / STORE).parent.exists()
    assert document(desk)["source"].startswith("sqlite:///")


def test_a_store_that_cannot_be_read_is_told_and_the_rest_is_shown(approved: Desk) -> None:
    activate(approved)
    (approved.root / STORE).write_bytes(b"x\n")
    ended = approved.run("status")
    assert ended.code == 0
    assert "state not known" in ended.out
    assert "up to date" not in ended.out
    assert ended.err.startswith("note: what is approved and what remains to be entered is not known: ")
    assert "the store cannot be read" in ended.out
    found = document(approved)
    assert found["source"] is None
    assert [(row["approved"], row["open_operations"], row["known_at"]) for row in found["structures"]] == [
        (None, None, None)
    ] * 2
    assert {(row["state"], row["command"]) for row in found["structures"]} == {("unknown", "chorus-config doctor")}
    assert (found["summary"]["states"]["unknown"], found["summary"]["states"]["done"]) == (2, 0)


def test_a_check_without_its_store_is_no_check(approved: Desk) -> None:
    """Exit 69, whatever else fails: nobody knows what is approved."""
    activate(approved)
    (approved.root / STORE).write_bytes(b"x\n")
    ended = approved.run("status", "--check", "--format", "html:x.html", "--format", "json")
    assert ended.code == 69
    conforms("status", ended.json)
    assert ended.json["check"] == {"passes": False, "within": None, "failing": {"store": 1}}
    page = (approved.root / "x.html").read_text(encoding="utf-8")
    assert "The check fails: the store cannot be read." in page
    assert "up to date" not in page


def test_members_are_shown_one_by_one_and_one_alone(desk: Desk) -> None:
    desk.append(PROJECT, MEMBRES)
    found = document(desk)
    assert [(one["name"], one["structures"]) for one in found["members"]] == [("SDITEC", 2), ("Commune de Sers", 0)]
    text = desk.run("status").out
    assert "1 member without any sheet: Commune de Sers (211603535)" in text
    assert "looked after by A. Martin" in text
    for word in ("251602785", "251 602 785", "sditec", "SDITEC"):
        assert {row["root"] for row in document(desk, "--membre", word)["structures"]} == {SIRET, SECOND}
    alone = document(desk, "--membre", "Commune de Sers")
    assert (alone["structures"], alone["elsewhere"], len(alone["members"])) == ([], None, 1)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Commune de Ser", "no member of the project is called Commune de Ser; the nearest is Commune de Sers"),
        ("123456789", "no member of the project is called 123456789"),
        ("Zz", "no member of the project is called Zz"),
    ],
)
def test_a_member_that_is_not_there_is_told(desk: Desk, word: str, told: str) -> None:
    desk.append(PROJECT, MEMBRES)
    ended = desk.run("status", "--membre", word)
    assert (ended.code, ended.out) == (66, "")
    assert ended.err == f"chorus-config: {told}\n"


def test_members_of_one_name_need_their_siren(desk: Desk) -> None:
    desk.append(PROJECT, MEMBRES + '  - {nom: "sditec", siren: "261609994"}\n')
    ended = desk.run("status", "--membre", "SDITEC")
    assert ended.code == 66
    assert "give the SIREN, one of 251602785, 261609994" in ended.err


def test_where_there_are_no_members_none_is_shown(desk: Desk) -> None:
    ended = desk.run("status", "--membre", "SDITEC")
    assert ended.code == 66
    assert "the project file has no `membres`" in ended.err


def test_targets_that_name_nothing_are_told(desk: Desk) -> None:
    assert states(desk, "--target", "*23") == {SECOND: "not_ready"}
    ended = desk.run("status", "--target", "999*")
    assert ended.code == 66
    assert "no budget of the portfolio and no sheet matches 999*" in ended.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 0),
        (("--check",), 0),
        # The last day is 30 December 2030.
        (("--check", "--as-of", "2030-12-30"), 0),
        (("--check", "--as-of", "2030-12-31"), 1),
        (("--as-of", "2030-12-31"), 0),
        (("--check", "--within", "30", "--as-of", "2030-11-29"), 0),
        (("--check", "--within", "30", "--as-of", "2030-11-30"), 1),
    ],
)
def test_a_check_ends_with_1_when_a_budget_is_late(desk: Desk, words: tuple[str, ...], code: int) -> None:
    ended = desk.run("status", *words)
    assert ended.code == code
    assert ("The check fails: 2 budgets not ready at their deadline." in ended.out) == (code == 1)
    assert ("The check passes." in ended.out) == ("--check" in words and code == 0)


def test_a_check_ends_with_1_for_errors_and_missing_sheets_whatever_the_day(desk: Desk) -> None:
    activate(desk)
    assert desk.run("status", "--check", "--within", "9999").code == 0
    desk.edit(SHEET, "accueil@sditec.fr", "accueil")
    assert document(desk, "--check")["check"] == {"passes": False, "within": None, "failing": {"errors": 1}}
    (desk.root / OTHER).unlink()
    ended = desk.run("status", "--check", "--lang", "fr")
    assert ended.code == 1
    assert "Le contrôle échoue" in ended.out
    assert "1 budget sans fiche" in ended.out


def test_a_portfolio_without_a_sheet_is_shown_and_an_empty_folder_is_not(desk: Desk, bare: Desk) -> None:
    for name in SHEETS:
        (desk.root / name).unlink()
    assert states(desk) == {SIRET: "no_sheet", SECOND: "no_sheet"}
    ended = bare.run("status")
    assert (ended.code, ended.out) == (66, "")
    assert "`chorus-config init` begins a project" in ended.err
    assert bare.run("status", "--format", "json").json["error"]["exit_code"] == 66


def test_sheets_without_a_project_file_are_shown(desk: Desk) -> None:
    (desk.root / PROJECT).unlink()
    found = document(desk)
    assert (found["summary"]["budgets"], found["name"], found["days_left"]) == (2, "", None)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "xlsx"), "a workbook goes to a file: --format xlsx:FILE"),
        (("--within", "3"), "--within says when --check fails: add --check"),
        (("--check", "--within", "-1"), "--within"),
        (("--format", "csv"), "is not a format of this command: text, markdown, html, json, xlsx"),
    ],
)
def test_wrong_usage_is_told(desk: Desk, words: tuple[str, ...], told: str) -> None:
    ended = desk.run("status", *words)
    assert ended.code == 64
    assert told in ended.err


def test_every_format_goes_to_its_file_in_one_run(desk: Desk) -> None:
    words = [word for name in ("json", "html", "markdown", "xlsx") for word in ("--format", f"{name}:x.{name}")]
    ended = desk.run("status", *words)
    assert (ended.code, ended.err) == (0, "")
    conforms("status", json.loads(desk.read("x.json")))
    assert SIRET in Page(desk.read("x.html")).text
    assert f"| {SIRET} |" in desk.read("x.markdown")
    sheet = load_workbook(BytesIO((desk.root / "x.xlsx").read_bytes())).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows] == ["Identifiant", SIRET, SECOND]
    modes = {name: stat.S_IMODE((desk.root / f"x.{name}").stat().st_mode) for name in ("xlsx", "html")}
    assert modes == {"xlsx": 0o600, "html": 0o644}, "a workbook goes around, with names; a wall is for all"


def test_a_page_on_the_wall_says_that_it_could_not_be_made(desk: Desk) -> None:
    for name in ("html", "markdown"):
        desk.write(f"x.{name}", "of yesterday")
    ended = desk.run("status", "--membre", "<b>x</b>", "--format", "html:x.html", "--format", "markdown:x.markdown")
    assert ended.code == 66
    page = Page(desk.read("x.html"))
    assert "no member is called <b>x</b>" in page.text
    assert "b" not in page.shape
    assert "no member is called &lt;b&gt;x&lt;/b&gt;" in desk.read("x.markdown")


def test_a_shell_completes_members(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.append(PROJECT, MEMBRES)
    monkeypatch.setenv("_CHORUS_CONFIG_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", "chorus-config status --membre sdi")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert desk.run().out.split() == ["plain", "251602785", "SDITEC"]


def test_a_workbook_that_cannot_be_written_is_told(desk: Desk) -> None:
    ended = desk.run("status", "--format", "xlsx:nowhere/x.xlsx")
    assert ended.code == 69
    assert "nowhere/x.xlsx cannot be written" in ended.err


def test_no_account_number_leaves_by_a_name(desk: Desk) -> None:
    desk.edit(SHEET, 'libelle: "SDITEC"', f'libelle: "Régie {IBAN}"')
    desk.append(SHEET, BANK)
    ended = desk.run("status", "--format", "xlsx:x.xlsx", "--format", "json:x.json", "--format", "html:x.html")
    sheet = load_workbook(BytesIO((desk.root / "x.xlsx").read_bytes())).worksheets[0]
    cells = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    for text in (ended.out, ended.err, desk.read("x.json"), desk.read("x.html"), cells):
        assert IBAN not in text
    assert "Régie FR76" in cells


def test_paths_and_commands_are_those_of_where_one_stands(desk: Desk) -> None:
    ended = desk.run("status", "--format", "json", at=desk.root / "structures")
    assert {row["path"] for row in ended.json["structures"]} == {f"{SIRET}.yaml", f"{SECOND}.yaml"}
    assert f"validate --ready {SIRET}.yaml" in ended.json["structures"][0]["command"]


def test_each_command_that_is_told_runs(desk: Desk) -> None:
    desk.edit(OTHER, "accueil@sditec.fr", "accueil")
    for row in document(desk)["structures"]:
        words = row["command"].split()
        assert words[0] == "chorus-config"
        assert desk.run(*words[1:]).code == 1, "it tells what is wrong"
    (desk.root / OTHER).unlink()
    desk.edit(SHEET, "statut: INACTIF", "statut: ACTIF")
    plan, _missing = (row["command"].split()[1:] for row in document(desk)["structures"])
    assert desk.run(*plan).code == 0
    desk.run("apply", "--yes")
    worksheet = document(desk)["structures"][0]["command"].split()[1:]
    assert SIRET in desk.run(*worksheet).out


def test_a_screen_has_a_table_as_wide_as_it_is(desk: Desk) -> None:
    def on_screen(columns: int) -> list[str]:
        main, other = pty.openpty()
        words = [sys.executable, "-m", "chorus_config", "status", "--color", "never", "-q"]
        env = {**os.environ, "COLUMNS": str(columns)}
        with subprocess.Popen(words, cwd=desk.root, env=env, stdout=other, stderr=subprocess.DEVNULL) as process:
            os.close(other)
            text = b""
            try:
                while piece := os.read(main, 65536):
                    text += piece
            except OSError:
                # The end of a terminal.
                pass
            process.wait()
        os.close(main)
        return text.decode().replace("\r", "").splitlines()

    wide = on_screen(150)
    assert [len(line) <= 150 for line in wide if line.startswith(("Identifiant", SIRET))] == [True, True]
    assert any(line.startswith("Identifiant ") for line in wide)
    narrow = on_screen(70)
    assert not any(line.startswith("Identifiant ") for line in narrow)
    assert f"{SIRET}  SDITEC  not ready" in narrow


def test_a_syndicat_of_300_members_on_one_page(tmp_path: Path, bare: Desk) -> None:
    root = tmp_path / "syndicat"
    root.mkdir()
    members = generate(root)
    towns = dict.fromkeys(one[:9] for one in members)
    rows = "".join(f'  - {{nom: "Membre {number}", siren: "{siren}"}}\n' for number, siren in enumerate(towns))
    with (root / PROJECT).open("a", encoding="utf-8") as file:
        file.write(f"membres:\n{rows}")
    (root / "structures" / f"{members[7]}.yaml").unlink()
    ended = bare.run("status", "--format", "json", "--format", "html:mur.html", "--format", "xlsx:suivi.xlsx", at=root)
    found = ended.json
    assert (found["summary"]["budgets"], found["summary"]["with_sheet"]) == (MEMBERS, MEMBERS - 1)
    assert [row["root"] for row in found["structures"] if row["state"] == "no_sheet"] == [members[7]]
    assert len(found["members"]) == len(towns) == 200
    assert {row["member"] for row in found["structures"]} == {*towns}
    page = Page((root / "mur.html").read_text(encoding="utf-8"))
    assert page.shape.count("svg") == 1, "of so many members, only what is late is drawn one by one"
    assert found["summary"]["coverage"]["percent"] == found["members"][0]["coverage"]["percent"] == 51
    assert len(bare.run("status", at=root).out.splitlines()) < 200 + 10
    assert bare.run("status", "--check", at=root).code == 1
    assert bare.run("status", "--check", "--membre", "Membre 0", at=root).code == 0
