"""Spreadsheets both ways: sheets and accounts as the tables that people fill in, and such tables as sheets."""

from __future__ import annotations
