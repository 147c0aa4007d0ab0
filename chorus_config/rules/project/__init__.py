"""Rules on the project: its portfolio, its exceptions."""

from __future__ import annotations
