"""Rules on user accounts (« Mon compte »)."""

from __future__ import annotations
