"""A snapshot in a file (docs/snapshot.md)."""

from __future__ import annotations
