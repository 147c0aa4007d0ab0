"""Who approved and entered what."""

from __future__ import annotations
