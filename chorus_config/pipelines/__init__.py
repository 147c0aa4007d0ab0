"""Floor 2: the pipelines. Texts to findings, states to plans; no I/O, no clock."""

from __future__ import annotations
