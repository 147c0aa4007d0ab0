"""Rules on the parameters of a structure."""

from __future__ import annotations
