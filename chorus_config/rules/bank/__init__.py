"""Rules on bank details."""

from __future__ import annotations
