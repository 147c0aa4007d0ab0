from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from chorus_config.cli.main import main
from tests.cli.desk import Ended

Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing of the caller's environment speaks in."""
    for name in [name for name in os.environ if name.startswith(("CHORUS_CONFIG_", "GIT_"))]:
        monkeypatch.delenv(name)
    # Verdicts of tests are remembered apart from those of whoever runs them.
    monkeypatch.setenv("CHORUS_CONFIG_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
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
