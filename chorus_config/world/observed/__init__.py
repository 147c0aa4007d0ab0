"""Floor 3: observed sources, which say what the portal says."""

from __future__ import annotations
