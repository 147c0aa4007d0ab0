"""What `confirm` did."""

from __future__ import annotations
