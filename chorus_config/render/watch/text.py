"""What happened since an earlier snapshot, for the person who watches: structure by structure, then what it sums up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import KINDS
from chorus_config.model.observed.watch import EntrySince, Event, FieldSince, Watch
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import field_label, headed, value_text
from chorus_config.render.shared.values import KIND_LABELS
from chorus_config.render.watch.view import (
    ENTRY_LABELS,
    EVENT_LABELS,
    Alike,
    groups,
    headline,
    notice_text,
    outside_line,
    remarks,
)
from chorus_config.yamltext.characters import printable

_MEANINGS: Final[Mapping[Event, str]] = {
    "vanished": "delete", "closed": "delete", "reopened": "create", "new": "create", "renamed": "update", "changed": "update",
}  # fmt: skip


def watch_text(watch: Watch, say: Translator, paint: Paint) -> str:
    """Return the whole comparison; nothing that happened is left out."""
    blocks = ["\n".join(_alike(alike, say, paint)) for alike in groups(watch)]
    end = [paint(headline(watch, say), "good" if watch.settled and watch.compared else "title"), *remarks(watch, say)]
    if watch.outside:
        end += [outside_line(watch, say), *(f"  {headed(root, name)}" for root, name in watch.outside.items())]
    return "\n\n".join([*blocks, "\n".join(end)]) + "\n"


def _alike(alike: Alike, say: Translator, paint: Paint) -> Iterator[str]:
    first = alike[0]
    tags = " ".join(f"[{paint(say(EVENT_LABELS[event]), _MEANINGS[event])}]" for event in first.events)
    if len(alike) == 1:
        yield f"{paint(headed(first.root, first.name), 'title')} {tags}"
    else:
        yield f"{paint(say(_('The same on {n} structures:'), n=len(alike)), 'title')} {tags}"
        yield from (f"  {headed(one.root, one.name)}" for one in alike)
    for entry in first.entries:
        yield from _entry(entry, say)
    yield from (f"  → {notice_text(notice, say)}." for notice in first.suppliers)


def _entry(entry: EntrySince, say: Translator) -> Iterator[str]:
    key = entry.address.key
    if key:
        became = f" → {printable(entry.became)}" if entry.became else ""
        kind, event = say(KIND_LABELS[KINDS[entry.address.group].name]), say(ENTRY_LABELS[entry.event])
        yield f"  {kind} {printable(key)} [{event}]{became}"
    pad = "    " if key else "  "
    yield from (f"{pad}{_field(entry, field, say)}" for field in entry.fields)


def _field(entry: EntrySince, field: FieldSince, say: Translator) -> str:
    label = field_label(entry.address.group, field.path)
    before, after = (value_text(side, say) for side in (field.before, field.after))
    if entry.event in {"added", "removed"}:
        return say(_("{label}: {value}"), label=label, value=after if entry.event == "added" else before)
    text = say(_("{label}: {before} → {after}"), label=label, before=before, after=after)
    return text + say(_(" (the hidden part differs)")) if field.hidden else text
