"""Public lists in files."""

from __future__ import annotations
