"""Findings, in nine formats."""

from __future__ import annotations
