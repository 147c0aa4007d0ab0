"""What an operation asks of a person, in the words that a person would use: to create, to attach, to change, to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.operation import Gesture, Operation, OperationState

_TO_DO: Final[dict[Gesture, str]] = {
    "create": _("to create"),
    "change": _("to change"),
    "remove": _("to remove"),
    "verify": _("to check"),
}
# Some resources are not created and removed, the portal has other words for it.
_TO_DO_OF: Final[dict[tuple[Gesture, str], str]] = {
    ("create", "utilisateurs"): _("to attach"),
    ("remove", "utilisateurs"): _("to detach"),
    ("create", "espaces"): _("to open"),
    ("remove", "espaces"): _("to close"),
    ("create", "coordonnees_bancaires"): _("to add"),
}
_COUNTED: Final[dict[Gesture, str]] = {
    "verify": _("{n} to check"),
    "create": _("{n} to create"),
    "change": _("{n} to change"),
    "remove": _("{n} to remove"),
}
_STATES: Final[dict[OperationState, str]] = {
    "open": _("open"),
    "entered": _("entered"),
    "seen": _("seen"),
    "dropped": _("dropped"),
}


def to_do(operation: Operation, say: Translator) -> str:
    """Return what is to be done to the resource of an operation: `to attach`."""
    gesture = operation.gesture
    return say(_TO_DO_OF.get((gesture, parse_address(operation.address).group), _TO_DO[gesture]))


def titled(words: str) -> str:
    """Return words as the beginning of a line."""
    return words[:1].upper() + words[1:]


def tally(operations: Iterable[Operation], say: Translator) -> str:
    """Return how many operations ask for what: `6 to check, 4 to create`."""
    counts = Counter(operation.gesture for operation in operations)
    return ", ".join(say(told, n=counts[gesture]) for gesture, told in _COUNTED.items() if counts[gesture])


def state_of(gesture: str | None, state: str, say: Translator) -> str:
    """Return how an operation stands: what was to be checked is not entered, but checked."""
    if (gesture, state) == ("verify", "entered"):
        return say(_("checked"))
    return say(_STATES[state]) if state in _STATES else state


def how_to_check(operation: Operation, say: Translator) -> str:
    """Return what checking means, for what nobody creates by hand; "" for an operation that asks for something else."""
    if operation.gesture != "verify":
        return ""
    if operation.op == "create" and parse_address(operation.address).group == "":
        return say(
            _(
                "check that it stands so, correct it if not; if it is not there, the comptable public (Hélios) or the support "
                "creates it"
            )
        )
    return say(_("check that it stands so, correct it if not"))
