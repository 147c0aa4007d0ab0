"""What changes for suppliers from one state of a sheet to another, or from one day to another.

A box that the later sheet does not write stays as it was known; one that nobody knew counts as empty: suppliers are better told
once too often. A service that closes while another of the same libellé opens is a code that was renamed (CP907). Where
platforms cannot send to the new code, the former address closes, and `after` is what stands in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from chorus_config.engine.invoicing.addresses import addresses_of
from chorus_config.model.invoicing import Demand
from chorus_config.model.invoicing_address import InvoicingAddress
from chorus_config.model.notice import AddressChange
from chorus_config.model.project import Body
from chorus_config.rules.judges.demand import is_relaxed

Addresses = Sequence[InvoicingAddress]


def supplier_changes(
    before: Body, after: Body, days: tuple[date, date], today: date | None = None
) -> tuple[AddressChange, ...]:
    """Return what changes for suppliers between two states of one sheet, each read on its day of the two.

    `today` is the day from which dates are still to come, the first of the two unless told. In the order of the addresses: the
    structure's own, then by service code.
    """
    first, last = days
    return address_changes(addresses_of(before, first), addresses_of(carried(before, after), last), today or first)


def address_changes(before: Addresses, after: Addresses, day: date) -> tuple[AddressChange, ...]:
    """Return what happens from addresses to others of the same structure; `day` is today."""
    past, present = ({one.code: one for one in side} for side in (before, after))
    found = [one for code in sorted({*past, *present}) for one in _changes(past.get(code), present.get(code), day)]
    unsendable = [
        AddressChange("opens", None, one)
        for one in present.values()
        if one.why == "unsendable_code" and not (one.code in past and past[one.code].why == "unsendable_code")
    ]
    return tuple(_paired(found, unsendable))


def carried(before: Body, after: Body) -> Body:
    """Return a later state in which what it does not write is as it was before; a list that it writes is complete."""
    made: dict[str, Any] = {**before, **after}
    for block in ("informations_generales", "parametres"):
        sides = [side[block] for side in (before, after) if isinstance(side.get(block), Mapping)]
        made |= {block: _merged(sides)} if sides else {}
    services = after.get("services")
    if isinstance(services, list):
        known = {str(one["code"]): one for one in _entries(before.get("services"))}
        made["services"] = [_merged([known.get(str(one["code"]), {}), one]) for one in _entries(services)]
    return made


def _merged(sides: Sequence[Any]) -> dict[str, Any]:
    return {key: value for side in sides for key, value in side.items()}


def _entries(services: object) -> Iterator[Mapping[str, Any]]:
    rows: list[Any] = services if isinstance(services, list) else []
    return (one for one in rows if isinstance(one, Mapping) and isinstance(one.get("code"), str))


def _changes(before: InvoicingAddress | None, after: InvoicingAddress | None, day: date) -> Iterator[AddressChange]:
    """Yield what happens to one address, which may be on one side alone."""
    past, present = _alive(before), _alive(after)
    if past is not None and present is not None:
        yield from (*_opening(past, present, day), *_last_day(past, present), *_demanded(past, present))
    elif after is not None and (past is None or past.state == "upcoming") and _is_brief(before, after, day):
        yield from _brief(before, after, day)
    elif past is not None:
        yield AddressChange("closes", past, after, _closing(after, day), stricter=past.state == "open")
    elif present is not None:
        yield AddressChange("opens", before, present, _later(present.opens, day))


def _alive(one: InvoicingAddress | None) -> InvoicingAddress | None:
    """Return an address that is open or will be, None for any other."""
    return one if one is not None and one.state != "closed" else None


def _opening(before: InvoicingAddress, after: InvoicingAddress, day: date) -> Iterator[AddressChange]:
    """Yield an opening that came, or that was moved; one that is put off closes the address until then."""
    if before.state == "open" and after.state == "upcoming":
        yield AddressChange("closes", before, after, stricter=True)
        yield AddressChange("opens", before, after, after.opens)
    elif before.state == "upcoming" and (after.state == "open" or before.opens != after.opens):
        yield AddressChange("opens", before, after, _later(after.opens, day))


def _last_day(before: InvoicingAddress, after: InvoicingAddress) -> Iterator[AddressChange]:
    """Yield the end of an address that is open until a day that was not known before."""
    if after.closes is not None and before.closes != after.closes:
        yield AddressChange("closes", before, after, after.closes + timedelta(days=1), stricter=True)


def _demanded(before: InvoicingAddress, after: InvoicingAddress) -> Iterator[AddressChange]:
    """Yield what an invoice must bear from now on, or need not bear any more."""
    asked: dict[str, Demand] = {"before": _asked(before), "after": _asked(after)}
    if asked["before"] != asked["after"]:
        yield AddressChange("demands", before, after, stricter=not is_relaxed(asked))


def _asked(one: InvoicingAddress) -> Demand:
    """Return what an address demands beside what it says itself: whoever writes to a service bears its code already."""
    if not one.code:
        return one.demand
    return "commitment" if one.commitment_required else "none"


def _is_brief(before: InvoicingAddress | None, after: InvoicingAddress, day: date) -> bool:
    """Tell whether an address opens and ends between today and the day on which the later side is read."""
    ended_before = before is not None and before.why == "ended"
    return after.why == "ended" and after.closes is not None and after.closes >= day and not ended_before


def _brief(before: InvoicingAddress | None, after: InvoicingAddress, day: date) -> Iterator[AddressChange]:
    """Yield that an address opens, and that it ends: suppliers may use it in between."""
    opened = replace(after, state="open", why=None)
    yield AddressChange("opens", before, opened, _later(after.opens, day))
    yield AddressChange("closes", opened, after, _closing(after, day), stricter=True)


def _closing(after: InvoicingAddress | None, day: date) -> date | None:
    """Return the first day on which an address is closed, None for as soon as the portal says so."""
    last = after.closes if after is not None and after.why == "ended" else None
    return _later(last + timedelta(days=1) if last is not None else None, day)


def _later(found: date | None, day: date) -> date | None:
    return found if found is not None and found > day else None


def _paired(found: Sequence[AddressChange], unsendable: Sequence[AddressChange]) -> Iterator[AddressChange]:
    """Yield changes, a service that closes and the only one of its libellé that opens as one: its code was renamed.

    `unsendable` are services that come under a code to which nothing can be sent: none of them is a change of its own.
    """
    closing = _by_label(found, "closes")
    opening = {
        label: one
        for label, one in _by_label([*found, *unsendable], "opens").items()
        if label in closing and closing[label].address.code != one.address.code
    }
    for one in found:
        label = _label(one)
        if one is opening.get(label):
            continue
        pair = opening.get(label) if one is closing.get(label) else None
        if pair is None:
            yield one
        else:
            yield replace(one, event="closes" if pair in unsendable else "moves", after=pair.after)


def _by_label(found: Sequence[AddressChange], event: str) -> dict[str, AddressChange]:
    """Return the changes of one kind by the libellé of their service, where only one bears it."""
    named = [(label, one) for one in found if one.event == event and (label := _label(one))]
    counts = Counter(label for label, _one in named)
    return {label: one for label, one in named if counts[label] == 1}


def _label(one: AddressChange) -> str:
    at = one.address
    return " ".join(at.label.split()).casefold() if at.code and not at.reserved else ""
