"""Letters that an encoding could not hold, and what stands for them: « H¿res » in public lists."""

from __future__ import annotations

import re
from typing import Final

# What stands in a text for a letter that was lost.
LOST_LETTERS: Final = "\ufffd¿"
# At a word: a question in Spanish begins with the same sign.
_DAMAGED: Final = re.compile("\ufffd|\\w¿|¿\\w")


def is_damaged(text: str) -> bool:
    """Tell whether letters of a text were lost on its way."""
    return any(sign in text for sign in LOST_LETTERS) and _DAMAGED.search(text) is not None


def lost_count(text: str) -> int:
    """Return how many letters of a text seem to be lost."""
    return sum(map(text.count, LOST_LETTERS))
