"""What an import is about to write, and what it wrote."""

from __future__ import annotations
