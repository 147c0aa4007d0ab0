"""Rules on users and their roles."""

from __future__ import annotations
