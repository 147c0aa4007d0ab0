"""How these tests look at a text that is shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from chorus_config.model.finding import Finding
from chorus_config.model.plan import Plan

_SGR: Final = re.compile("\x1b\\[[0-9;]*m")


def acting(text: str) -> set[str]:
    """Return the characters of a text, other than line feed, that could act on who reads it: control, format, separators."""
    kinds = {character: unicodedata.category(character) for character in text if character != "\n"}
    return {character for character, kind in kinds.items() if kind in {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"}}


def unpainted(text: str) -> str:
    """Return a text without its colours."""
    return _SGR.sub("", text)


def all_of(plan: Plan) -> list[Finding]:
    """Return every finding of a plan: those that changes carry, and the others."""
    return [*(finding for change in plan.changes for finding in change.findings), *plan.findings]
