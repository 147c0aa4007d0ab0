"""A portfolio: where each of its budgets stands, member by member."""

from __future__ import annotations
