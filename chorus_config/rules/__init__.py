"""Floor 1: the rules, one module each. The registry is the literal in `catalogue`."""

from __future__ import annotations
