"""Floor 3: the state, in SQLite or PostgreSQL: migrations, locks, one transaction a write."""

from __future__ import annotations
