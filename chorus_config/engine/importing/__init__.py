"""From what an observed source says to sheets that people go on writing."""

from __future__ import annotations
