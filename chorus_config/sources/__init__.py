"""Floor 3: what the portal says. One source, one file or folder."""

from __future__ import annotations
