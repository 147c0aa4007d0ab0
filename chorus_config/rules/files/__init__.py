"""Rules on the files and their format."""

from __future__ import annotations
