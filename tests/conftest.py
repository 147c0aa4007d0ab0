"""What all tests share: a PostgreSQL server for those that ask for one, and the figures that some of them print."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from chorus_config.i18n.translator import Translator, translator_for
from tests.postgres import postgres_database, postgres_server, postgres_url

__all__ = ["figure", "postgres_database", "postgres_server", "postgres_url"]

Figure = Callable[[str], None]

# `make test` runs the interpreter of .venv without entering it: what is installed beside it (pre-commit) is found first.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

# How long a case takes is no verdict: a loaded machine must not fail a law.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def say() -> Translator:
    """English, which needs no catalogue."""
    return translator_for("en")


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Note what a test measured: it is printed at the end of the run, whatever the worker."""
    return lambda text: record_property("figure", text)


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: many tests wait for a disk, a server, git or a browser."""
    return (os.cpu_count() or 1) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures, in the order of the tests."""
    told = sorted(
        (report.nodeid, str(value))
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "figure" and report.when == "call"
    )
    if told:
        terminalreporter.section("figures")
        for test, value in told:
            terminalreporter.write_line(f"{test.rpartition('/')[2]}: {value}")
