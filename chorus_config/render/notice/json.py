"""What suppliers are told, for machines (schemas/notice.schema.json)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chorus_config.i18n.translator import Translator
from chorus_config.model.invoicing import LONGEST_ADDRESS, LONGEST_CODE, LONGEST_COMMITMENT, LONGEST_NAME, SCHEME
from chorus_config.model.invoicing_address import InvoicingAddress
from chorus_config.model.notice import AddressChange, Notice, StructureNotice
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.paint import Paint


def render(notice: Notice, _say: Translator, _paint: Paint) -> str:
    """Return the notice in this format."""
    return as_json(notice_document(notice))


def notice_document(notice: Notice) -> dict[str, Any]:
    """Return the whole notice as its JSON document."""
    states = [one.state for one in notice.addresses]
    return {
        "format_version": "1.0",
        "type": "notice",
        "as_of": notice.day.isoformat(),
        "from": _day(notice.since),
        "compared": notice.compared or None,
        "sender": notice.sender or None,
        "contacts": [{"siret": siret, "mailbox": mailbox} for siret, mailbox in notice.contacts.items()],
        "scheme": SCHEME,
        "limits": {
            "address": LONGEST_ADDRESS,
            "name": LONGEST_NAME,
            "service_code": LONGEST_CODE,
            "commitment": LONGEST_COMMITMENT,
        },
        "structures": [structure_document(one, notice.holds_on) for one in notice.structures],
        "left_out": [*notice.left_out],
        "summary": {
            "structures": len(notice.structures),
            "addresses": len(states),
            "open": states.count("open"),
            "upcoming": states.count("upcoming"),
            "closed": states.count("closed"),
            "changes": len(notice.changes),
        },
    }


def structure_document(structure: StructureNotice, day: date) -> dict[str, Any]:
    """Return one structure; `day` is that from which its changes hold."""
    return {
        "siret": structure.siret,
        "name": structure.name,
        "described": structure.described,
        "replaces": structure.replaces or None,
        "addresses": [address_document(one) for one in structure.addresses],
        "changes": [_change(one, day) for one in structure.changes],
    }


def address_document(one: InvoicingAddress) -> dict[str, Any]:
    """Return one address; one that cannot be written is null."""
    return {
        "address": one.address or None,
        "siret": one.siret,
        "service_code": one.code or None,
        "label": one.label,
        "state": one.state,
        "why": one.why,
        "from": _day(one.opens),
        "until": _day(one.closes),
        "demand": one.demand,
        "service_code_required": one.code_required,
        "commitment_required": one.commitment_required,
        "either_required": one.demand == "either",
        "reserved": one.reserved,
        "unsaid": [*one.unsaid],
    }


def _change(one: AddressChange, day: date) -> dict[str, Any]:
    reason = one.rejection(day)
    return {
        "event": one.event,
        "on": _day(one.on),
        "stricter": one.stricter,
        "before": address_document(one.before) if one.before is not None else None,
        "after": address_document(one.after) if one.after is not None else None,
        "rejection": {"status": "213", "reason": reason} if reason is not None else None,
    }


def structure_from(row: Mapping[str, Any]) -> StructureNotice:
    """Return the structure of a document that `structure_document` made. Raises KeyError, TypeError, ValueError on another."""
    return StructureNotice(
        row["siret"],
        row["name"],
        tuple(_address(one) for one in row["addresses"]),
        tuple(_change_from(one) for one in row["changes"]),
        row["described"],
        row["replaces"] or "",
    )


def _change_from(row: Mapping[str, Any]) -> AddressChange:
    before, after = (_address(row[side]) if row[side] is not None else None for side in ("before", "after"))
    return AddressChange(row["event"], before, after, _date(row["on"]), row["stricter"])


def _address(row: Mapping[str, Any]) -> InvoicingAddress:
    return InvoicingAddress(
        address=row["address"] or "",
        siret=row["siret"],
        code=row["service_code"] or "",
        label=row["label"],
        demand=row["demand"],
        state=row["state"],
        opens=_date(row["from"]),
        closes=_date(row["until"]),
        why=row["why"],
        reserved=row["reserved"],
        unsaid=tuple(row["unsaid"]),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
