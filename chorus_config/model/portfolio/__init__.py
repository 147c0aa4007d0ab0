"""A portfolio: its budgets and sheets, member by member."""

from __future__ import annotations
