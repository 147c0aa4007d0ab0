"""The way to an API over HTTP: what every source that asks one has in common."""

from __future__ import annotations
