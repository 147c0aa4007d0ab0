"""Floor 4: the command line. One command, one file."""

from __future__ import annotations
