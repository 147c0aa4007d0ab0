"""When a result is painted, and how one that comes in pieces is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chorus_config.cli.shared.output import in_colour, write_whole


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


def test_a_text_in_pieces_is_written_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", (one for one in ("é\n", "", "b\n")), 0o600)
    assert (tmp_path / "a.txt").read_bytes() == "é\nb\n".encode()
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_of_a_text_whose_pieces_end_too_early(tmp_path: Path) -> None:
    def _pieces() -> Iterator[str]:
        yield "new\n" * 100_000
        raise OSError("no room")

    (tmp_path / "a.txt").write_text("old\n")
    with pytest.raises(OSError, match="no room"):
        write_whole(tmp_path / "a.txt", _pieces())
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old\n"
