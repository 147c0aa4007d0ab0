"""Rules on changes: what a plan may do to what is known."""

from __future__ import annotations
