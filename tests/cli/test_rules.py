"""`rules`: the catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from chorus_config.app.rules import days
from chorus_config.cli import main as door
from chorus_config.i18n.translator import translator_for
from chorus_config.rules.catalogue import RULES, module_of, texts

from .desk import PROJECT, Desk, conforms


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "COMMANDS", tuple(dict.fromkeys((*door.COMMANDS, "rules", "explain"))))


def test_lists_every_rule_with_its_title(bare: Desk) -> None:
    ended = bare.run("rules")
    assert (ended.code, ended.err) == (0, "")
    for rule in RULES:
        assert f"  {rule}  " in ended.out
        assert texts(rule).title in ended.out
    assert f"{len(RULES)} rules: " in ended.out.splitlines()[-1]


def test_json_satisfies_its_schema(bare: Desk) -> None:
    ended = bare.run("rules", "--format", "json")
    assert ended.code == 0
    conforms("rules", ended.json)
    assert [row["id"] for row in ended.json["rules"]] == list(RULES)


def test_markdown_and_files(bare: Desk) -> None:
    ended = bare.run("rules", "--format", "markdown:rules.md", "--format", "json")
    assert ended.code == 0
    assert bare.read("rules.md") == bare.run("rules", "--format", "markdown").out
    assert bare.read("rules.md").startswith("# The rules of chorus-config\n")
    conforms("rules", ended.json)


def test_the_language_is_that_of_the_project(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHORUS_CONFIG_LANG")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert translator_for("fr")(texts("CP001").title) in desk.run("rules").out
    desk.edit(PROJECT, "langue: fr", "langue: en")
    assert texts("CP001").title in desk.run("rules").out
    assert translator_for("fr")(texts("CP001").title) in desk.run("rules", "--lang", "fr").out


def test_an_invalid_project_is_no_reason_to_say_nothing(desk: Desk) -> None:
    desk.append(PROJECT, "zzz: true\n")
    assert desk.run("validate").code == 78
    assert desk.run("rules").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--format", "xml"), 64), (("zzz",), 64), (("-C", "nowhere"), 66), (("--format", "json:nowhere/a.json"), 69)],
)
def test_exit_codes(bare: Desk, words: tuple[str, ...], code: int) -> None:
    ended = bare.run("rules", *words)
    assert ended.code == code
    assert ended.out == ""
    assert ended.err.count("chorus-config: ") == 1


def test_writes_nothing(desk: Desk) -> None:
    before = desk.listing()
    desk.run("rules")
    assert desk.listing() == before


@pytest.mark.parametrize("language", ["fr", "en"])
def test_help_shows_examples_that_work(bare: Desk, language: str) -> None:
    ended = bare.run("rules", "--help", "--lang", language)
    assert ended.code == 0
    examples = [line.split()[1:] for line in ended.out.splitlines() if line.startswith("    chorus-config ")]
    assert len(examples) == 3
    for words in examples:
        assert bare.run(*words).code == 0


def test_days_come_from_the_schemas_and_the_rules() -> None:
    found = days()
    assert found["CP501"] == (None, "2023-02-20")
    assert found["CP710"] == ("2017-01-01", "2017-12-31")
    assert found["CP504"] == (None, "2023-02-20")
    assert found["CP706"] == found["CP707"] == (None, "2016-12-31")
    assert {rule for rule, span in found.items() if span != (None, None)} <= set(RULES)


@pytest.mark.parametrize("rule", [rule for rule, row in RULES.items() if row.where in {"python", "guard"}])
def test_a_rule_that_holds_a_day_is_told_with_it(rule: str) -> None:
    module = module_of(rule)
    held = {value.isoformat() for value in vars(module).values() if isinstance(value, date)}
    assert held == {day for day in days().get(rule, ()) if day}
