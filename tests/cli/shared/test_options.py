"""Which language is spoken: --lang, CHORUS_CONFIG_LANG, the project's, an English locale, else French."""

from __future__ import annotations

import pytest

from chorus_config.app.project import language
from chorus_config.cli.shared.options import asked_in
from tests.cli.desk import PROJECT, Desk


@pytest.mark.parametrize(
    ("wishes", "spoken"),
    [
        (("en", "fr", "fr", "fr_FR.UTF-8"), "en"),
        (("fr", "en", "en", "en_US.UTF-8"), "fr"),
        ((None, "en", "fr", "fr_FR.UTF-8"), "en"),
        ((None, "fr", "en", "en_US.UTF-8"), "fr"),
        ((None, "", "en", "fr_FR.UTF-8"), "en"),
        ((None, "", "fr", "en_US.UTF-8"), "fr"),
        ((None, "", "", "en_US.UTF-8"), "en"),
        ((None, "", "", "en"), "en"),
        ((None, "", "", "fr_FR.UTF-8"), "fr"),
        ((None, "", "", "de_DE.UTF-8"), "fr"),
        ((None, "", "", "C"), "fr"),
        ((None, "", "", ""), "fr"),
        (("de", "", "", "en_GB"), "en"),
        ((None, "de", "en", ""), "en"),
    ],
)
def test_the_order(monkeypatch: pytest.MonkeyPatch, wishes: tuple[str | None, str, str, str], spoken: str) -> None:
    asked, variable, project, locale = wishes
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("LANG", locale)
    monkeypatch.setenv("CHORUS_CONFIG_LANG", variable)
    assert language(asked, project) == spoken


def test_the_order_of_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHORUS_CONFIG_LANG")
    monkeypatch.setenv("LANG", "fr_FR")
    monkeypatch.setenv("LC_MESSAGES", "en_GB")
    monkeypatch.setenv("LC_ALL", "")
    assert language(None) == "en"
    monkeypatch.setenv("LC_ALL", "fr_FR")
    assert language(None) == "fr"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["--lang", "en", "validate"], "en"),
        (["validate", "--lang", "en"], "en"),
        (["validate", "--lang=en"], "en"),
        (["validate", "--lang"], None),
        (["validate"], None),
        ([], None),
    ],
)
def test_asked_before_it_is_parsed(words: list[str], asked: str | None) -> None:
    assert asked_in(words) == asked


def test_what_stands_after_the_command_wins() -> None:
    """As for every shared option: `chorus-config --lang fr validate --lang en` speaks English."""
    assert asked_in(["--lang", "fr", "validate", "--lang", "en"]) == "en"


@pytest.mark.parametrize("where", ["before", "after"])
def test_english_on_demand(desk: Desk, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.delenv("CHORUS_CONFIG_LANG")
    words = ("--lang", "en", "validate") if where == "before" else ("validate", "--lang", "en")
    assert "2 sheets" in desk.run(*words).out


def test_english_by_the_environment_wins_over_the_project(desk: Desk) -> None:
    assert "langue: fr" in desk.read(PROJECT)
    assert "2 sheets" in desk.run("validate").out


def test_english_by_the_locale(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.edit(PROJECT, "langue: fr\n", "")
    monkeypatch.delenv("CHORUS_CONFIG_LANG")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "2 sheets" in desk.run("validate").out


def test_a_saved_plan_keeps_its_language(desk: Desk) -> None:
    desk.save()
    assert '"language": "en"' in desk.read("plan.json")
