"""Progress: on a terminal, of many things, and of few that take long."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest

from chorus_config.cli.shared import terminal


class Terminal(io.StringIO):
    """A stderr that somebody looks at."""

    def isatty(self) -> bool:
        return True


def shown(count: int, *, quiet: bool = False) -> str:
    """Return what stands on the terminal once so many things went by."""
    request: Any = SimpleNamespace(quiet=quiet)
    screen = Terminal()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stderr", screen)
        assert [*terminal._track(request, iter(range(count)), count, "Lecture")] == [*range(count)]
    return screen.getvalue()


def test_few_that_are_quick_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_PROGRESS_AFTER", 3600)
    assert shown(7) == ""


def test_few_that_take_long_are_shown_from_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0, 0, 0.5, 3])
    monkeypatch.setattr("chorus_config.cli.shared.terminal.time.monotonic", lambda: next(ticks, 4))
    told = shown(7)
    assert "Lecture" in told
    assert " 28%" in told
    assert "100%" in told


def test_many_are_shown_at_once_unless_nobody_wants_it() -> None:
    assert shown(500, quiet=True) == ""
    assert "Lecture" in shown(500)
