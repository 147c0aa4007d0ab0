"""Tests of the source `afnor:`, over real HTTP wherever HTTP counts."""

from __future__ import annotations
