"""A project as another program has it: a copy of the example on the disk, and the Python API."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chorus_config.app import OpenOptions, OpenProject, open_project
from tests.cli.desk import EXAMPLE

Open = Callable[..., OpenProject]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str]) -> Any:
    """Nothing of the caller's environment speaks in, and no action prints anything."""
    for name in [name for name in os.environ if name.startswith(("CHORUS_CONFIG_", "GIT_"))]:
        monkeypatch.delenv(name)
    # Verdicts of tests are remembered apart from those of whoever runs them.
    monkeypatch.setenv("CHORUS_CONFIG_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.delenv("CI", raising=False)
    yield
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example, of which nothing is approved yet."""
    return shutil.copytree(EXAMPLE, tmp_path / "sditec", ignore=shutil.ignore_patterns(".chorus-config"))


@pytest.fixture
def opened(folder: Path) -> Open:
    """Open the copy, in English, as it is now; options as those of `OpenOptions`."""

    def _open(**options: Any) -> OpenProject:
        return open_project(OpenOptions(folder, language="en", **options))

    return _open
