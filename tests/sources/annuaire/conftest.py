"""What the tests of lists in files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.annuaire.making import Reader


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Read files of a folder of its own."""
    return Reader(tmp_path)
