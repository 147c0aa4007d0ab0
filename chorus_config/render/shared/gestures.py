"""What an operation asks of a person, in the words that a person would use: to create, to attach, to change, to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import PUBLIC_INVOICES, parse_address
from chorus_config.model.operation import Gesture, Operation, OperationState
from chorus_config.render.shared.portal import RENEWED

PRINCIPAL: Final = "GESTIONNAIRE_PRINCIPAL"
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
_SAID: Final = (*_TO_DO.items(), *((gesture, words) for (gesture, _group), words in _TO_DO_OF.items()))
_ASKED_FOR: Final = _("to be asked for")
_NOTHING: Final = _("with nothing to enter")
# What is said first of several: what is checked, made, changed, taken away.
_ORDER: Final = (
    *(word for one in ("verify", "create", "change") for gesture, word in _SAID if gesture == one),
    _ASKED_FOR,
    *(word for gesture, word in _SAID if gesture == "remove"),
    _NOTHING,
)
_STATES: Final[dict[OperationState, str]] = {
    "open": _("open"),
    "entered": _("entered"),
    "seen": _("seen"),
    "dropped": _("dropped"),
}


def to_do(operation: Operation | None, say: Translator) -> str:
    """Return what is to be done to the resource of an operation: `to attach`; None asks nobody for anything."""
    return say(_words(operation) if operation is not None else _NOTHING)


def _words(operation: Operation) -> str:
    gesture = operation.gesture
    if gesture == "change" and asked_status(operation) and len(operation.fields) == 1:
        return _ASKED_FOR
    return _TO_DO_OF.get((gesture, parse_address(operation.address).group), _TO_DO[gesture])


def titled(words: str) -> str:
    """Return words as the beginning of a line."""
    return words[:1].upper() + words[1:]


def tally(operations: Iterable[Operation | None], say: Translator) -> str:
    """Return how many operations ask for what, in the words in which each is told: `6 to check, 4 to attach`.

    None stands for a change that asks nobody for anything.
    """
    counts = Counter(_words(one) if one is not None else _NOTHING for one in operations)
    return ", ".join(f"{counts[words]} {say(words)}" for words in _ORDER if counts[words])


def state_of(gesture: str | None, state: str, say: Translator) -> str:
    """Return how an operation stands: what was to be checked is not entered, but checked."""
    if (gesture, state) == ("verify", "entered"):
        return say(_("checked"))
    return say(_STATES[state]) if state in _STATES else state


def hints(operation: Operation, say: Translator, day: date) -> tuple[str, ...]:
    """Return what is to be known before an operation is done on the portal of a day.

    That is what checking means, and what is asked for, not entered.
    """
    group = parse_address(operation.address).group
    found = [_how_to_check(operation, day)] if operation.gesture == "verify" else []
    if group == "utilisateurs":
        found += _of_user(operation, day)
    if operation.op == "update" and asked_status(operation):
        found.append((_ASKED if day >= RENEWED else _ASKED_THEN)[asked_status(operation)])
    if (operation.gesture, group) == ("remove", "services"):
        found.append(_("where the screen does not let it be removed, untick « Service actif »"))
    return tuple(say(one) for one in found)


def _of_user(operation: Operation, day: date) -> Iterator[str]:
    if day < RENEWED and operation.gesture in _AT_HELIOS:
        yield _AT_HELIOS[operation.gesture]
    elif operation.gesture == "change":
        yield from _how_to_change_user(operation, day)


# Until then « Seul le Rôle peut être modifié » (guide).
_AT_HELIOS: Final[dict[Gesture, str]] = {
    "create": _(
        "Hélios supplies this list, and only the role can be changed here: who is missing is asked of the comptable public, or "
        "of the support outside Hélios"
    ),
    "remove": _(
        "Hélios supplies this list, and only the role can be changed here: the end of the attachment is asked of the comptable "
        "public, or of the support outside Hélios"
    ),
}


def _how_to_check(operation: Operation, day: date) -> str:
    """Return what checking means, for what nobody creates by hand."""
    address = parse_address(operation.address)
    group = address.group
    if (group, address.key) == ("services", PUBLIC_INVOICES):
        return _(
            "check that it stands so; on the portal it is only ever brought back to its original state (active, its own label, "
            "no end date, no commitment): where anything else differs, correct the sheet"
        )
    if operation.op == "create" and group == "":
        return _(
            "check that it stands so, correct it if not (type, identifiant and statut are greyed: they are not entered, but "
            "asked for); if it is not there, the comptable public (Hélios) or the support creates it"
        )
    if operation.op == "create" and group == "utilisateurs":
        return _how_to_check_user(operation, day)
    return _("check that it stands so, correct it if not")


def _how_to_check_user(operation: Operation, day: date) -> str:
    """Return what checking means for who is attached: nobody attaches the principal manager."""
    if any(row["path"] == "/role" and row["after"] == PRINCIPAL for row in operation.fields):
        if day < RENEWED:
            return _(
                "check that this person is the principal manager; if not, ask the comptable public, or the support outside "
                "Hélios: this role is not given here"
            )
        return _(
            "check that this person is the principal manager; if not, the present one hands the role on, or the support names "
            "another when they are gone"
        )
    if day < RENEWED:
        return _(
            "check that this person is attached, and change the role if it is another; Hélios supplies this list: who is "
            "missing is asked of the comptable public, or of the support outside Hélios"
        )
    return _("check that this person is attached so; if not, attach them so")


def _how_to_change_user(operation: Operation, day: date) -> Iterator[str]:
    """Yield what is to be known before a user is changed: how the role of principal manager goes over, what is fixed."""
    roles = [row for row in operation.fields if row["path"] == "/role"]
    if any(PRINCIPAL in (row["before"], row["after"]) for row in roles):
        yield _HANDED_ON if day >= RENEWED else _NOT_GIVEN
    if day < RENEWED and len(roles) < len(operation.fields):
        yield _("only the role can be changed on this screen; all else is asked of the comptable public, or of the support")


_HANDED_ON: Final = _(
    "the present principal manager hands the role on to the other person: the lines of both are one gesture; the support does "
    "it when the present one is gone"
)
_NOT_GIVEN: Final = _("this role is not given here: it is asked of the comptable public, or of the support outside Hélios")

# The status of a structure is greyed on its screen.
_ASKED: Final = {
    "ACTIF": _("« Statut » is greyed: it is not entered, its change is asked for (today « Activer »)"),
    "INACTIF": _("« Statut » is greyed: it is not entered, its change is asked for (today « Désactiver »)"),
}
_ASKED_THEN: Final = dict.fromkeys(_ASKED, _("« Statut » is greyed: it is not entered, its change is asked for"))


def asked_status(operation: Operation) -> str:
    """Return the status that a structure is to have, "" where nothing is said of it."""
    if parse_address(operation.address).group:
        return ""
    asked = (row["after"] for row in operation.fields if row["path"] == "/statut")
    return next((str(one) for one in asked if one in _ASKED), "")
