"""Tests of the languages."""

from __future__ import annotations
