"""A snapshot: what an observed source says."""

from __future__ import annotations
