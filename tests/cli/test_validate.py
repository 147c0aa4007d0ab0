"""`validate`, by its contract in design/product.md."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from benchmarks import sheets
from chorus_config.cli.main import main

from .desk import ACCOUNT, OTHER, PROJECT, SERVICES, SHEET, SIRET, WITHOUT, Desk, conforms, findings, rules

_PLACED = re.compile(r"^[^\s:][^:]*:[1-9][0-9]*:[1-9][0-9]*: ")


def test_a_good_project_is_0_and_counted(desk: Desk) -> None:
    ended = desk.run("validate")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("2 sheets, 2 accounts, 1 project file: 2 warnings\n")


def test_an_error_is_1(desk: Desk) -> None:
    desk.edit(SHEET, "type_identifiant: SIRET", "type_identifiant: SIREN")
    assert desk.run("validate").code == 1


def test_nothing_to_report_is_said(desk: Desk) -> None:
    for name in (SHEET, OTHER):
        desk.edit(name, "INACTIF\n", "ACTIF\n")
    assert desk.run("validate").out == "2 sheets, 2 accounts, 1 project file: nothing to report\n"


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("info", 1)])
def test_fail_level(desk: Desk, level: str, code: int) -> None:
    assert desk.run("validate", "--fail-level", level).code == code


def test_fail_level_stands_above_lesser_findings(desk: Desk) -> None:
    desk.append(PROJECT, "regles:\n  CP108: info\n")
    assert desk.run("validate", "--fail-level", "warning").code == 0
    assert desk.run("validate", "--fail-level", "info").code == 1


def test_an_unknown_fail_level_is_64(desk: Desk) -> None:
    assert desk.run("validate", "--fail-level", "fatal").code == 64


@pytest.mark.parametrize("wish", [("CP108",), ("cp108",), ("CP1",), ("CP4,CP108",), ("CP4", "CP108")])
def test_select_keeps_rules_and_blocks(desk: Desk, wish: tuple[str, ...]) -> None:
    words = [word for rule in wish for word in ("--select", rule)]
    assert rules(desk.run("validate", "--format", "json", *words)) == ["CP108", "CP108"]


def test_select_leaves_the_rest_out(desk: Desk) -> None:
    desk.edit(SHEET, "accueil@sditec.fr", "accueil")
    ended = desk.run("validate", "--format", "json", "--select", "CP108")
    assert (ended.code, set(rules(ended))) == (0, {"CP108"})


@pytest.mark.parametrize("wish", ["CP108", "CP1", "cp108 , CP601"])
def test_ignore(desk: Desk, wish: str) -> None:
    ended = desk.run("validate", "--format", "json", "--fail-level", "info", "--ignore", wish)
    assert (ended.code, rules(ended)) == (0, [])


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("word", ["CP999", "X", "C", "CP", "CP1080"])
def test_no_rule_begins_so_is_64(desk: Desk, option: str, word: str) -> None:
    ended = desk.run("validate", option, word)
    assert ended.code == 64
    assert option in ended.err
    assert word in ended.err


_BROKEN = {
    "CP001": b"type: [fiche-structure\n",
    "CP002": b"type: fiche-structure\nversion: 1\nnom: caf\xe9\n",
    "CP003": b"type: &ancre fiche-structure\n",
    "CP004": b"type: fiche-structure\ntype: fiche-structure\n",
    "CP005": b"#" * (256 * 1024 + 1),
}


@pytest.mark.parametrize("rule", _BROKEN)
@pytest.mark.parametrize("words", [("--ignore", "{}"), ("--ignore", "CP0"), ("--select", "CP108")])
def test_what_stops_the_loader_is_never_silenced(desk: Desk, rule: str, words: tuple[str, ...]) -> None:
    (desk.root / SHEET).write_bytes(_BROKEN[rule])
    ended = desk.run("validate", "--format", "json", *(word.format(rule) for word in words))
    assert (rule, "error", SHEET) in findings(ended)
    assert ended.code == 1


@pytest.mark.parametrize(
    "words", [("--ignore", "CP401"), ("--ignore", "CP4"), ("--select", "CP108"), ("--ignore", "CP401", "--select", "CP1")]
)
def test_factures_publiques_is_never_silenced(desk: Desk, words: tuple[str, ...]) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)
    ended = desk.run("validate", "--format", "json", *words)
    assert ended.code == 1
    assert ("CP401", "error", SHEET) in findings(ended)


def test_a_sheet_under_another_ending_is_not_passed_over_in_silence(desk: Desk) -> None:
    (desk.root / SHEET).rename((desk.root / SHEET).with_suffix(".yml"))
    name = SHEET.replace(".yaml", ".yml")
    assert f"note: {name} is not read" in desk.run("validate").err
    assert desk.run("validate", "--quiet").err == ""
    assert f"note: {name} is not read" in desk.run("plan").err


def test_ignoring_a_fixed_rule_is_noted(desk: Desk) -> None:
    assert "CP401" in desk.run("validate", "--ignore", "CP401").err
    assert desk.run("validate", "--ignore", "CP401", "--quiet").err == ""


@pytest.mark.parametrize(
    "decision",
    [
        'regles:\n  CP401: "off"\n',
        "regles:\n  CP401: info\n",
        f'derogations:\n  - {{regle: CP401, fiche: "{SIRET}", motif: "essai", jusqu_au: "2050-12-31"}}\n',
        f'acceptations:\n  - {{regle: CP401, adresse: "{SIRET}", motif: "essai", jusqu_au: "2050-12-31"}}\n',
    ],
)
def test_no_decision_of_the_project_silences_it(desk: Desk, decision: str) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)
    desk.append(PROJECT, decision)
    ended = desk.run("validate", "--format", "json")
    assert ended.code == 1
    assert {("CP401", "error", SHEET), ("CP015", "error", PROJECT)} <= {*findings(ended)}


def test_a_level_and_a_waiver_that_are_allowed_are_heard(desk: Desk) -> None:
    desk.append(PROJECT, f'derogations:\n  - {{regle: CP108, fiche: "{SIRET}", motif: "essai", jusqu_au: "2016-10-01"}}\n')
    assert findings(desk.run("validate", "--format", "json")) == [("CP108", "warning", OTHER)]
    assert len(rules(desk.run("validate", "--format", "json", "--as-of", "2016-10-02"))) == 3  # CP013 too: it ended


def test_ready_turns_what_is_missing_into_errors(desk: Desk) -> None:
    ended = desk.run("validate", "--ready", "--format", "json")
    assert ended.code == 1
    assert {level for rule, level, _path in findings(ended) if rule == "CP108"} == {"error"}


@pytest.mark.parametrize(("day", "told"), [("2023-02-20", False), ("2023-02-21", True)])
def test_as_of_wins_over_the_project(desk: Desk, day: str, told: bool) -> None:
    assert ("CP604" in rules(desk.run("validate", "--format", "json", "--as-of", day))) is told


@pytest.mark.parametrize("day", ["2016-13-01", "2016-02-30", "demain", "20161001", "2016-10-1", "0000-00-00"])
def test_a_day_that_is_none_is_64(desk: Desk, day: str) -> None:
    ended = desk.run("validate", "--as-of", day)
    assert (ended.code, day in ended.err) == (64, True)


def test_today_without_a_date(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.edit(PROJECT, 'date_de_reference: "2016-10-01"\n', "")
    assert "CP604" in rules(desk.run("validate", "--format", "json"))


def test_force_exclude_skips_what_is_no_sheet(desk: Desk) -> None:
    desk.write("README.md", "# rien\n")
    ended = desk.run("validate", "--force-exclude", "README.md")
    assert ended.code == 0
    assert "README.md" in ended.err
    assert desk.run("validate", "--force-exclude", "--quiet", "README.md").err == ""


def test_a_named_file_is_always_checked_without_it(desk: Desk) -> None:
    desk.write("README.md", "# rien\n")
    ended = desk.run("validate", "--format", "json", "README.md")
    assert ended.code == 1
    assert {path for _rule, _level, path in findings(ended)} == {"README.md"}


def test_force_exclude_still_checks_ours(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)
    (desk.root / "ailleurs.yml").write_bytes((desk.root / SHEET).read_bytes())
    ended = desk.run("validate", "--force-exclude", "--format", "json", "ailleurs.yml", SHEET)
    assert {path for rule, _level, path in findings(ended) if rule == "CP401"} == {"ailleurs.yml", SHEET}


def test_force_exclude_does_not_excuse_a_missing_file(desk: Desk) -> None:
    assert desk.run("validate", "--force-exclude", "absent.yaml").code == 66


def test_text_and_concise_begin_with_the_place(desk: Desk) -> None:
    lines = desk.run("validate", "--format", "text").out.splitlines()
    told = [line for line in lines[:-1] if not line.startswith("    ")]
    assert len(told) == 2
    assert all(_PLACED.match(line) for line in told)
    concise = desk.run("validate", "--format", "concise").out.splitlines()
    assert [line.split(" ", 3)[1:3] for line in concise] == [["warning", "CP108"]] * 2
    assert all(_PLACED.match(line) for line in concise)


def test_the_formats_say_the_same(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)
    rows = desk.run("validate", "--format", "json").json["findings"]
    lines = [f"{r['path']}:{r['line']}:{r['column']}: {r['level']} {r['rule']} {r['message']}" for r in rows]
    assert desk.run("validate", "--format", "concise").out.splitlines() == lines
    text = desk.run("validate", "--format", "text").out
    assert all(line in text for line in lines)


def test_json_counts(desk: Desk) -> None:
    document = desk.run("validate", "--format", "json").json
    conforms("findings", document)
    assert (document["format_version"], document["type"], document["files"]) == ("1.0", "findings", 5)
    assert document["summary"] == {"error": 0, "warning": 2, "info": 0}


def test_json_points_into_the_file(desk: Desk) -> None:
    row = desk.run("validate", "--format", "json", SHEET).json["findings"][0]
    assert (row["pointer"], row["line"], row["column"]) == ("/informations_generales/statut", 11, 11)
    assert (row["end_line"], row["end_column"]) == (11, 18)


def test_one_fault_a_hundred_times_is_told_often_enough_and_counted_in_every_format(desk: Desk) -> None:
    desk.append(SHEET, "# \u200b\n" * 60)
    ended = desk.run("validate", "--format", "json", SHEET)
    conforms("findings", ended.json)
    rows = [row for row in ended.json["findings"] if row["rule"] == "CP002"]
    assert (ended.code, len(rows), ended.json["summary"]["error"]) == (1, 20, 20)
    assert rows[-1]["message"].endswith("(and 40 more of CP002 in this file)")
    assert not any("more of" in row["message"] for row in rows[:-1])
    # GitHub shows ten annotations a step, and its format says so itself.
    for name in ("text", "concise", "gitlab", "sarif", "junit", "markdown", "html"):
        out = desk.run("validate", "--format", name, SHEET).out
        assert out.count("40 more of CP002") >= 1, name
        assert out.count("U+200B") >= 20, name
    plan = desk.run("plan", "--format", "json", SHEET)
    conforms("plan", plan.json)
    told = [finding for change in plan.json["changes"] for finding in change["findings"]] + plan.json["findings"]
    assert (plan.code, sum(finding["rule"] == "CP002" for finding in told)) == (1, 20)


def test_several_formats_with_files(desk: Desk) -> None:
    ended = desk.run("validate", "--format", "text", "--format", "json:constats.json", "--format", "concise:constats.txt")
    assert ended.code == 0
    assert ended.out.endswith("2 warnings\n")
    conforms("findings", json.loads(desk.read("constats.json")))
    assert desk.read("constats.txt").count("CP108") == 2


def test_text_goes_to_stdout_when_files_take_the_rest(desk: Desk) -> None:
    assert desk.run("validate", "--format", "json:constats.json").out.endswith("2 warnings\n")


def test_the_same_findings_in_the_file_and_on_stdout(desk: Desk) -> None:
    desk.run("validate", "--format", "json:constats.json")
    assert desk.run("validate", "--format", "json").out == desk.read("constats.json")


@pytest.mark.parametrize(
    "words", [("--format", "json", "--format", "text"), ("--format", "xml"), ("--format", "json:"), ("--format", "JSON")]
)
def test_formats_that_do_not_go_are_64(desk: Desk, words: tuple[str, ...]) -> None:
    before = desk.listing()
    assert desk.run("validate", *words).code == 64
    assert desk.listing() == before


def test_a_file_that_cannot_be_written_is_69_and_leaves_nothing(desk: Desk) -> None:
    (desk.root / "dossier").mkdir()
    before = desk.listing()
    for name in ("absent/x.json", "dossier"):
        ended = desk.run("validate", "--format", f"json:{name}")
        assert (ended.code, name in ended.err) == (69, True)
    assert desk.listing() == before


@pytest.mark.parametrize("where", ["before", "after"])
def test_c_stands_before_and_after_the_command(desk: Desk, where: str) -> None:
    words = ("-C", "sditec", "validate") if where == "before" else ("validate", "-C", "sditec")
    ended = desk.run(*words, "--format", "json", at=desk.root.parent)
    assert {path for _rule, _level, path in findings(ended)} == {SHEET, OTHER}


def test_what_stands_after_the_command_wins(desk: Desk) -> None:
    assert desk.run("-C", "absent", "validate", "-C", "sditec", at=desk.root.parent).code == 0
    assert desk.run("--format", "json", "validate", "--format", "concise").out.startswith("structures/")


def test_c_moves_named_paths_and_files_too(desk: Desk) -> None:
    ended = desk.run("-C", "sditec", "validate", SHEET, "--format", "json:constats.json", at=desk.root.parent)
    assert ended.code == 0
    assert json.loads(desk.read("constats.json"))["files"] == 1


@pytest.mark.parametrize(("folder", "named"), [("structures", ()), ("comptes", ()), ("comptes", ("../structures",)), (".", ())])
def test_paths_are_relative_to_where_it_was_started(desk: Desk, folder: str, named: tuple[str, ...]) -> None:
    found = findings(desk.run("validate", "--format", "json", *named, at=desk.root / folder))
    told = {(desk.root / folder / path).resolve() for _rule, _level, path in found}
    assert told == {desk.root / SHEET, desk.root / OTHER}


def test_the_project_file_too_is_told_from_where_it_was_started(desk: Desk) -> None:
    desk.append(PROJECT, "inconnu: 1\n")
    found = findings(desk.run("validate", "--format", "json", at=desk.root / "structures"))
    assert [path for _rule, _level, path in found] == [f"../{PROJECT}"]


def test_named_files_find_their_project(desk: Desk) -> None:
    ended = desk.run("validate", "--format", "json", f"sditec/{SHEET}", at=desk.root.parent)
    assert findings(ended) == [("CP108", "warning", f"sditec/{SHEET}")]


def test_config_names_the_project(desk: Desk) -> None:
    (desk.root / PROJECT).rename(desk.root / "autre.yaml")
    desk.append("autre.yaml", "regles:\n  CP108: error\n")
    assert desk.run("validate", "--config", "autre.yaml").code == 1
    assert desk.run("validate", "--config", "absent.yaml").code == 66


def test_without_a_project_file(desk: Desk) -> None:
    (desk.root / PROJECT).unlink()
    ended = desk.run("validate", "--as-of", "2016-10-01")
    assert ended.out.endswith("2 sheets, 2 accounts: 2 warnings\n")


def test_the_project_file_by_name(desk: Desk) -> None:
    assert desk.run("validate", PROJECT).out == "1 project file: nothing to report\n"


def test_an_account_by_name(desk: Desk) -> None:
    desk.edit(ACCOUNT, "recevoir_notifications: true", "recevoir_notifications: false")
    assert rules(desk.run("validate", "--format", "json", ACCOUNT)) == ["CP802"]


def test_one_identifier_in_two_sheets_shows_both_places(desk: Desk) -> None:
    desk.edit(OTHER, '"25160278500023"', f'"{SIRET}"')
    ended = desk.run("validate", "--format", "json", "--select", "CP011")
    assert findings(ended) == [("CP011", "error", OTHER)]
    assert [other["path"] for other in ended.json["findings"][0]["related"]] == [SHEET]


def test_a_file_named_twice_is_checked_once(desk: Desk) -> None:
    assert desk.run("validate", "--format", "json", SHEET, f"./{SHEET}", "structures").json["files"] == 2


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FORMAT", "json", ("--format", "json")),
        ("FORMAT", "concise json:x.json", ("--format", "concise", "--format", "json:x.json")),
        ("AS_OF", "2023-02-21", ("--as-of", "2023-02-21")),
        ("FAIL_LEVEL", "warning", ("--fail-level", "warning")),
        ("SELECT", "CP401,CP108", ("--select", "CP401,CP108")),
        ("IGNORE", "CP1", ("--ignore", "CP1")),
        ("READY", "1", ("--ready",)),
        ("COLOR", "always", ("--color", "always")),
        ("QUIET", "1", ("--quiet",)),
        ("CONFIG", "chorus-config.yaml", ("--config", "chorus-config.yaml")),
        ("DIRECTORY", "structures", ("-C", "structures")),
        ("C", "structures", ("-C", "structures")),
    ],
)
def test_each_option_is_an_environment_variable(desk: Desk, name: str, value: str, words: tuple[str, ...]) -> None:
    asked = desk.run("validate", *words)
    desk.env(**{name: value})
    assert desk.run("validate") == asked


def test_force_exclude_by_the_environment(desk: Desk) -> None:
    desk.write("README.md", "# rien\n")
    desk.env(FORCE_EXCLUDE="1")
    assert desk.run("validate", "README.md").code == 0


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FORMAT", "concise", ("--format", "json")),
        ("AS_OF", "2023-02-21", ("--as-of", "2016-10-01")),
        ("COLOR", "always", ("--color", "never")),
        ("DIRECTORY", "absent", ("-C", ".")),
        ("CONFIG", "absent.yaml", ("--config", PROJECT)),
    ],
)
@pytest.mark.parametrize("where", ["before", "after"])
def test_the_command_line_wins_over_the_environment(
    desk: Desk, name: str, value: str, words: tuple[str, ...], where: str
) -> None:
    line = (*words, "validate") if where == "before" else ("validate", *words)
    asked = desk.run(*line)
    desk.env(**{name: value})
    assert desk.run(*line) == asked


def test_colour_is_for_text_only(desk: Desk) -> None:
    assert "\x1b[" in desk.run("validate", "--color", "always").out
    assert "\x1b[" not in desk.run("validate", "--color", "always", "--format", "concise").out
    assert "\x1b[" not in desk.run("validate", "--color", "always", "--format", "json").out
    assert "\x1b[" not in desk.run("validate").out


def test_writes_nothing(desk: Desk) -> None:
    before = desk.listing()
    desk.run("validate")
    desk.run("validate", "--format", "json")
    assert desk.listing() == before


def test_a_file_name_cannot_act_on_the_terminal_or_forge_a_line(desk: Desk) -> None:
    (desk.root / "structures" / "a\x1b[31m\nb.yaml").write_bytes(b"type: fiche-structure\n")
    for name in ("text", "concise"):
        out = desk.run("validate", "--format", name, "--color", "never").out
        assert "\x1b" not in out
        assert "\nb.yaml" not in out


def test_a_file_name_that_is_not_utf_8(desk: Desk) -> None:
    path = bytes(desk.root) + b"/structures/\xff.yaml"
    with open(path, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(b"type: fiche-structure\n")
    for name in ("text", "concise", "json"):
        ended = desk.run("validate", "--format", name)
        assert ended.code == 1
        assert "CP014" in ended.out


@pytest.mark.parametrize("form", ["text", "concise", "markdown"])
def test_in_a_log_of_github_no_file_name_is_a_command(desk: Desk, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    desk.write("::error::x.yaml", "type: fiche-structure\n")
    told = desk.run("validate", "::error::x.yaml", "--format", form)
    assert "::error::x.yaml" in told.out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    ended = desk.run("validate", "::error::x.yaml", "--format", form)
    assert ended.out.replace("· ::", "::") == told.out
    assert not any(line.lstrip().startswith(("::", "##[")) for line in ended.out.splitlines())
    assert desk.run("validate", "::error::x.yaml", "--format", "github").out.startswith("::error file=")


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Tell that it is one."""
        return True


