"""Operations as they are shown: what each resource is called, the rows to fill in by block, who may do it.

Source for who may enter an operation: guide, block « Utilisateurs »; since 2023 the habilitation « Organisation modification »
takes the place of a role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, get_args

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.names import Names, account_of
from chorus_config.diff.operations import is_asked
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import Address, parse_address
from chorus_config.model.invoicing import DIRECTORY_OPENS, address_text, is_sendable
from chorus_config.model.operation import Operation
from chorus_config.model.plan import Before, Change, Desired, FieldChange, Op, Plan
from chorus_config.render.plan.view import ShownChange, ShownField, shown_structures
from chorus_config.render.shared.dates import day_text
from chorus_config.render.shared.gestures import PRINCIPAL, asked_status, hints
from chorus_config.render.shared.portal import RENEWED, effect_of
from chorus_config.schema.packaged import STRICT, schema

SECONDARY: Final = "GESTIONNAIRE_SECONDAIRE"
MODIFIES: Final = "ORGANISATION_MODIFICATION"
HOLDER: Final = "TITULAIRE"
ACCOUNTANT: Final = "COMPTABLE_PUBLIC"
SUPPORT: Final = "SUPPORT"
_NAMES: Final = {
    PRINCIPAL: _("gestionnaire principal"),
    SECONDARY: _("gestionnaire secondaire"),
    MODIFIES: _("user with « Organisation modification »"),
    HOLDER: _("the holder of the account (« Mon compte »)"),
    ACCOUNTANT: _("comptable public (Hélios)"),
    SUPPORT: _("support"),
}

_SIRET: Final = re.compile("[0-9]{14}")
_OPS: Final[Mapping[str, Op]] = {op: op for op in get_args(Op)}


def who_may(operation: Operation, day: date) -> tuple[str, ...]:
    """Return who may do an operation on the portal of a day.

    The principal manager sets up every sheet, and alone hands on their own role; an account is set up by the one whose it is.
    What is greyed on the portal of 2016 (status, who is attached, who is principal manager) is asked of those who supply it.
    """
    address = parse_address(operation.address)
    if address.group == "comptes":
        return (HOLDER,)
    if day < RENEWED and _is_supplied(operation):
        return (ACCOUNTANT, SUPPORT)
    if _gives_principal(operation):
        return (PRINCIPAL,) if operation.gesture == "verify" else (PRINCIPAL, SUPPORT)
    if address.group == "" and operation.op == "create" and operation.gesture != "verify":
        return (PRINCIPAL,)
    return (PRINCIPAL, MODIFIES if day >= RENEWED else SECONDARY)


def _is_supplied(operation: Operation) -> bool:
    """Tell whether an operation changes what nobody could enter on the portal of 2016: it came from Hélios or the support."""
    if operation.gesture == "verify":
        return False
    if parse_address(operation.address).group == "utilisateurs":
        return operation.gesture in {"create", "remove"} or _gives_principal(operation)
    return asked_status(operation) != "" and len(operation.fields) == 1


def _gives_principal(operation: Operation) -> bool:
    """Tell whether an operation gives or takes the role of principal manager, or checks who has it."""
    roles = (row for row in operation.fields if row["path"] == "/role")
    return any(PRINCIPAL in (row["before"], row["after"]) for row in roles)


def names_of(who: tuple[str, ...], say: Translator) -> str:
    """Return the same in words."""
    return say(_(" or ")).join(say(_NAMES[one]) for one in who)


class Task(Struct, frozen=True):
    """An operation as it is shown: what its resource is called, the rows to fill in by block, who may do it.

    `hints` are what is to be known before. `person` is the name and mailbox of the user that it is about, "" for another
    resource and where no account says it. `asked` says whether the portal of the day has what it is about.
    """

    operation: Operation
    item: ShownChange
    who: tuple[str, ...]
    hints: tuple[str, ...]
    person: str = ""
    asked: bool = True

    @property
    def rows(self) -> tuple[tuple[str, ShownField], ...]:
        """Every row with its block."""
        return tuple((block, row) for block, rows in self.item.blocks for row in rows)


def tasks(
    operations: Sequence[Operation], day: date, say: Translator, names: Names | None = None, *, declared: bool = False
) -> Iterator[Task]:
    """Yield the operations of one structure or account as they are shown, with what is not on the portal if `declared`."""
    changes = tuple(_change(operation, None if declared else day) for operation in operations)
    if not changes:
        return
    # One structure alone is never folded with others, and its changes keep their order.
    (part,) = shown_structures(Plan(Desired(""), Before("", None, None, 0, ""), day.isoformat(), changes), say, None)
    for operation, item in zip(operations, part.items, strict=True):
        address = item.change.address
        gone = "" if declared else _gone(item.change, day, say)
        blocks = tuple((gone or block or _block(address.group), rows) for block, rows in item.blocks)
        person = (names or {}).get(account_of(address), "")
        told = (*hints(operation, say, day), *_addressed(operation, say, day))
        yield Task(operation, replace(item, blocks=blocks), who_may(operation, day), told, person, not gone)


def _addressed(operation: Operation, say: Translator, day: date) -> Iterator[str]:
    """Yield what suppliers meet once an operation is done: an address that opens or closes, something more to give."""
    address = parse_address(operation.address)
    set_to = {str(row["path"]): row["after"] for row in operation.fields}
    if operation.gesture == "change":
        effects = (effect_of(address.group, path, value) for path, value in set_to.items())
        yield from (say(effect) for effect in dict.fromkeys(effects) if effect)
    if day >= DIRECTORY_OPENS and address.group == "services" and _is_addressed(address):
        message = _of_service(operation, set_to, day)
        if message:
            yield say(message, address=address_text(address.owner, address.key))


def _is_addressed(service: Address) -> bool:
    """Tell whether suppliers can have an address for a service."""
    return _SIRET.fullmatch(service.owner) is not None and is_sendable(service.key)


def _of_service(operation: Operation, set_to: Mapping[str, object], day: date) -> str:
    """Return what suppliers meet at the address of a service, as a message id; "" for nothing new."""
    if operation.gesture == "create":
        return "" if _is_closed(set_to, day) else _("suppliers will reach it at {address}, once the national directory has it")
    closes = operation.gesture == "remove" or (operation.gesture == "change" and set_to.get("/actif") is False)
    return _("suppliers who still write to {address} will be rejected") if closes else ""


def _is_closed(set_to: Mapping[str, object], day: date) -> bool:
    """Tell whether a service that comes is inactive, or over, from the beginning."""
    return set_to.get("/actif") is False or str(set_to.get("/date_fin") or "9999-12-31") < day.isoformat()


def _change(operation: Operation, day: date | None) -> Change:
    """Return an operation with the fields that the portal of a day has; all of them without a day, and where it has none."""
    address = parse_address(operation.address)
    whole = Change(
        address,
        _OPS[operation.op],
        tuple(FieldChange(str(row["path"]), row["before"], row["after"]) for row in operation.fields),
    )
    if day is None or not _is_asked(whole, day):
        return whole
    return replace(whole, fields=tuple(one for one in whole.fields if is_asked(whole, one, day)))


def _is_asked(change: Change, day: date) -> bool:
    """Tell whether the portal of a day has anything of what an operation asks for: it may have been opened before."""
    return any(is_asked(change, field, day) for field in change.fields)


def _gone(change: Change, day: date, say: Translator) -> str:
    """Return what stands in the place of a block where the portal of the day has nothing of what is asked for, else ""."""
    if _is_asked(change, day):
        return ""
    if change.address.group == "espaces" and day >= RENEWED:
        return say(_("Espaces: gone from the portal since 21 February 2023, so that nothing can be entered (rule CP506)"))
    return say(_("Not on the portal of {day}, so that nothing can be entered"), day=day_text(day.isoformat(), say))


def _block(group: str) -> str:
    """Return the portal's block in which the entries of a list stand."""
    found: Mapping[str, Any] = schema(STRICT["fiche-structure"])["properties"].get(group, {})
    return str(found.get("x-bloc", ""))
