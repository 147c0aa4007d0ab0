"""Spreadsheets that people filled in: a workbook (XLSX) or a text with separators (CSV), as tables."""

from __future__ import annotations
