"""The tests mirror the package: one module of tests for each module of code, and a few that look at the whole."""

from __future__ import annotations
