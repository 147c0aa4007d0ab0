"""`fix`: files as they are after it, what is shown without writing, and what is refused."""

from __future__ import annotations

import json
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from chorus_config.app.fixing.fix import write_changes
from chorus_config.app.project import OpenProject
from chorus_config.model.fixing import FileChange

from .desk import ACCOUNT, BANK, IBAN, OTHER, PROJECT, SECOND, SERVICES, SHEET, TECHNICAL, WITHOUT, Desk

PHONE = '"+33 545222040"'


def faulty(desk: Desk) -> str:
    """Write two faults into a sheet, and return it as it was before."""
    before = desk.read(SHEET)
    desk.edit(SHEET, f"telephone: {PHONE}", "telephone: 05 45 22 20 40 # accueil")
    desk.edit(SHEET, "  libelle:", "  libellé:")
    return before.replace(f"telephone: {PHONE}", f"telephone: {PHONE} # accueil")


def test_a_good_project_is_left_as_it_is(desk: Desk) -> None:
    before = desk.read(SHEET)
    ended = desk.run("fix", "--lang", "en")
    assert ended.code == 0
    assert ended.out.startswith("Nothing to mend automatically.\n")
    assert desk.read(SHEET) == before


def test_what_is_mended_is_written_and_nothing_else(desk: Desk) -> None:
    wanted = faulty(desk)
    (desk.root / SHEET).chmod(0o640)
    ended = desk.run("fix", "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert 'CP203 Write the number in international form → "+33 545222040"' in ended.out
    assert "2 faults are mended, in 1 file." in ended.out
    assert desk.read(SHEET) == wanted
    assert stat.S_IMODE((desk.root / SHEET).stat().st_mode) == 0o640
    assert desk.run("validate").code == 0
    assert desk.run("fix", "--check").code == 0


def test_the_diff_and_the_check_write_nothing(desk: Desk) -> None:
    faulty(desk)
    before = desk.read(SHEET)
    diff = desk.run("fix", "--diff", "--lang", "en")
    check = desk.run("fix", "--check", "--lang", "en")
    assert (diff.code, check.code, desk.read(SHEET)) == (1, 1, before)
    assert diff.out.startswith(f"--- {SHEET}\n+++ {SHEET}\n@@ ")
    assert "-  telephone: 05 45 22 20 40 # accueil\n" in diff.out
    assert f"+  telephone: {PHONE} # accueil\n" in diff.out
    assert "nothing was written" in diff.err
    assert "2 faults can be mended, in 1 file; nothing was written." in check.out


def test_the_diff_is_one_that_patch_takes(desk: Desk) -> None:
    wanted = faulty(desk)
    account = desk.read(ACCOUNT)
    assert account.endswith("true\n")
    desk.edit(ACCOUNT, "recevoir_notifications: true", "recevoir_notifications: oui")
    desk.git("init", "--quiet")
    (desk.root / "fix.patch").write_text(desk.run("fix", "--diff").out, encoding="utf-8")
    desk.git("apply", "-p0", "fix.patch")
    assert (desk.read(SHEET), desk.read(ACCOUNT)) == (wanted, account)


def test_json_says_what_was_mended_and_what_is_left(desk: Desk) -> None:
    faulty(desk)
    desk.edit(OTHER, 'date_creation: "2016-07-13"', 'date_creation: "03/04/2016"')
    document = desk.run("fix", "--check", "--format", "json").json
    assert (document["type"], document["written"]) == ("fix", False)
    assert document["summary"] == {"mended": 2, "unsafe": 1, "by_hand": 2}
    (sheet,) = [one for one in document["files"] if one["path"] == SHEET]
    assert {one["rule"] for one in sheet["mended"]} == {"CP007", "CP203"}
    assert "diff" not in sheet
    assert "diff" in desk.run("fix", "--diff", "--format", "json").json["files"][0]


def test_json_of_a_failure_is_one_document(desk: Desk) -> None:
    ended = desk.run("fix", "nowhere.yaml", "--format", "json")
    assert ended.code == 66
    assert ended.json["error"]["exit_code"] == 66


def test_only_named_files_are_mended(desk: Desk) -> None:
    faulty(desk)
    desk.edit(OTHER, f"telephone: {PHONE}", "telephone: 05 45 22 20 40")
    before = desk.read(SHEET)
    assert desk.run("fix", OTHER).code == 0
    assert f"telephone: {PHONE}" in desk.read(OTHER)
    assert desk.read(SHEET) == before


def test_what_may_change_the_meaning_waits_to_be_asked_for(desk: Desk) -> None:
    desk.edit(OTHER, 'date_creation: "2016-07-13"', 'date_creation: "03/04/2016"')
    ended = desk.run("fix", "--lang", "en")
    assert "(only with --unsafe: the meaning may change)" in ended.out
    assert '"03/04/2016"' in desk.read(OTHER)
    assert desk.run("fix", "--unsafe").code == 0
    assert 'date_creation: "2016-04-03" # pour mémoire' in desk.read(OTHER)


def test_a_fix_that_is_not_made_says_which_rule_stopped_it(desk: Desk) -> None:
    twice = "".join(f'  - code: "{code}"\n    libelle: "Services techniques"\n' for code in ("ST ", "ST"))
    desk.edit(SHEET, SERVICES, SERVICES + twice)
    ended = desk.run("fix", "--lang", "en")
    assert "CP016 is not mended: an error of another rule would come: CP403 (Service codes are unique)" in ended.out
    (file,) = desk.run("fix", SHEET, "--format", "json").json["files"]
    assert [(one["rule"], one["stopped_by"]) for one in file["refused"]] == [("CP016", ["CP403"])]


def test_a_service_that_must_not_go_comes_back_where_the_list_is_written(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)
    assert desk.run("fix").code == 0
    assert f'{WITHOUT}  - code: "FACTURES_PUBLIQUES"\n' in desk.read(SHEET)
    assert desk.run("validate").code == 0


def test_a_file_that_is_no_utf8_is_read_in_the_encoding_that_is_named(desk: Desk) -> None:
    text = desk.read(SHEET)
    raw = text.replace("’", "'").encode("cp1252", "replace")
    (desk.root / SHEET).write_bytes(raw)
    assert desk.run("fix").code == 0
    assert (desk.root / SHEET).read_bytes() == raw
    ended = desk.run("fix", "--encoding", "cp1252", "--lang", "en")
    assert f"{SHEET}: read in cp1252, written in UTF-8" in ended.out
    assert desk.read(SHEET) == raw.decode("cp1252")
    assert desk.run("fix", "--encoding", "utf-7").code == 64


def test_a_file_gets_the_name_of_its_structure(desk: Desk) -> None:
    (desk.root / OTHER).rename(desk.root / "structures" / "adherent.yaml")
    ended = desk.run("fix", "--lang", "en")
    assert f"structures/adherent.yaml: renamed {OTHER}" in ended.out
    assert (desk.root / OTHER).is_file()
    assert not (desk.root / "structures" / "adherent.yaml").exists()


def test_no_file_is_named_over_another(desk: Desk) -> None:
    (desk.root / "structures" / "copie.yaml").write_text(desk.read(OTHER), encoding="utf-8")
    ended = desk.run("fix", "--lang", "en")
    assert "is not renamed" in ended.err
    assert (desk.root / "structures" / "copie.yaml").is_file()


def test_a_name_that_is_itself_a_siret_may_be_the_right_one(desk: Desk) -> None:
    other = "structures/21169999600016.yaml"
    (desk.root / OTHER).rename(desk.root / other)
    assert desk.run("fix").code == 0
    assert (desk.root / other).is_file()
    assert desk.run("fix", "--unsafe").code == 0
    assert (desk.root / OTHER).is_file()


def test_accounts_are_mended_and_the_project_file_is_not(desk: Desk) -> None:
    desk.append(PROJECT, "\n# fin\n")
    before = desk.read(PROJECT)
    text = desk.read(ACCOUNT)
    desk.write(ACCOUNT, text.replace('adresse_electronique_contact: "', 'adresse_electronique_contact: "mailto:', 1))
    assert desk.run("fix", PROJECT, ACCOUNT).code == 0
    assert (desk.read(ACCOUNT), desk.read(PROJECT)) == (text, before)


def test_what_cannot_be_read_is_told(desk: Desk) -> None:
    (desk.root / "structures" / "a.yaml").write_bytes(b"\x7fELF\x00\xff")
    (desk.root / "structures" / "b.yaml").mkdir()
    desk.write("structures/c.yaml", "type: [")
    names = ("structures/a.yaml", "structures/b.yaml", "structures/c.yaml")
    told = f"3 files cannot be read as sheets, whose other faults are not seen yet: {', '.join(names)}\n"
    assert told in desk.run("fix", "--lang", "en").out
    assert told in desk.run("fix", "--diff", "--lang", "en").err
    files = desk.run("fix", "--format", "json").json["files"]
    assert {one["path"]: one["by_hand"][0]["rule"] for one in files if not one["read"]} == dict(
        zip(names, ("CP002", "CP014", "CP001"), strict=True)
    )
    ended = desk.run("fix", PROJECT, "--lang", "en")
    assert (ended.code, ended.out) == (0, "Nothing to mend.\n")
    assert ended.err.startswith(f"note: {PROJECT} is the project file, in which nothing is mended")
    assert "note" not in desk.run("fix").err


def test_no_account_number_is_shown(desk: Desk) -> None:
    spelt = "-".join(IBAN[at : at + 4] for at in range(0, len(IBAN), 4)).lower()
    desk.append(SHEET, BANK.replace(IBAN, spelt).replace("AGRIFRPPXXX", "agrifrppxxx"))
    for words in (("--diff",), ("--check",), ("--diff", "--format", "json"), ()):
        ended = desk.run("fix", *words)
        shown = (ended.out + ended.err).upper()
        assert IBAN not in shown.replace("-", "")
        assert "AGRIFRPP" not in shown
    assert f'iban: "{IBAN}"\n    bic: "AGRIFRPPXXX"' in desk.read(SHEET)
    assert '"FR76 **** 0189"' in desk.run("set", "coordonnees_bancaires[Régie].bic=BDFEFRPPCCT", "--target", "*", "--diff").out


def test_a_file_that_changes_meanwhile_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty(desk)

    def _later(project: OpenProject, changes: Sequence[FileChange]) -> None:
        desk.append(SHEET, "# somebody\n")
        write_changes(project, changes)

    monkeypatch.setattr("chorus_config.app.fixing.fix.write_changes", _later)
    ended = desk.run("fix", "--lang", "en")
    assert ended.code == 4
    assert "was changed meanwhile" in ended.err
    assert "libellé:" in desk.read(SHEET)


def test_findings_carry_their_fixes(desk: Desk) -> None:
    faulty(desk)
    (found,) = [one for one in desk.run("validate", "--format", "json").json["findings"] if one["rule"] == "CP203"]
    assert found["fix"]["safe"] is True
    (edit,) = found["fix"]["edits"]
    assert edit["text"] == PHONE
    assert "fix` " in desk.run("validate", "--format", "github").out
    assert "(`chorus-config fix` " not in desk.run("validate", "--format", "text").out
    (result,) = [one for one in _results(desk) if one["ruleId"] == "CP203"]
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert change["replacements"][0]["insertedContent"] == {"text": PHONE}


def _results(desk: Desk) -> list[Any]:
    found = json.loads(desk.run("validate", "--format", "sarif").out)
    return list(found["runs"][0]["results"])


def test_files_that_are_no_sheets_are_skipped_for_hooks(desk: Desk) -> None:
    desk.write("ailleurs.yaml", "a: 1\n")
    assert desk.run("fix", "ailleurs.yaml", "--force-exclude").code == 0
    assert Path(desk.root / "ailleurs.yaml").read_text(encoding="utf-8") == "a: 1\n"


def test_services_that_are_not_written_are_not_managed(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, "")
    before = desk.read(SHEET)
    assert desk.run("fix").code == 0
    assert desk.read(SHEET) == before
    assert SECOND in desk.read(OTHER)
    assert TECHNICAL not in before
