"""What an observed source says, at a glance, and what recording it replaced, saw entered, and left to be entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from chorus_config.diff.expand import Expanded, expand
from chorus_config.diff.fields import managed
from chorus_config.diff.names import record_name
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.operation import Recording
from chorus_config.model.snapshot import Disagreement, Record, Snapshot
from chorus_config.render.shared.dates import instant_text
from chorus_config.render.shared.paint import Paint, plain
from chorus_config.render.shared.text import closing_lines, field_label, headed, operation_lines, value_text
from chorus_config.yamltext.characters import printable, shown


def snapshot_text(snapshot: Snapshot, say: Translator, paint: Paint) -> str:
    """Return one line for each structure and account, and what they sum up to."""
    lines = [
        paint(
            say(_("Taken {at}: {source}"), source=printable(snapshot.source), at=instant_text(snapshot.taken_at, say)), "title"
        )
    ]
    total = 0
    for record in snapshot.records.values():
        known = expand(record.body)
        count = sum(len(managed(*item)) for item in known.resources.items())
        total += count
        lines.append("  ".join(("", *_record(record, known, count, say))))
    structures = len(snapshot.records)
    lines.append(
        say.count(_("{n} structure or account, {fields} fields reported."),
                  _("{n} structures and accounts, {fields} fields reported."), structures, fields=total)
    )  # fmt: skip
    if snapshot.lines:
        lines.append(say(_("Electronic invoicing addresses: {n}."), n=sum(map(len, snapshot.lines.values()))))
    if snapshot.disagreements:
        names = {root: name for root, record in snapshot.records.items() if (name := record_name(record))}
        lines += disagreement_lines(snapshot.disagreements, names, say, paint)
    return "\n".join([*lines, say(_("What is not reported is not known: it is never taken for « no » or for empty."))]) + "\n"


def disagreement_lines(found: Sequence[Disagreement], names: Mapping[str, str], say: Translator, paint: Paint) -> Iterator[str]:
    """Yield what the sources say differently, structure by structure, and whose word is followed."""
    yield paint(say(_("The sources do not say the same (the first one is followed):")), "title")
    for root, group in groupby(sorted(found, key=lambda one: str(one.address)), key=lambda one: one.address.root):
        yield f"  {headed(root, names.get(root, ''))}"
        yield from (f"    {_disagreement(one, say)}" for one in group)


def _disagreement(one: Disagreement, say: Translator) -> str:
    key = f"{printable(one.address.key)}: " if one.address.key else ""
    sources = {"source": printable(one.source), "other_source": printable(one.other_source)}
    if not one.path:
        return key + say(_("not in {source}, though {other_source} has it"), **sources)
    label = field_label(one.address.group, one.path)
    kept, other = (value_text(side, say, _("not known")) for side in (one.kept, one.other))
    return key + say(_("{label}: {kept} ({source}), {other} ({other_source})"), label=label, kept=kept, other=other, **sources)


def _record(record: Record, known: Expanded, count: int, say: Translator) -> Iterator[str]:
    yield printable(record.root)
    name = "" if record.root.startswith("comptes/") else record_name(record)
    if name:
        yield shown(name)
    yield say.count(_("{n} field reported"), _("{n} fields reported"), count)
    if parse_address(record.root).group == "":
        services = sum(address.group == "services" for address in known.resources)
        yield (
            say.count(_("{n} service"), _("{n} services"), services)
            if "services" in known.lists
            else say(_("services: not reported"))
        )


def recording_text(recording: Recording, left: int, say: Translator) -> str:
    """Return what was recorded; `left` operations are open then."""
    lines = [
        _recorded(recording, say),
        *replaced(recording, say),
        *_seen(recording, say),
        *_opened_anew(recording, say),
        *closing_lines(left, say),
    ]
    return "\n".join(lines) + "\n"


def _recorded(recording: Recording, say: Translator) -> str:
    if recording.changes_nothing:
        return say(_("Nothing to record: the store says all of it already."))
    return say.count(
        _("Recorded: {n} structure or account."), _("Recorded: {n} structures and accounts."), len(recording.roots)
    )  # fmt: skip


def _seen(recording: Recording, say: Translator) -> Iterator[str]:
    messages = _("{n} operation was seen on the portal: closed."), _("{n} operations were seen on the portal: closed.")
    if recording.seen:
        yield say.count(*messages, len(recording.seen))


def _opened_anew(recording: Recording, say: Translator) -> Iterator[str]:
    messages = (
        _("{n} operation still to be entered starts from another value now: `chorus-config worksheet` shows it."),
        _("{n} operations still to be entered start from other values now: `chorus-config worksheet` shows them."),
    )
    if recording.reopened:
        yield say.count(*messages, len(recording.reopened))


def replaced(recording: Recording, say: Translator) -> Iterator[str]:
    """Yield what was approved and is replaced by what the portal says, value by value."""
    if recording.taken:
        yield say(_("Approved until now, replaced by what the portal says:"))
        yield from operation_lines(recording.taken, recording.names, say, plain)
