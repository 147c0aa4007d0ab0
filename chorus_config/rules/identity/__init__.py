"""Rules on what a structure is called."""

from __future__ import annotations
