"""Golden files: what a format says, to the byte. `CHORUS_CONFIG_GOLDEN=write` writes them anew, to be read in the diff."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "golden"
# Read before a test takes the caller's environment away.
WRITES: Final = os.environ.get("CHORUS_CONFIG_GOLDEN") == "write"


def agree(name: str, made: str) -> None:
    """Compare a text with its golden file."""
    file = FOLDER / name
    if WRITES:
        file.write_bytes(made.encode())
    assert file.read_bytes().decode() == made
