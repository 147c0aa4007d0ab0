"""The structures of a plan in Markdown, with as much of each as a step leaves room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from chorus_config.diff.names import Names
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.finding import LEVELS
from chorus_config.render.plan.verdict import terms
from chorus_config.render.plan.view import SIGNS, ShownChange, ShownField, ShownFinding, ShownStructure
from chorus_config.render.shared.gestures import tally
from chorus_config.render.shared.markdown import code, details, named, prose, short, table, tagged
from chorus_config.render.shared.pieces import Piece
from chorus_config.render.shared.values import LEVEL_LABELS, location


class DetailLevel(Struct, frozen=True):
    """How much is shown: lines of each list of the verdict, characters of each text (None: all), how many levels of findings.

    `depth` is how much of each structure: 3 all, 2 no values of what comes or goes, 1 the names of fields, 0 a row of
    counts, -1 nothing.
    """

    lines: int | None
    text: int | None
    levels: int
    depth: int


def few(lines: list[str], say: Translator, step: DetailLevel) -> list[str]:
    """Return the lines that a step has room for, and how many more there are."""
    if step.lines is None or len(lines) <= step.lines:
        return lines
    return [*lines[: step.lines], prose(say.count(_("… and {n} more"), _("… and {n} more"), len(lines) - step.lines))]


def structures(parts: tuple[ShownStructure, ...], say: Translator, step: DetailLevel) -> Iterator[str]:
    """Yield each structure in a part of its own, open where something is blocked; or one table that counts them."""
    if step.depth == 0:
        heads = (_("Structure"), _("Added"), _("Changed"), _("Removed"), _("Blocked"))
        yield table([prose(say(head)) for head in heads], [_counts(part, say, step) for part in parts])
        return
    for part in parts:
        counts = [tally((item.operation for item in part.items), say)]
        if part.blocked:
            counts.append(say.count(_("{n} change blocked"), _("{n} changes blocked"), part.blocked))
        names = [tagged(short(part.root, step.text)), *([named(short(part.label, step.text))] if part.label else [])]
        if part.others:
            names.append(named(say.count(_("and {n} other"), _("and {n} others"), len(part.others))))
        yield details(f"{' '.join(names)} – {named(', '.join(counts))}", _body(part, say, step), opened=part.blocked > 0)


def _counts(part: ShownStructure, say: Translator, step: DetailLevel) -> list[str]:
    ops = [item.change.op for item in part.items]
    name = labelled(part.root, {part.root: part.label}, step)
    if part.others:
        name += " " + prose(say.count(_("and {n} other"), _("and {n} others"), len(part.others)))
    return [name, *(str(ops.count(op)) for op in ("create", "update", "delete")), str(part.blocked)]


def _body(part: ShownStructure, say: Translator, step: DetailLevel) -> str:
    lines = [code(short(part.path, step.text))] if part.path else []
    if part.others:
        names = few([labelled(root, {root: label}, step) for root, label in part.named], say, step)
        heading = prose(say(_("same change on {n} structures:"), n=len(part.roots)))
        lines.append("\n".join([heading, "", *(f"- {name}" for name in names)]))
    if step.depth == 1:
        lines.append("\n".join(f"- {line_of(item, say, step)}" for item in part.items))
        return "\n\n".join(lines)
    return "\n\n".join([*lines, *(line for item in part.items for line in _item(item, say, step))])


def _item(item: ShownChange, say: Translator, step: DetailLevel) -> Iterator[str]:
    yield _head(item, say, step)
    yield from _fields(item, say, step)
    kept = [one for one in item.findings if LEVELS.index(one.finding.level) < step.levels]
    if kept:
        yield "\n".join(f"- {finding_lines(one, say, step, '  ')}" for one in kept)


def _head(item: ShownChange, say: Translator, step: DetailLevel) -> str:
    blocked = f" **{prose(say(_('[blocked]')))}**" if item.change.blocked else ""
    return name_of(item, step) + blocked


def line_of(item: ShownChange, say: Translator, step: DetailLevel) -> str:
    """Return a change on one line: the resource, which fields or how many, which rules."""
    fields = ", ".join(few(_names(item, step), say, step)) if item.change.op == "update" else _count(item, say)
    rules = ", ".join(dict.fromkeys(prose(one.finding.rule) for one in item.findings))
    return _head(item, say, step) + (f" – {fields}" if fields else "") + (f" ({rules})" if rules else "")


def _rows(item: ShownChange) -> list[ShownField]:
    return [row for _block, rows in item.blocks for row in rows]


def _names(item: ShownChange, step: DetailLevel) -> list[str]:
    return [prose(row.label) or code(short(row.key, step.text)) for row in _rows(item)]


def _count(item: ShownChange, say: Translator) -> str:
    """Return how many fields a resource has, "" for one that is only its name."""
    rows = _rows(item)
    return "" if all(row.named for row in rows) else prose(say.count(_("{n} field"), _("{n} fields"), len(rows)))


_HEADS: Final = {"create": (_("Value"),), "update": (_("Before"), _("After")), "delete": (_("Removed value"),)}


def _fields(item: ShownChange, say: Translator, step: DetailLevel) -> Iterator[str]:
    """Yield the fields as a table, or only how many there are; nothing for a resource that is only its name."""
    if all(row.named for row in _rows(item)):
        return
    if item.change.op != "update" and step.depth < 3:
        yield _count(item, say)
        return
    lines = [line for title, rows in item.blocks for line in _lines(item.change.op, title, rows, say, step)]
    heads = _heads(item.change.op, say)
    # An entry of a list is a block by itself: no column for its name.
    first = 0 if any(line[0] for line in lines) else 1
    yield table(heads[first:], [line[first:] for line in lines])


def _heads(op: str, say: Translator) -> list[str]:
    return [prose(say(head)) for head in (_("Block"), _("Field"), *_HEADS[op])]


def _lines(op: str, title: str, rows: Sequence[ShownField], say: Translator, step: DetailLevel) -> Iterator[list[str]]:
    """Yield the lines of one block; its name stands in the first alone."""
    for number, row in enumerate(rows):
        yield [prose(title) if number == 0 else "", _label(row, step), *_sides(op, row, say)]


def _label(row: ShownField, step: DetailLevel) -> str:
    key = code(short(row.key, step.text))
    return f"{prose(row.label)} {key}" if row.label else key


def _sides(op: str, row: ShownField, say: Translator) -> list[str]:
    if op != "update":
        return [value_of(row.after if op == "create" else row.before)]
    return [
        value_of(row.before),
        value_of(row.after) + (f" {prose(say(_(' (the hidden part differs)')))}" if row.hidden else ""),
    ]


def value_of(value: tuple[Piece, ...]) -> str:
    """Return a value: what somebody wrote as code, our own words as words."""
    return ", ".join(_piece(piece) for piece in value)


def _piece(piece: Piece) -> str:
    text = code(piece.text) if piece.literal else prose(piece.text)
    return f"{text} {prose(piece.more)}" if piece.more else text


def finding_lines(shown: ShownFinding, say: Translator, step: DetailLevel, indent: str) -> str:
    """Return an item of a list: the level, rule and message; below, indented, the other places, the acceptance, the remedy."""
    one = shown.finding
    level = f"**{prose(say(LEVEL_LABELS[one.level]))}** {prose(one.rule)}"
    lines = [f"{level} {prose(short(one.message, step.text))} ({code(short(location(one), step.text))})"]
    lines += [f"- {code(short(location(other), step.text))}" for other in shown.elsewhere]
    seconds = [second for finding in shown.everywhere for second in finding.related]
    for second in seconds:
        where = code(short(f"{second.path}:{second.line}:{second.column}", step.text))
        lines.append(f"- {where} {prose(short(second.message, step.text))}")
    if shown.acceptance is not None:
        reason, until = prose(short(shown.acceptance.reason, step.text)), prose(terms(shown.acceptance, say))
        lines.append(f"- {say(_('accepted: {reason} ({until})'), reason=reason, until=until)}")
    if step.depth == 3 or shown.against:
        lines.append(f"- → {prose(short(one.help, step.text))}")
    return f"\n{indent}".join(lines)


def named_list(named: Sequence[tuple[str, str]], say: Translator, step: DetailLevel) -> str:
    """Return structures as code, each with its label."""
    return ", ".join(few([labelled(root, {root: label}, step) for root, label in named], say, step))


def labelled(address: str, names: Names, step: DetailLevel) -> str:
    """Return an address as code, with the label of its structure or account."""
    label = names.get(parse_address(address).root, "")
    return code(short(address, step.text)) + (f" {prose(short(label, step.text))}" if label else "")


def name_of(item: ShownChange, step: DetailLevel) -> str:
    """Return what a change does to which resource."""
    key = f" {code(short(item.key, step.text))}" if item.key else ""
    return f"**{_ESCAPED[SIGNS[item.change.op]]} {prose(item.name)}**{key}"


_ESCAPED: Final = {"+": "+", "~": "\\~", "-": "−"}
