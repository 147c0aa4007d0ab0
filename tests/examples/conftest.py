from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from chorus_config.cli.main import main
from tests.cli.desk import Ended

Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the caller's environment speaks in."""
    for name in [name for name in os.environ if name.startswith(("CHORUS_CONFIG_", "GIT_"))]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CI"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """The program, run in this process."""

    def _run(*words: str) -> Ended:
        capfdbinary.readouterr()
        code = main(words)
        out, err = capfdbinary.readouterr()
        return Ended(code, out.decode(), err.decode())

    return _run
