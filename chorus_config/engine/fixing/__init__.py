"""Mending what a check found: from a text and its faults to edits by span, and the text that they make."""

from __future__ import annotations
