"""What happened since an earlier snapshot, before any format: the verdict, remarks on it, the words for each event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from chorus_config.diff.sensitive import hides
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.observed.watch import EVENTS, EntryEvent, Event, ForSuppliers, Reading, StructureSince, Watch
from chorus_config.render.shared.dates import instant_text
from chorus_config.render.shared.values import folded
from chorus_config.yamltext.characters import printable, shown

EVENT_LABELS: Final[Mapping[Event, str]] = {
    "vanished": _("no longer in the source"),
    "closed": _("structure closed"),
    "reopened": _("structure reopened"),
    "new": _("new in the source"),
    "renamed": _("name changed"),
    "changed": _("modified"),
}
ENTRY_LABELS: Final[Mapping[EntryEvent, str]] = {
    "added": _("added"),
    "removed": _("removed"),
    "closed": _("closed"),
    "reopened": _("reopened"),
    "renamed": _("renamed"),
    "changed": _("changed"),
}
_COUNTS: Final[Mapping[Event, tuple[str, str]]] = {
    "vanished": (_("{n} disappearance"), _("{n} disappearances")),
    "closed": (_("{n} closure"), _("{n} closures")),
    "reopened": (_("{n} reopening"), _("{n} reopenings")),
    "new": (_("{n} arrival"), _("{n} arrivals")),
    "renamed": (_("{n} change of name"), _("{n} changes of name")),
    "changed": (_("{n} modification"), _("{n} modifications")),
}
_NOTICES: Final = {
    "structure_closed": _("Suppliers cannot send it any invoice any more"),
    "service_closed": _("The service {entry} is deactivated: invoices addressed to it will be rejected"),
    "service_removed": _("The service {entry} is removed: invoices addressed to it will be rejected"),
    "works_only": _("Only invoices of works are received from now on: any other will be rejected"),
    "code": _("Suppliers must give a service code from now on: invoices without it will be rejected"),
    "commitment": _("Suppliers must give a commitment number from now on: invoices without it will be rejected"),
    "both": _("Suppliers must give a service code and a commitment number from now on: invoices without both will be rejected"),
    "either": _(
        "Suppliers must give a service code or a commitment number from now on: invoices with neither will be rejected"
    ),
}
_RECODED: Final = _(
    "The service {entry} is removed, and a new service has its libellé: {became}. Invoices under the former code will be "
    "rejected"
)
_OWN_NUMBER: Final = _(
    "Suppliers must give a commitment number from now on to the service {entry}: invoices without it will be rejected"
)

# Structures to which the very same happened.
Alike = tuple[StructureSince, ...]


def groups(watch: Watch) -> Iterator[Alike]:
    """Yield the structures, the gravest first; those to which the very same happened are told as one."""
    ranked = sorted(watch.structures, key=lambda one: (EVENTS.index(one.events[0]), one.root.startswith("comptes/"), one.root))
    return ((one, *others) for one, others in folded(ranked, _signature, _stands_alone))


def _signature(one: StructureSince) -> object:
    """What must be equal for two structures to be told as one: everything but the owner and the name."""
    entries = tuple((e.address.group, e.address.key, e.event, repr(e.fields), e.became) for e in one.entries)
    suppliers = tuple((s.address.group, s.address.key, s.notice, s.became) for s in one.suppliers)
    return one.events, entries, suppliers, one.siren_known


def _stands_alone(one: StructureSince) -> bool:
    """A mask may hide two values, and accounts are no structures."""
    sides = (side for entry in one.entries for field in entry.fields for side in (field.before, field.after))
    return parse_address(one.root).group == "comptes" or any(map(hides, sides))


def headline(watch: Watch, say: Translator) -> str:
    """Return the verdict in one sentence; it quotes nothing that anybody wrote."""
    at = instant_text(watch.earlier.taken_at, say)
    if watch.settled:
        if not watch.compared:
            return say(_("Nothing was compared: what is read now says nothing of what the earlier snapshot says."))
        messages = (
            _("Nothing has changed since {at}: the only field compared is the same."),
            _("Nothing has changed since {at}: the {n} fields compared are the same."),
        )
        return say.count(*messages, watch.compared, at=at)
    counts = ", ".join(say.count(*_COUNTS[event], n) for event in EVENTS if (n := watch.count(event)))
    messages = _("News of {n} structure since {at}: {counts}."), _("News of {n} structures since {at}: {counts}.")
    if any(one.root.startswith("comptes/") for one in watch.structures):
        messages = (
            _("News of {n} structure or account since {at}: {counts}."),
            _("News of {n} structures and accounts since {at}: {counts}."),
        )
    return say.count(*messages, len(watch.structures), at=at, counts=counts)


def remarks(watch: Watch, say: Translator) -> Iterator[str]:
    """Yield what is to be known of the comparison beside its result."""
    earlier, latest = (_reading(one, say) for one in (watch.earlier, watch.latest))
    yield say(_("Before: {earlier}. Now: {latest}."), earlier=earlier, latest=latest)
    if watch.older:
        yield say(_("Beware: what is read now is older than the earlier snapshot; changes are to be read the other way round."))
    strangers = sum(not one.siren_known for one in watch.structures)
    if strangers:
        messages = (
            _("{n} new structure is of a SIREN that the earlier snapshot does not know: perhaps not asked for then."),
            _("{n} new structures are of SIRENs that the earlier snapshot does not know: perhaps not asked for then."),
        )
        yield say.count(*messages, strangers)
    if any("vanished" in one.events for one in watch.structures):
        yield say(_("What is no longer in the source is not necessarily closed: check it on the portal."))
    if watch.one_sided:
        yield say(_("Reported by one of the two only, therefore not compared: {n} fields or lists."), n=watch.one_sided)


def _reading(reading: Reading, say: Translator) -> str:
    return f"{printable(reading.source) or '?'} ({instant_text(reading.taken_at, say)})"


def outside_line(watch: Watch, say: Translator) -> str:
    """Return how many structures of the earlier snapshot were not asked for now; their names follow."""
    messages = (
        _("{n} structure of the earlier snapshot was not asked for this time, therefore neither compared nor saved by -o:"),
        _("{n} structures of the earlier snapshot were not asked for this time, therefore neither compared nor saved by -o:"),
    )
    return say.count(*messages, len(watch.outside))


def notice_text(one: ForSuppliers, say: Translator) -> str:
    """Return what suppliers meet, as a sentence without its stop."""
    if one.became:
        return say(_RECODED, entry=shown(one.address.key), became=shown(one.became))
    if one.address.group and one.notice not in {"service_closed", "service_removed"}:
        return say(_OWN_NUMBER, entry=shown(one.address.key))
    message = _NOTICES[one.notice]
    return say(message, entry=shown(one.address.key)) if one.address.group else say(message)
