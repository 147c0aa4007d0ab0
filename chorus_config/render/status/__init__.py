"""Where a portfolio stands. One file, one format."""

from __future__ import annotations
