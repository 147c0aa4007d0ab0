"""Floor 1: sheets as addressed resources, their differences, and what may be shown of them."""

from __future__ import annotations
