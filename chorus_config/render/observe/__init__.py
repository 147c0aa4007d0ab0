"""What an observed source says (a snapshot), and what recording it took over."""

from __future__ import annotations
