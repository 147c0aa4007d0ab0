"""What a store holds, and who holds it."""

from __future__ import annotations
