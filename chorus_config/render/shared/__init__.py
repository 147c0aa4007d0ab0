"""What several formats share."""

from __future__ import annotations
