from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from .desk import EXAMPLE, Desk


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing of the caller's environment speaks in; English needs no catalogue."""
    for name in [name for name in os.environ if name.startswith(("CHORUS_CONFIG_", "GIT_"))]:
        monkeypatch.delenv(name)
    # Verdicts of tests are remembered apart from those of whoever runs them.
    monkeypatch.setenv("CHORUS_CONFIG_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHORUS_CONFIG_LANG", "en")
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Desk:
    """An empty folder."""
    root = tmp_path / "vide"
    root.mkdir()
    return Desk(root, monkeypatch, capfdbinary)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Desk:
    """A copy of the example, of which nothing is approved yet, with a deadline far away (CP053 has its own tests)."""
    root = tmp_path / "sditec"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".chorus-config"))
    desk = Desk(root, monkeypatch, capfdbinary)
    desk.edit("chorus-config.yaml", '"2016-10-31"', '"2030-12-31"')
    return desk


@pytest.fixture
def approved(desk: Desk) -> Desk:
    """A copy of the example, approved as it stands."""
    assert desk.run("apply", "--yes").code == 0
    return desk
