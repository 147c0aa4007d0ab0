"""What a rule written in Python is told beside the document itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Scene:
    """The day whose rules apply, and where the document lies (relative to the project, with forward slashes)."""

    day: date
    path: str = ""
