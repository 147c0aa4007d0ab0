"""The store: what was approved, what was confirmed, the open operations and the history, by SQLAlchemy Core."""

from __future__ import annotations
