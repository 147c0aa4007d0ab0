"""When a result is painted."""

from __future__ import annotations

import sys

import pytest

from chorus_config.cli.shared.output import in_colour


class Screen:
    """Something that is a terminal, or is none."""

    def __init__(self, *, terminal: bool) -> None:
        """Remember which."""
        self.terminal = terminal

    def isatty(self) -> bool:
        """Return what it is."""
        return self.terminal


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "painted"),
    [
        ("auto", {}, True, True), ("auto", {}, False, False), ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False), ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True), ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ("always", {"NO_COLOR": "1"}, False, True), ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)  # fmt: skip
def test_the_option_wins_then_no_colour_then_colour_then_the_terminal(
    monkeypatch: pytest.MonkeyPatch, choice: str, environment: dict[str, str], terminal: bool, painted: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", Screen(terminal=terminal))
    assert in_colour(choice) is painted
