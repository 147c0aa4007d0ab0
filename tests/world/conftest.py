from __future__ import annotations

import os

import pytest

from chorus_config.texts.translator import Texts, texts_in


@pytest.fixture(autouse=True)
def _own_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook that runs the tests names its own repository: not here."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def say() -> Texts:
    """English, which needs no catalogue."""
    return texts_in("en")
