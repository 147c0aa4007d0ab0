"""The invoicing addresses that are not in the directory as they are approved, for the person who keeps the sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.drift import AddressDrift, AddressLevel, AddressSituation, DirectoryState, Drift
from chorus_config.model.invoicing import split_address
from chorus_config.model.invoicing_address import NotOpen
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import field_label, headed, named
from chorus_config.render.shared.values import folded
from chorus_config.yamltext.characters import printable

Group = tuple[AddressDrift, ...]

_MARKS: Final[Mapping[AddressSituation, tuple[str, str]]] = {
    "missing": (_("not in force"), "error"),
    "unexpected": (_("in force, not expected"), "update"),
    "elsewhere": (_("other platform"), "error"),
    "to_enter": (_("to enter"), "create"),
}
_ABSENT: Final[Mapping[DirectoryState, str]] = {
    "absent": _("approved and entered, but the directory does not have it: an invoice sent to it is rejected (REJ_ADR)"),
    "not_in_force": _(
        "approved and entered, but it is not in force in the directory: an invoice sent to it is rejected (REJ_ADR)"
    ),
}
# Why nothing implies an address that is in force: what it is, or what closes it.
_OTHER_LEVELS: Final[Mapping[AddressLevel, str]] = {
    "siren": _("it is that of the whole SIREN: a public body has those of its SIRETs and services only"),
    "suffix": _("it is one of the SIREN with a suffix: a public body has those of its SIRETs and services only"),
}
_UNKNOWN_SERVICE: Final = _("no service of this code is approved: suppliers can still send invoices to it")
_CLOSED: Final[Mapping[NotOpen | None, str]] = {
    "inactive_structure": _("the structure is approved as INACTIF"),
    "works_only": _("« MOA uniquement » is approved as ticked"),
    "inactive_service": _("the service is approved as inactive"),
    "ended": _("the service is over, by its « Date de fin de validité »"),
    "not_yet": _("the service has not begun, by its « Date de début de validité »"),
}
_ELSEWHERE: Final = _("an approved platform receives for it, and a public body receives on Chorus Pro")
_TO_OPEN: Final = _("in force only once what is approved is entered on the portal")
_TO_CLOSE: Final = _("in force until what is approved is entered on the portal")


def address_lines(drift: Drift, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield every address that differs, structure by structure; what three structures and more have alike is told once."""
    yield paint(say(_("Electronic invoicing addresses, beside the directory:")), "title")
    by_owner = (tuple(group) for _owner, group in groupby(_in_order(drift), key=lambda one: one.owner))
    for group, others in folded(by_owner, _signature, lambda _group: False):
        yield from _owner_lines(group, others, drift, say, paint)
    yield from (f"  → {line}" for line in _advice(drift, say))


def _advice(drift: Drift, say: Translator) -> Iterator[str]:
    """Yield what is to be done, once for all structures."""
    found = {(one.situation, one.level == "service") for one in drift.moved_addresses}
    situations = {situation for situation, _service in found}
    if "missing" in situations:
        message = _(
            "not in force: look at these structures and services on the portal. The directory is sent to the platforms once a"
            " day, and whole on Sunday night: what was entered since comes later"
        )
        yield say(message)
    if ("unexpected", True) in found:
        message = _(
            "not expected: close on the portal the services that no invoice is to reach, or write them in the sheet. What was"
            " closed since is still in force until the directory is sent again"
        )
        yield say(message)


def address_summary(drift: Drift, say: Translator) -> Iterator[str]:
    """Yield how far the comparison of addresses went."""
    found = drift.addresses
    if found is None:
        return
    if found.not_known:
        message = _("Invoicing addresses of which the source does not say whether they are in force, not compared: {n}.")
        yield say(message, n=found.not_known)
    if found.silent:
        names = ", ".join(named(root, drift.names) for root in found.silent)
        yield say(_("Structures of whose invoicing addresses the source says nothing, not compared: {names}."), names=names)


def _in_order(drift: Drift) -> Iterable[AddressDrift]:
    return sorted(drift.moved_addresses, key=lambda one: (one.owner, [*_MARKS].index(one.situation), one.address))


def _signature(group: Group) -> object:
    """What must be equal for two structures to be told as one: everything but the owner."""
    return tuple((_tail(one), one.level, one.situation, one.approved, one.directory, one.why, one.unsaid) for one in group)


def _tail(one: AddressDrift) -> str:
    """Return what an address has beside its numbers."""
    return split_address(one.address)[1] if one.level in {"structure", "service"} else one.address


def _owner_lines(group: Group, others: tuple[Group, ...], drift: Drift, say: Translator, paint: Paint) -> Iterator[str]:
    owners = [one[0].owner for one in (group, *others)]
    yield f"  {headed(owners[0], drift.names.get(owners[0], ''))}"
    if others:
        yield "    " + say(_("same difference on {n} structures:"), n=len(owners))
        yield from (f"      {headed(owner, drift.names.get(owner, ''))}" for owner in owners)
    for same in _alike(group):
        yield from _same_reason(same, say, paint, _pattern if others else _address)
    boxes = dict.fromkeys(path for one in group for path in one.unsaid)
    if boxes:
        message = _("not in force perhaps for what the portal says and no sheet writes: {boxes}")
        yield f"      → {say(message, boxes=', '.join(field_label('', path) for path in boxes))}"


def _alike(group: Group) -> Iterable[list[AddressDrift]]:
    """Return the addresses of which the same is true together, in the order of the first of each."""
    found: dict[tuple[str, str], list[AddressDrift]] = {}
    for one in group:
        found.setdefault((one.situation, _reason(one)), []).append(one)
    return found.values()


def _same_reason(
    same: Sequence[AddressDrift], say: Translator, paint: Paint, name: Callable[[AddressDrift], str]
) -> Iterator[str]:
    """Yield what is true of one address, or once of several."""
    label, meaning = _MARKS[same[0].situation]
    mark, reason = f"    [{paint(say(label), meaning)}]", say(_reason(same[0]))
    names = [printable(name(one)) for one in same]
    if len(names) == 1:
        yield f"{mark} {say(_('{label}: {value}'), label=names[0], value=reason)}"
    else:
        yield f"{mark} {reason}"
        yield from (f"      {one}" for one in names)


def _address(one: AddressDrift) -> str:
    return one.address


def _pattern(one: AddressDrift) -> str:
    """Return an address as several structures have it in common."""
    tail = _tail(one)
    return f"SIREN_SIRET_{tail}" if tail and one.level == "service" else tail or "SIREN_SIRET"


def _reason(one: AddressDrift) -> str:
    """Return what there is to say of an address, as a message."""
    if one.situation == "to_enter":
        return _TO_OPEN if one.approved else _TO_CLOSE
    if one.situation == "elsewhere":
        return _ELSEWHERE
    if one.situation == "missing":
        return _ABSENT[one.directory]
    return _OTHER_LEVELS.get(one.level) or _CLOSED.get(one.why) or _UNKNOWN_SERVICE
