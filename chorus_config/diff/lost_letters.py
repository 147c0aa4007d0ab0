"""Observed texts in which letters with an accent were lost (« H¿res »): what they still say decides.

Only what a source says is read so: what people write, correct and approve counts to the letter.
"""

from __future__ import annotations

from chorus_config.diff.fields import alike
from chorus_config.model.observed.lost_letters import LOST_LETTERS, lost_count


def seems_alike(group: str, path: str, one: object, other: object) -> bool:
    """Tell whether two values of a field, one of them observed, are the same but for letters that were lost on the way."""
    return alike(group, path, one, other) or (
        isinstance(one, str) and isinstance(other, str) and _same_but_for_lost_letters(one, other)
    )


def is_fuller(group: str, path: str, text: object, observed: object) -> bool:
    """Tell whether a value is an observed one with letters that were lost there."""
    if not (isinstance(text, str) and isinstance(observed, str)):
        return False
    return lost_count(text) < lost_count(observed) and seems_alike(group, path, text, observed)


def shows(group: str, path: str, observed: object, wanted: object, before: object) -> bool:
    """Tell whether an observed value shows one that was to be entered in the place of another.

    A text with lost letters shows nothing new when it is the one that stood there before.
    """
    if alike(group, path, observed, wanted):
        return True
    return seems_alike(group, path, observed, wanted) and not alike(group, path, observed, before)


def _same_but_for_lost_letters(one: str, other: str) -> bool:
    """Tell whether one text is the other, with signs of loss in the place of letters with an accent.

    Never of mailboxes: a letter more or less is somebody else's.
    """
    return (
        len(one) == len(other)
        and "@" not in one
        and all(
            left == right or (left in LOST_LETTERS and _may_be_lost(right)) or (right in LOST_LETTERS and _may_be_lost(left))
            for left, right in zip(one, other, strict=True)
        )
    )


def _may_be_lost(character: str) -> bool:
    """Tell whether a character is a letter that another encoding may lack, or a sign that it was one."""
    return character in LOST_LETTERS or (character.isalpha() and not character.isascii())
