"""Floor 4: the door. One command, one file; each runs to an exit code."""

from __future__ import annotations
