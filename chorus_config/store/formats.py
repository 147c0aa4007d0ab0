"""What tells a store of ours, and of which format: known to every reader of it."""

from __future__ import annotations

from typing import Final

FORMAT: Final = 4
# "CHRC" in ASCII: tells our file from any other SQLite database.
APPLICATION_ID: Final = 0x43485243
# What stands as approved where nothing is: a structure that was only seen on the portal (from format 3 on).
NOTHING: Final = "null"