def test_progress_is_shown_on_a_terminal_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("chorus_config.cli.shared.terminal._PROGRESS_AFTER", 0)
    assert desk.run("validate").err == ""
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    for words, label in (
        (("validate",), "Checking"),
        (("fix",), "Mending"),
        (("set", "emission=HELIOS", "--target", "*"), "Changing"),
    ):
        assert desk.run(*words, "--lang", "en").code in {0, 4}
        assert f"{label}  [" in screen.getvalue()
        assert "100%" in screen.getvalue()
        screen.truncate(0)
    monkeypatch.setattr("chorus_config.cli.shared.terminal._PROGRESS_AFTER", 60)
    desk.run("fix")
    assert "[" not in screen.getvalue()


def test_many_sheets_say_the_same_in_processes_and_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("CHORUS_CONFIG_CACHE_DIR", str(cache))
    sheets.write(tmp_path / "many", 420)
    path = tmp_path / "many" / "structures" / f"{sheets.siret(9)}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("pays:", "pais:", 1), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "many")
    told = []
    for words in (("--no-cache", "--jobs", "1"), ("--no-cache", "--jobs", "2"), ("--jobs", "2"), (), ("--jobs", "1")):
        told.append((main(["validate", "--format", "json", *words]), *capfd.readouterr()))
        assert cache.exists() is ("--no-cache" not in words)
    assert told == told[:1] * 5
    assert told[0][0] == 1
    assert main(["validate", "--jobs", "0"]) == 64
