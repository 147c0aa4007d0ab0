"""Rules on espaces."""

from __future__ import annotations
