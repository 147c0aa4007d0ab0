"""Measurements: ratios to peers, in one run, on one machine. Nothing here is a test."""

from __future__ import annotations
