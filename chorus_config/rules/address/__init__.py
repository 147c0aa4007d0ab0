"""Rules on postal addresses and telephone numbers."""

from __future__ import annotations
