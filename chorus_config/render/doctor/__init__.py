"""What `doctor` found."""

from __future__ import annotations
