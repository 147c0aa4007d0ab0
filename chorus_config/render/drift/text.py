"""Drift for the person who keeps the sheets: what the portal says, structure by structure, and what to do about it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from chorus_config.diff.fields import one_value
from chorus_config.diff.sensitive import hides
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import KINDS
from chorus_config.model.drift import Drift, FieldDrift, ResourceDrift, Situation
from chorus_config.render.drift.addresses import address_lines, address_summary
from chorus_config.render.observe.text import disagreement_lines
from chorus_config.render.shared.dates import instant_text
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import field_label, headed, named, value_text
from chorus_config.render.shared.values import KIND_LABELS, folded
from chorus_config.yamltext.characters import printable

_MEANINGS: Final[Mapping[Situation, str]] = {"to_enter": "create", "seen": "good", "moved": "update", "conflict": "error"}
_SITUATIONS: Final[Mapping[Situation, str]] = {
    "conflict": _("conflict"),
    "moved": _("changed on the portal"),
    "to_enter": _("to enter"),
    "seen": _("seen on the portal"),
}
# What is said of a whole entry that moved, from whether the source has it.
_MOVED: Final = {True: _("added on the portal"), False: _("gone from the portal")}
# The same at more length, from whether it is approved and whether the source has it.
_ENTRIES: Final = {
    (True, False, "to_enter"): _("not on the portal yet"),
    (False, True, "to_enter"): _("still on the portal, to be removed"),
    (False, False, "seen"): _("gone from the portal, as approved"),
    (True, False, "moved"): _("though it is approved"),
    (False, True, "moved"): _("though nobody approved it"),
    (True, False, "conflict"): _("gone from the portal, while a change to it waits to be entered"),
    (False, True, "conflict"): _("added on the portal, though nobody approved it"),
}

# What is to be done, the gravest first: it speaks for the whole resource. After a colon comes the command that adopts it.
_ADVICE: Final = {
    ("decide", "gone"): _("decide: create it again on the portal, or take it out of the sheet"),
    ("decide", "there"): _("decide. Enter what is approved, or keep what the portal says:"),
    ("decide", "field"): _("decide. Enter what is approved, or keep what the portal says:"),
    ("adopt", "there"): _("remove it on the portal, or keep what the portal says:"),
    ("adopt", "field"): _("put the approved value back on the portal, or keep what the portal says:"),
}
_REMEDIES: Final = tuple(_ADVICE)


def drift_text(drift: Drift, say: Translator, paint: Paint) -> str:
    """Return the whole comparison; nothing that differs is left out."""
    blocks = [
        paint(
            say(_("Drift against {name} (taken {at})"), name=printable(drift.source), at=instant_text(drift.taken_at, say)),
            "title",
        )
    ]
    by_root = (tuple(group) for _root, group in groupby(drift.resources, key=lambda resource: resource.address.root))
    for group, others in folded(by_root, _signature, _is_never_folded):
        blocks.append("\n".join(_structure(group, others, drift, say, paint)))
    if drift.unknown:
        blocks.append("\n".join(_unknown(drift, say, paint)))
    if drift.moved_addresses:
        blocks.append("\n".join(address_lines(drift, say, paint)))
    if drift.disagreements:
        blocks.append("\n".join(disagreement_lines(drift.disagreements, drift.names, say, paint)))
    return "\n\n".join([*blocks, "\n".join(_summary(drift, say, paint))]) + "\n"


Group = tuple[ResourceDrift, ...]


def _signature(group: Group) -> object:
    """What must be equal for two structures to be told as one: everything but the owner."""
    return tuple((resource.address.group, resource.address.key, repr(resource.fields)) for resource in group)


def _is_never_folded(group: Group) -> bool:
    """A mask may hide two values, and accounts are no structures."""
    return any(
        resource.address.group == "comptes" or any(hides(side) for field in resource.fields for side in _sides(field))
        for resource in group
    )


def _structure(group: Group, others: tuple[Group, ...], drift: Drift, say: Translator, paint: Paint) -> Iterator[str]:
    roots = [one[0].address.root for one in (group, *others)]
    yield paint(_headed(roots[0], drift), "title")
    if others:
        yield "  " + say(_("same difference on {n} structures:"), n=len(roots))
        yield from (f"    {_headed(root, drift)}" for root in roots)
    for resource in group:
        yield from _resource(resource, drift, say, paint)
    if others and any(field.situation in {"moved", "conflict"} for resource in group for field in resource.fields):
        yield f"  {say(_('The same is to be done for each of them; --target may be repeated.'))}"


def _resource(resource: ResourceDrift, drift: Drift, say: Translator, paint: Paint) -> Iterator[str]:
    key = f" {printable(resource.address.key)}" if resource.address.key else ""
    yield f"  {say(KIND_LABELS[KINDS[resource.address.group].name])}{key}"
    for situation, fields in _by_situation(resource):
        if situation == "seen" and len(fields) > 1:
            # All is well with these: their names are enough.
            names = ", ".join(field_label(resource.address.group, field.path, key=False) for field in fields)
            yield f"    {_situation_mark(fields[0], say, paint)} {names}"
        else:
            yield from (f"    {_situation_mark(field, say, paint)} {_field(resource, field, say)}" for field in fields)
    yield from (f"      {line}" for line in _advice(resource, drift, say))


def _headed(root: str, drift: Drift) -> str:
    return headed(root, drift.names.get(root, ""))


def _named(roots: Iterable[str], drift: Drift) -> str:
    return ", ".join(named(root, drift.names) for root in roots)


def _situation_mark(field: FieldDrift, say: Translator, paint: Paint) -> str:
    whole = field.situation == "moved" and field.path == ""
    message = _MOVED[bool(field.observed)] if whole else _SITUATIONS[field.situation]
    return f"[{paint(say(message), _MEANINGS[field.situation])}]"


def _by_situation(resource: ResourceDrift) -> Iterator[tuple[Situation, list[FieldDrift]]]:
    """Yield the gaps of a resource, what asks for most attention first."""
    for situation in _SITUATIONS:
        fields = [field for field in resource.fields if field.situation == situation]
        if fields:
            yield situation, fields


def _field(resource: ResourceDrift, field: FieldDrift, say: Translator) -> str:
    text = (
        _values(resource, field, say)
        if field.path
        else say(_ENTRIES[bool(field.approved), bool(field.observed), field.situation])
    )
    return text + say(_(" (its operation was dropped)")) if field.dropped else text


def _values(resource: ResourceDrift, field: FieldDrift, say: Translator) -> str:
    label = field_label(resource.address.group, field.path)
    approved, confirmed, observed = (value_text(side, say, _("not known")) for side in _sides(field))
    if field.situation == "to_enter":
        text = say(_("{label}: {before} → {after}"), label=label, before=observed, after=approved)
    elif field.situation == "seen":
        text = say(_("{label}: {value}"), label=label, value=observed)
    elif one_value(resource.address.group, field.path, field.approved, field.confirmed):
        text = say(_("{label}: {before} → {after}"), label=label, before=approved, after=observed)
    else:
        message = _("{label}: {observed} on the portal; approved: {approved}; last confirmed: {confirmed}")
        text = say(message, label=label, observed=observed, approved=approved, confirmed=confirmed)
    return text + say(_(" (the hidden part differs)")) if field.hidden and field.situation != "seen" else text


def _sides(field: FieldDrift) -> tuple[object, object, object]:
    return field.approved, field.confirmed, field.observed


def _advice(resource: ResourceDrift, drift: Drift, say: Translator) -> Iterator[str]:
    """Say what to do about one resource; what has one answer for all of them is said at the end."""
    gravest = min((_REMEDIES.index(remedy) for remedy in map(_remedy, resource.fields) if remedy in _REMEDIES), default=None)
    if gravest is None:
        return
    yield f"→ {say(_ADVICE[_REMEDIES[gravest]])}"
    if _REMEDIES[gravest] != ("decide", "gone"):
        yield f"    chorus-config import {_sources(drift)} --target {_quoted(str(resource.address))}"


def _remedy(field: FieldDrift) -> tuple[str, str]:
    """Return what a gap asks for, and of what: an entry gone from the portal, one that is only there, or a field."""
    if field.dropped:
        return field.remedy, "dropped"
    return field.remedy, "field" if field.path else "gone" if field.approved else "there"


def _unknown(drift: Drift, say: Translator, paint: Paint) -> Iterator[str]:
    yield paint(say(_("Structures that the source does not know:")), "title")
    yield from (f"  {_headed(root, drift)}" for root in drift.unknown)
    message = _("a public structure is not created from here: it is asked of the comptable public (Hélios) or of the support")
    yield f"    → {say(message)}"


def _summary(drift: Drift, say: Translator, paint: Paint) -> Iterator[str]:
    yield paint(_tally(drift, say), "good" if drift.settled and drift.compared else "title")
    yield from address_summary(drift, say)
    if drift.not_reported:
        yield say(_("Fields that the source does not report, therefore not compared: {n}."), n=drift.not_reported)
    if drift.uncheckable:
        kinds = ", ".join(f"{say(KIND_LABELS[name]).lower()} ({count})" for name, count in drift.uncheckable.items())
        yield say(_("Declared fields that these sources cannot report: {kinds}."), kinds=kinds)
    if drift.missing:
        names = _named(drift.missing, drift)
        yield say(_("Not in this source (not looked at, or gone from the portal): {names}."), names=names)
    if drift.unmanaged:
        names = _named(drift.unmanaged, drift)
        yield say(_("In the source, but not managed here: {names}."), names=names)
    if drift.waits:
        yield say(_("To list what is to be entered:"))
        yield "  chorus-config worksheet"
    yield from _to_record(drift, say)


def _to_record(drift: Drift, say: Translator) -> Iterator[str]:
    """Say what recording the source is good for, and how it is done."""
    if drift.dropped:
        messages = (
            _("Dropped, therefore on no worksheet: {n} approved value that the portal does not have."),
            _("Dropped, therefore on no worksheet: {n} approved values that the portal does not have."),
        )
        yield say.count(*messages, drift.dropped)
        advice = _("First record the source; then put the former value back into the sheet, or plan and apply anew.")
        yield f"  {say(advice)}"
    if drift.count("seen"):
        yield say(_("Seen: to be recorded, which closes the operations."))
    if drift.unapproved:
        names = _named(drift.unapproved, drift)
        yield say(_("In the source and in a sheet, but not approved yet: {names}."), names=names)
        yield f"  {say(_('Either approve the sheet (apply), or record the source, which approves what it says.'))}"
    if not (drift.dropped or drift.count("seen") or drift.unapproved):
        return
    if drift.count("moved"):
        yield say(_("Beware: recording also approves what was changed on the portal."))
        before = _("Before: enter again what the sheets are to keep, and take a new snapshot; or adopt it (import --target).")
        yield f"  {say(before)}"
    yield say(_("To record the source:"))
    yield "  " + " ".join(["chorus-config observe", _sources(drift), "--record", *_targets(drift)])


def _sources(drift: Drift) -> str:
    return " ".join(_quoted(one) for one in drift.sources or (drift.source,))


def _targets(drift: Drift) -> list[str]:
    """Return the words that keep a command to the structures that were compared."""
    return [word for target in drift.targets for word in ("--target", _quoted(target))]


def _tally(drift: Drift, say: Translator) -> str:
    if not drift.compared:
        return say(_("Nothing was compared: the source says nothing of what is approved here."))
    if drift.settled:
        return _no_drift(drift, say)
    counts = (
        (_("To enter: {n}."), drift.count("to_enter")),
        (_("Seen: {n}."), drift.count("seen")),
        (_("Changed on the portal: {n}."), drift.count("moved")),
        (_("Conflicts: {n}."), drift.count("conflict")),
        (_("The same: {n}."), drift.in_sync),
        (_("Invoicing addresses that differ: {n}."), len(drift.moved_addresses)),
        (_("Invoicing addresses in force, as approved: {n}."), drift.addresses_in_sync),
    )
    return " ".join(say(messages, n=count) for messages, count in counts if count)


def _no_drift(drift: Drift, say: Translator) -> str:
    messages = _("No drift: the only field compared is the same."), _("No drift: the {n} fields compared are the same.")
    addresses = (
        _("No drift: the only invoicing address compared is in force, as approved."),
        _("No drift: the {n} invoicing addresses compared are in force, as approved."),
    )
    if not drift.in_sync:
        return say.count(*addresses, drift.addresses_in_sync)
    more = say(_("Invoicing addresses in force, as approved: {n}."), n=drift.addresses_in_sync)
    return " ".join([say.count(*messages, drift.in_sync), *([more] if drift.addresses_in_sync else [])])


def _quoted(word: str) -> str:
    return shlex.quote(printable(word))
