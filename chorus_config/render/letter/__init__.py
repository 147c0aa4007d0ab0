"""Letters, ready to send."""

from __future__ import annotations
