"""`notice`: what suppliers are told, from the sheets alone; changes with the real git."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any

import click
import pytest

from chorus_config.cli.notice import FORMATS
from chorus_config.cli.shared.completion import complete_format
from tests.repository import begun, commit

from .desk import OTHER, PROJECT, SECOND, SHEET, SIRET, STORE, TECHNICAL, Desk

DAY = ("--as-of", "2026-11-26")
BARE = f"251602785_{SIRET}"
TECH = '  - code: "ST-TECH"\n    libelle: "Services techniques"\n    actif: true\nutilisateurs:'


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The settings of whoever runs the tests stay out."""
    for name in [name for name in os.environ if name.startswith("PRE_COMMIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def active(desk: Desk) -> Desk:
    """The example, its first structure active, committed to `main`."""
    desk.edit(SHEET, "statut: INACTIF", "statut: ACTIF")
    begun(desk.root)
    return desk


def notice(desk: Desk, *words: str, code: int = 0) -> Any:
    """Return the document of a notice."""
    ended = desk.run("notice", *DAY, "--format", "json", *words)
    assert ended.code == code, ended.err
    document = ended.json
    assert document["type"] == "notice"
    assert "error" not in document
    return document


def states(document: Any) -> dict[str, str]:
    """Return the state of each address."""
    return {one["address"]: one["state"] for structure in document["structures"] for one in structure["addresses"]}


def events(document: Any) -> list[tuple[str, str, str | None]]:
    """Return each change: what, at which address, from when."""
    return [
        (one["event"], (one["before"] or one["after"])["address"], one["on"])
        for structure in document["structures"]
        for one in structure["changes"]
    ]


def refused(desk: Desk, code: int, *words: str) -> str:
    """Assert that the command ends so, with one document for machines; return what it told people."""
    ended = desk.run("notice", *DAY, *words)
    assert (ended.code, ended.out) == (code, ""), ended.err
    assert "Traceback" not in ended.err
    machine = desk.run("notice", *DAY, "--format", "json", *words)
    assert (machine.code, machine.json["type"], machine.json["error"]["exit_code"]) == (code, "notice", code)
    return ended.err


def test_the_addresses_of_every_sheet_are_told_without_a_store(active: Desk) -> None:
    document = notice(active)
    assert states(document) == {
        BARE: "open",
        f"{BARE}_FACTURES_PUBLIQUES": "open",
        f"251602785_{SECOND}": "closed",
        f"251602785_{SECOND}_FACTURES_PUBLIQUES": "closed",
    }
    assert (document["as_of"], document["from"], document["compared"]) == ("2026-11-26", None, None)
    assert not (active.root / STORE).exists()


def test_it_is_narrowed_by_paths_and_by_targets(active: Desk) -> None:
    assert [one["siret"] for one in notice(active, OTHER)["structures"]] == [SECOND]
    assert [one["siret"] for one in notice(active, "--target", "*15")["structures"]] == [SIRET]
    assert "*9" in refused(active, 66, "--target", "*9")
    assert "nowhere.yaml" in refused(active, 66, "nowhere.yaml")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_the_address(active: Desk, name: str) -> None:
    ended = active.run("notice", *DAY, "--format", name)
    assert ended.code == 0
    assert BARE in ended.out.replace("<wbr>", "")


def test_rows_can_be_written_to_a_file_beside_the_letter(active: Desk) -> None:
    ended = active.run("notice", *DAY, "--format", "csv:adresses.csv", "--format", "html:lettre.html")
    assert ended.code == 0
    rows = [*csv.DictReader(io.StringIO((active.root / "adresses.csv").read_bytes().decode(), newline=""), strict=True)]
    assert rows[0]["address"] == BARE
    assert len(rows) == 4
    assert active.read("lettre.html").startswith("<!DOCTYPE html>")


def test_what_a_branch_changes_for_suppliers_is_told(active: Desk) -> None:
    active.edit(SHEET, "utilisateurs:", TECH)
    active.edit(SHEET, "code_service_obligatoire: false", "code_service_obligatoire: true")
    document = notice(active, "--changes", "HEAD")
    assert events(document) == [("closes", BARE, None), ("opens", f"{BARE}_ST-TECH", None)]
    assert document["compared"].startswith("git:")
    assert document["structures"][0]["changes"][0]["rejection"] == {"status": "213", "reason": "REJ_CONT_B2G"}
    commit(active.root, "more")
    assert events(notice(active, "--changes", "HEAD~1..HEAD", "--from", "2027-01-01")) == events(document)
    assert notice(active, "--changes", "HEAD")["structures"] == []
    early = notice(active, "--changes", "HEAD~1", "--as-of", "2026-08-31")
    assert early["structures"][0]["changes"][0]["rejection"] is None


def test_what_changes_by_the_dates_of_services_is_told_until_a_day(active: Desk) -> None:
    active.edit(SHEET, "utilisateurs:", TECH.replace("actif: true", 'date_fin: "2026-12-31"'))
    assert events(notice(active, "--from", "2027-01-01")) == [("closes", f"{BARE}_ST-TECH", "2027-01-01")]
    assert notice(active, "--from", "2026-12-31")["structures"] == []
    assert "2026-11-26" in refused(active, 64, "--from", "2026-11-26")
    assert "YYYY-MM-DD" in refused(active, 64, "--lang", "en", "--from", "demain")


def test_the_portfolio_sends_it(active: Desk) -> None:
    document = notice(active)
    assert document["sender"] == "SDITEC"
    assert "SDITEC\n" in active.run("notice", *DAY, "--lang", "en").out.partition("Sent by: ")[2]
    assert [one["siret"] for one in document["contacts"]] == [one["siret"] for one in document["structures"]]
    assert notice(active, "--changes", "HEAD")["sender"] == "SDITEC"


def test_what_does_not_go_together_is_refused(active: Desk) -> None:
    assert "--target" in refused(active, 64, SHEET, "--changes", "HEAD")
    assert "nowhere" in refused(active, 66, "--changes", "nowhere")
    assert "*9" in refused(active, 66, "--changes", "HEAD", "--target", "*9")


def test_a_sheet_that_cannot_be_read_makes_the_notice_incomplete(active: Desk) -> None:
    active.write(OTHER, "type: [\n")
    document = notice(active, code=1)
    assert document["left_out"] == [OTHER]
    assert OTHER in active.run("notice", *DAY, "--lang", "en").err


def test_a_sheet_with_errors_is_told_of_on_the_side(active: Desk) -> None:
    active.append(SHEET, "inconnu: 1\n")
    ended = active.run("notice", *DAY, "--lang", "en")
    assert ended.code == 0
    assert f"{SHEET} has errors" in ended.err
    assert active.run("notice", *DAY, "--quiet").err == ""


def test_without_any_sheet_there_is_no_notice(bare: Desk) -> None:
    assert refused(bare, 66)


def test_a_project_file_that_is_invalid_stops_it(active: Desk) -> None:
    active.append(PROJECT, "inconnu: 1\n")
    assert active.run("notice", *DAY).code == 78


def test_a_failure_is_said_in_the_file_that_was_asked_for(active: Desk) -> None:
    assert active.run("notice", "--target", "*9", "--format", "markdown:lettre.md").code == 66
    assert "9" in active.read("lettre.md")
    assert TECHNICAL not in active.read("lettre.md")


def test_a_shell_completes_its_formats() -> None:
    context = click.Context(click.Command("notice"), info_name="notice")
    assert [one.value for one in complete_format(context, click.Option(["--format"]), "")] == [*FORMATS]
