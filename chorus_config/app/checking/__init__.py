"""Checking many files: in several processes at once, and not again what did not change."""

from __future__ import annotations
