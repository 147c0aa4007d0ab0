"""Who holds a store."""

from __future__ import annotations
