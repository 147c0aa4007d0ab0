"""Spreadsheets: what `export` writes, and what `import FILE.xlsx` reads."""

from __future__ import annotations
