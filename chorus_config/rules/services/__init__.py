"""Rules on services."""

from __future__ import annotations
