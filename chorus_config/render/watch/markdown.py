"""What happened since an earlier snapshot, for a CI summary or an issue: the verdict first, then what suppliers meet.

What does not fit is left out in steps, each rendered whole and then measured: nothing is cut inside a tag or a fence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import KINDS
from chorus_config.model.observed.watch import EntrySince, FieldSince, StructureSince, Watch
from chorus_config.render.plan.markdown_parts import DetailLevel, few, labelled, value_of
from chorus_config.render.shared.markdown import code, details, document, named, prose, short, table, tagged
from chorus_config.render.shared.pieces import pieces
from chorus_config.render.shared.text import field_label
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

_NOTICE: Final = _("Shortened to fit here: the whole is in the text or JSON report of this run.")
# Longer than any sentence of ours about two sources that nobody forged.
_LONG: Final = 400
# Lines of each list, characters of each text; the rest is of plans. Depth 3 is all, 1 no fields, 0 no structure.
_STEPS: Final = (
    DetailLevel(None, None, 3, 3),
    DetailLevel(200, 300, 3, 3),
    DetailLevel(60, 200, 3, 1),
    DetailLevel(20, 100, 3, 1),
    DetailLevel(8, 60, 3, 0),
)


def watch_markdown(watch: Watch, say: Translator, *, limit: int = 60_000) -> str:
    """Return the comparison in at most `limit` characters (from 3,000 up) and twice as many bytes.

    The first line is the hidden marker by which a comment is found again, the second what happened: it is never cut.
    """
    made = (document(_blocks(watch, say, step), limit) for step in _STEPS)
    return next((text for text in made if text), "") or str(document(_blocks(watch, say, _STEPS[-1]), None))


def _blocks(watch: Watch, say: Translator, step: DetailLevel) -> Iterator[str]:
    yield f"<!-- chorus-config:watch -->\n**{prose(headline(watch, say))}**"
    if step is not _STEPS[0]:
        yield prose(say(_NOTICE))
    yield "\n".join(f"- {prose(short(line, _LONG))}" for line in remarks(watch, say))
    parts = list(groups(watch))
    yield from _for_suppliers(parts, say, step)
    if parts and step.depth > 0:
        yield f"### {prose(say(_('By structure')))}"
        yield from few([_part(alike, say, step) for alike in parts], say, step)
    if watch.outside:
        yield _listed(outside_line(watch, say), [labelled(root, watch.outside, step) for root in watch.outside], say, step)


def _for_suppliers(parts: Iterable[Alike], say: Translator, step: DetailLevel) -> Iterator[str]:
    """Yield what suppliers meet, one line for structures to which the same happened."""
    told = [
        f"{_names(alike, say, step)} – {prose(short(notice_text(notice, say), step.text))}"
        for alike in parts
        for notice in alike[0].suppliers
    ]
    if told:
        yield f"### {prose(say(_('What suppliers will notice')))}"
        yield "\n".join(f"- {line}" for line in few(told, say, step))


def _listed(heading: str, names: list[str], say: Translator, step: DetailLevel) -> str:
    return "\n".join([prose(heading), "", *(f"- {name}" for name in few(names, say, step))])


def _name(one: StructureSince, step: DetailLevel) -> str:
    return labelled(one.root, {one.root: one.name}, step)


def _names(alike: Alike, say: Translator, step: DetailLevel) -> str:
    """Return the first of some structures, and how many others there are: all their names stand in their part."""
    others = prose(say.count(_("and {n} other"), _("and {n} others"), len(alike) - 1))
    return _name(alike[0], step) + (f" {others}" if len(alike) > 1 else "")


def _part(alike: Alike, say: Translator, step: DetailLevel) -> str:
    """Return structures to which the same happened: a line where there is nothing more to say, else a part that opens."""
    first = alike[0]
    events = ", ".join(say(EVENT_LABELS[event]) for event in first.events)
    body = []
    if len(alike) > 1:
        heading = say(_("The same on {n} structures:"), n=len(alike))
        body.append(_listed(heading, [_name(one, step) for one in alike], say, step))
    for entry in first.entries:
        body += _entry(entry, say, step)
    if not body:
        return f"{_name(first, step)} – {prose(events)}"
    names = [tagged(short(first.root, step.text)), *([named(short(first.name, step.text))] if first.name else [])]
    if len(alike) > 1:
        names.append(named(say.count(_("and {n} other"), _("and {n} others"), len(alike) - 1)))
    grave = "closed" in first.events or bool(first.suppliers)
    return details(f"{' '.join(names)} – {named(events)}", "\n\n".join(body), opened=grave)


def _entry(entry: EntrySince, say: Translator, step: DetailLevel) -> Iterator[str]:
    """Yield the name of an entry of a list, then its fields as a table, or their names alone."""
    title = f"**{prose(say(KIND_LABELS[KINDS[entry.address.group].name]))}**"
    if entry.address.key:
        title += f" {code(short(entry.address.key, step.text))} – {prose(say(ENTRY_LABELS[entry.event]))}"
    if entry.became:
        title += f" → {code(short(entry.became, step.text))}"
    if step.depth < 3:
        labels = [prose(field_label(entry.address.group, field.path, key=False)) for field in entry.fields]
        yield f"{title}: {', '.join(labels)}" if labels else title
        return
    yield title
    if entry.fields:
        yield _table(entry, say, step)


def _table(entry: EntrySince, say: Translator, step: DetailLevel) -> str:
    one_side = {"added": _("Value"), "removed": _("Removed value")}.get(entry.event)
    heads = (_("Field"), *((one_side,) if one_side else (_("Before"), _("After"))))
    rows = [[prose(field_label(entry.address.group, field.path)), *_sides(entry, field, say, step)] for field in entry.fields]
    return table([prose(say(head)) for head in heads], rows)


def _sides(entry: EntrySince, field: FieldSince, say: Translator, step: DetailLevel) -> list[str]:
    before, after = (value_of(pieces(side, say, step.text)) for side in (field.before, field.after))
    if entry.event in {"added", "removed"}:
        return [after if entry.event == "added" else before]
    return [before, after + (f" {prose(say(_(' (the hidden part differs)')))}" if field.hidden else "")]
