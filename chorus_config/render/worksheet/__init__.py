"""Worksheets: what is to be entered on the portal."""

from __future__ import annotations
