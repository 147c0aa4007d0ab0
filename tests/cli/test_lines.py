"""Nothing that a file says begins a line of ours, acts on a terminal, or speaks to a runner."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest

from tests.render.reading import acting

from .desk import PROJECT, SHEET, SIRET, Desk
from .portal import general, snapshot

HOSTILE: Final = (
    "\n::error file=x::y",
    "::error::x",
    "##vso[task.x]y",
    "\r\x1b[2J\u202ez",
    "\n  ::set-output x::y",
    "##[error]x",
)
COMMAND: Final = re.compile(r"^[ \t]*(?:::|##\w*\[)", re.MULTILINE)


def harmless(text: str) -> None:
    """Assert that a text neither acts nor speaks."""
    assert not acting(text)
    assert not COMMAND.search(text)


@pytest.mark.parametrize("runner", ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "CI"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_snapshot(approved: Desk, monkeypatch: pytest.MonkeyPatch, runner: str, text: str) -> None:
    monkeypatch.setenv(runner, "true")
    snapshot(approved, general(text), source=text)
    for words in (("observe", "releve.json"), ("observe", "releve.json", "--record"), ("drift", "--against", "releve.json")):
        ended = approved.run(*words, stdin="n\n")
        harmless(ended.out)
        harmless(ended.err)


def test_the_source_of_a_snapshot_begins_no_line(approved: Desk) -> None:
    snapshot(approved, general("X"), source="Approved: 3 changes.")
    asked = approved.run("observe", "releve.json", "--record", stdin="n\n").err
    assert not [line for line in asked.splitlines() if line.startswith("Approved: 3 changes.")]
    assert "Taken 5 October 2026, 08:30 UTC: Approved: 3 changes." in asked


@pytest.mark.parametrize("text", HOSTILE)
def test_names_of_files_and_words_of_the_command_line(desk: Desk, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for words in (
        ("validate", text), ("plan", text), ("show", text), ("apply", text), ("worksheet", text), ("observe", text),
        ("drift", "--against", text), ("import", text, "--target", text), ("history", text), ("explain", text),
        ("state", "show", text), ("plan", "--target", text), ("validate", "--select", text), (text,),
        ("plan", "--format", text), ("plan", "--accept", text), ("lock", "release", text), ("diff", text),
        ("--config", text, "plan"), ("--as-of", text, "plan"),
    ):  # fmt: skip
        ended = desk.run(*words)
        assert ended.code not in {0, 70}
        harmless(ended.out)
        harmless(ended.err)


@pytest.mark.parametrize("text", HOSTILE)
def test_values_of_a_sheet_and_of_the_project(desk: Desk, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    desk.edit(SHEET, '"SDITEC"', json.dumps(text))
    desk.edit(SHEET, f'"{SIRET}"', json.dumps(text))
    desk.append(PROJECT, f"acceptations:\n  - regle: CP906\n    adresse: {json.dumps(text)}\n    motif: {json.dumps(text)}\n")
    for words in (("validate",), ("plan",), ("apply",), ("status",), ("validate", "--ready")):
        ended = desk.run(*words, stdin="n\n")
        harmless(ended.out)
        harmless(ended.err)
