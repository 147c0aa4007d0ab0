"""What a store holds."""

from __future__ import annotations
