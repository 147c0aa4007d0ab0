"""What suppliers are told, before any format: the title, the rows of addresses and of changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.invoicing import Demand
from chorus_config.model.invoicing_address import InvoicingAddress, NotOpen
from chorus_config.model.notice import AddressChange, Notice, Rejection, StructureNotice
from chorus_config.render.shared.dates import day_text

_BEARS: Final[Mapping[Demand, str]] = {
    "none": _("nothing more"),
    "either": _("a commitment number (without one, write to the address of a service)"),
    "code": _("the service code"),
    "commitment": _("a commitment number"),
    "both": _("the service code and a commitment number"),
}
_WHY: Final[Mapping[NotOpen, str]] = {
    "no_siret": _("the structure has no SIRET, and so no address"),
    "private": _("a private structure: it is not addressed as a public body"),
    "inactive_structure": _("the structure is inactive"),
    "works_only": _("only invoices of works are received, on Chorus Pro"),
    "code_required": _("the service code is mandatory: write to the address of a service"),
    "inactive_service": _("the service is closed"),
    "ended": _("closed since {day}"),
    "not_yet": _("open from {day} on"),
    "unsendable_code": _(
        "approved platforms cannot send to the code « {code} »: deposit the invoice on Chorus Pro, with this service code"
    ),
}
_EVENTS: Final = {
    "opens": _("New address"),
    "closes": _("Do not use any more"),
    "moves": _("Address replaced by another"),
}
_OUTCOMES: Final[Mapping[Rejection, str]] = {
    "REJ_ADR": _("213 Rejected, reason REJ_ADR (address not in force)"),
    "REJ_CONT_B2G": _("213 Rejected, reason REJ_CONT_B2G (a mandatory mention is missing)"),
}


class ShownAddress(Struct, frozen=True):
    """A row of the table of addresses, in words; `text` is "" where there is none to write to."""

    text: str
    label: str
    bears: str
    state: str


class ShownAddressChange(Struct, frozen=True):
    """A change in words: what happens to which address, the one to use instead, from when, what an invoice gets else.

    `bears` says what an invoice to an address that opens must bear, until when and from whom, "" for one that closes.
    """

    what: str
    text: str
    label: str
    instead: str
    when: str
    outcome: str
    bears: str = ""


def title(notice: Notice, say: Translator) -> str:
    """Return what a notice is about, in one line."""
    structures = notice.told
    if notice.compared:
        if not structures:
            return say(_("Nothing changes for suppliers"))
        if len(structures) == 1:
            return say(_("What changes for your invoices to: {name}"), name=called(structures[0]))
        return say(_("What changes for your invoices to {n} structures"), n=len(structures))
    if len(structures) == 1:
        return say(_("Your invoices to: {name}"), name=called(structures[0]))
    return say(_("Your invoices to {n} structures"), n=len(structures))


def subtitle(notice: Notice, say: Translator) -> str:
    """Return from when a notice holds."""
    if notice.since is not None:
        # Of one state read on two days, each row has its own day.
        by_date = notice.compared.startswith("day:")
        return say(_("Changes until {day}") if by_date else _("From {day} on"), day=day_words(notice.since, say))
    if notice.compared:
        return say(_("As soon as the directory of electronic invoicing shows it"))
    return say(_("Electronic invoicing addresses on {day}"), day=day_words(notice.day, say))


def called(structure: StructureNotice) -> str:
    """Return what people call a structure, its SIRET where nobody does."""
    return structure.name or structure.siret


def number_label(structure: StructureNotice, say: Translator) -> str:
    """Return what the number of a structure is called."""
    siret = len(structure.siret) == 14 and structure.siret.isdigit()
    return "SIRET" if siret else say(_("Identifier"))


def usable(structure: StructureNotice, say: Translator) -> tuple[ShownAddress, ...]:
    """Return the addresses to which invoices may be sent, now or later."""
    return tuple(_shown(one, say) for one in structure.addresses if one.state != "closed")


def unusable(structure: StructureNotice, say: Translator) -> tuple[ShownAddress, ...]:
    """Return the addresses to which none may be sent, with why."""
    return tuple(_shown(one, say) for one in structure.addresses if one.state == "closed")


def _shown(one: InvoicingAddress, say: Translator) -> ShownAddress:
    return ShownAddress(one.address, one.label, bears_text(one, say), state_text(one, say))


def bears_text(one: InvoicingAddress, say: Translator) -> str:
    """Return what an invoice to an address must bear."""
    if one.demand == "either" and one.code:
        return say(_("the service code (or a commitment number)"))
    return say(_BEARS[one.demand])


def state_text(one: InvoicingAddress, say: Translator) -> str:
    """Return whether an address is open, from when to when, or why it is not."""
    if one.state == "closed":
        ended = one.closes + timedelta(days=1) if one.closes is not None else date.min
        return say(_WHY[one.why or "ended"], day=day_words(ended, say), code=one.code)
    parts = [say(_WHY["not_yet"], day=day_words(one.opens, say))] if one.state == "upcoming" and one.opens is not None else []
    return ", ".join((*parts, *_limits(one, say))) or say(_("usable"))


def _limits(one: InvoicingAddress, say: Translator) -> Iterator[str]:
    """Yield until when an address is usable, and who alone may use it."""
    if one.closes is not None:
        yield say(_("until {day}"), day=day_words(one.closes, say))
    if one.reserved:
        yield say(_("for invoices between public bodies alone"))


def shows_addresses(structure: StructureNotice, notice: Notice) -> bool:
    """Tell whether the addresses of a structure are listed: a notice of changes does it where one must be chosen anew."""
    return not notice.compared or any(one.after is not None and _sends_on(one.after) for one in structure.changes)


def _sends_on(after: InvoicingAddress) -> bool:
    """Tell whether an address sends suppliers to those of services: without a commitment number, or at all."""
    return after.why == "code_required" or (after.demand == "either" and not after.code and after.state != "closed")


def changes(structure: StructureNotice, notice: Notice, say: Translator) -> Iterator[ShownAddressChange]:
    """Yield what changes of a structure, in words."""
    for one in structure.changes:
        instead = one.after.address if one.event == "moves" and one.after is not None else ""
        at = one.address
        words = (_what(one, say), at.address, at.label, instead, _when(one, notice, say), outcome(one, notice, say))
        yield ShownAddressChange(*words, _borne(one, say))


def _what(one: AddressChange, say: Translator) -> str:
    if one.event == "demands":
        return _demanded(one, say)
    why = _why_closed(one.after, say) if one.event == "closes" and one.after is not None else ""
    return say(_EVENTS[one.event]) + (f" ({why})" if why else "")


def _borne(one: AddressChange, say: Translator) -> str:
    """Return what an invoice to an address that opens or takes the place of another must bear, "" for other changes."""
    if one.after is None or one.event not in {"opens", "moves"}:
        return ""
    return ", ".join((say(_("The invoice must bear: {bears}"), bears=bears_text(one.after, say)), *_limits(one.after, say)))


def _why_closed(after: InvoicingAddress, say: Translator) -> str:
    """Return why an address is closed, where the row does not say it already."""
    return state_text(after, say) if after.state == "closed" and after.why not in {"ended", "inactive_service"} else ""


def _demanded(one: AddressChange, say: Translator) -> str:
    if one.after is not None and one.after.demand == "either" and not one.after.code:
        return say(_("A commitment number is mandatory here; without one, write to the address of a service"))
    if one.stricter:
        return say(_("A commitment number becomes mandatory"))
    return say(_("The commitment number is no longer mandatory"))


def _when(one: AddressChange, notice: Notice, say: Translator) -> str:
    day = one.on or notice.since
    opens = one.after.opens if one.event == "moves" and one.after is not None else None
    if opens is not None and opens > notice.day:
        first = day_words(opens, say)
        closing = day_words(day, say) if day is not None else say(_("the change"))
        return say(_("new address from {first} on, former one closed from {closing} on"), first=first, closing=closing)
    return day_words(day, say) if day is not None else say(_("as soon as the directory shows it"))


def outcome(one: AddressChange, notice: Notice, say: Translator) -> str:
    """Return what an invoice gets that ignores a change, "" for nothing."""
    reason = one.rejection(notice.holds_on)
    if reason is not None:
        return say(_OUTCOMES[reason])
    return say(_("rejected by Chorus Pro")) if one.stricter else ""


def remark(structure: StructureNotice, say: Translator) -> str:
    """Return what is to be known of a structure beside its rows, "" for nothing."""
    if structure.described == "gone":
        return say(_("Another structure takes the place of this one.")) if structure.changes else ""
    if structure.replaces:
        return say(_("This structure takes the place of {siret}."), siret=structure.replaces)
    if is_inactive(structure):
        return say(_("This structure is inactive: no invoice can be sent to it, neither through an approved platform nor on "
                     "Chorus Pro."))  # fmt: skip
    if not any(one.state != "closed" for one in structure.addresses):
        return say(_("No invoice can be sent to this structure through an approved platform."))
    return ""


def is_inactive(structure: StructureNotice) -> bool:
    """Tell whether nothing at all can be sent to a structure."""
    return bool(structure.addresses) and all(one.why == "inactive_structure" for one in structure.addresses)


def sender_lines(notice: Notice, say: Translator) -> Iterator[str]:
    """Yield who sends a notice, and the mailbox to turn to where all structures have the same."""
    if notice.sender:
        yield say(_("Sent by: {name}"), name=notice.sender)
    if notice.common_contact:
        yield say(_("Contact: {mailbox}"), mailbox=notice.common_contact)


def contact(structure: StructureNotice, notice: Notice, say: Translator) -> str:
    """Return the mailbox to turn to for one structure, "" where the head of the notice says it already."""
    mailbox = notice.contacts.get(structure.siret, "")
    return say(_("Contact: {mailbox}"), mailbox=mailbox) if mailbox and not notice.common_contact else ""


def day_words(day: date, say: Translator) -> str:
    """Return a day in words."""
    return day_text(day.isoformat(), say)
