"""Who did it: the name that is given, else git's, else the login; somebody is always named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .desk import SHEET, SIRET, Desk
from .portal import LATER, NAME, general, snapshot


@pytest.fixture
def nameless(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """The example on a machine whose git knows no name."""
    monkeypatch.setenv("HOME", str(tmp_path / "maison"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setattr("getpass.getuser", lambda: "grace")
    return desk


@pytest.fixture
def named(nameless: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """The example on a machine whose git knows a name."""
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Ada  Lovelace\n\temail = ada@example.invalid\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    return nameless


def authors(desk: Desk) -> list[tuple[str, str]]:
    """Return who wrote, and where each name comes from."""
    return [(row["by"], row["by_origin"]) for row in desk.run("history", "--format", "json").json["writes"]]


def test_the_login_when_nothing_else_is_known(nameless: Desk) -> None:
    nameless.run("apply", "--yes")
    assert authors(nameless) == [("grace", "login")]
    assert "grace (login)" in nameless.run("history").out


def test_git_knows_who(named: Desk) -> None:
    ended = named.run("apply", "--yes")
    assert authors(named) == [("Ada Lovelace", "git")]
    assert "Ada Lovelace (git user.name)" in named.run("history").out
    assert "Lovelace" not in ended.out + ended.err


def test_a_name_that_is_given_wins(named: Desk) -> None:
    named.env(BY="Bob, PR 12")
    named.run("apply", "--yes")
    named.run("confirm", "--target", SIRET, "--all", "--by", "Carol")
    assert authors(named) == [("Bob, PR 12", "given"), ("Carol", "given")]
    assert "Bob, PR 12\n" in named.run("history").out


def test_every_command_that_writes_names_somebody(named: Desk) -> None:
    named.run("apply", "--yes")
    named.run("confirm", "--all")
    snapshot(named, general("Autre"), taken_at=LATER)
    named.run("import", NAME, "--target", SIRET)
    named.run("apply", "--yes")
    snapshot(named, general("Autre encore"), taken_at="3000-01-01T00:00:00Z")
    named.run("observe", NAME, "--record", "--yes")
    named.run("state", "forget", SIRET, "--yes")
    events = [row["event"] for row in named.run("history", "--format", "json").json["writes"]]
    assert events == ["apply", "confirm", "import", "apply", "record", "forget"]
    assert set(authors(named)) == {("Ada Lovelace", "git")}
    document = named.run("state", "show", "comptes/gestionnaire-sditec", "--format", "json").json
    assert {one["closed_by"] for one in document["structures"][0]["operations"]} == {"Ada Lovelace"}


def test_without_git_the_login(named: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    named.edit(SHEET, "ANGOULEME", "COGNAC")
    named.run("apply", "--yes")
    assert authors(named) == [("grace", "login")]


@pytest.mark.parametrize("command", [("apply",), ("confirm",), ("observe",), ("import",), ("state", "forget")])
def test_the_help_says_so(desk: Desk, command: tuple[str, ...]) -> None:
    told = " ".join(desk.run(*command, "--help").out.split())
    assert "else git's user.name, else the login" in told


def test_a_move_of_the_store_names_nobody_in_the_history(desk: Desk) -> None:
    assert "for others who wait" in " ".join(desk.run("state", "migrate", "--help").out.split())
