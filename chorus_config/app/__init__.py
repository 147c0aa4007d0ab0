"""Floor 4: what can be done, typed, without click and without printing: what the commands call, and other programs."""

from __future__ import annotations
