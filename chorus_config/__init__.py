"""chorus-config: the structure sheets of Chorus Pro as declarative configuration."""

from __future__ import annotations

__version__ = "0.1.0"
