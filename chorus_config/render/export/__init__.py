"""An export: what was written into a workbook."""

from __future__ import annotations
