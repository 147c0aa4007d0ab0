"""Floor 1: strict YAML text to plain data and back, with positions when somebody asks for them."""

from __future__ import annotations
