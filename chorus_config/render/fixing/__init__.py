"""What mending comes to, and how files change."""

from __future__ import annotations
