"""The structures of a plan in Markdown, with as much of each as a step leaves room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from chorus_config.report.findings_concise import place
from chorus_config.report.findings_text import LEVEL_WORDS
from chorus_config.report.markdown import code, details, named, prose, short, table, tagged
from chorus_config.report.plan_parts import SIGNS, Item, Part, Piece, Row, Told
from chorus_config.report.plan_verdict import terms
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.rule import LEVELS


@dataclass(frozen=True, slots=True)
class Step:
    """How much is shown: lines of each list of the verdict, characters of each text (None: all), how many levels of findings.

    `depth` is how much of each structure: 3 all, 2 no values of what comes or goes, 1 the names of fields, 0 a row of
    counts, -1 nothing.
    """

    lines: int | None
    text: int | None
    levels: int
    depth: int


def few(lines: list[str], say: Texts, step: Step) -> list[str]:
    """Return the lines that a step has room for, and how many more there are."""
    if step.lines is None or len(lines) <= step.lines:
        return lines
    return [*lines[: step.lines], prose(say.count(_("… and {n} more"), _("… and {n} more"), len(lines) - step.lines))]


def structures(shown: tuple[Part, ...], say: Texts, step: Step) -> Iterator[str]:
    """Yield each structure in a part of its own, open where something is blocked; or one table that counts them."""
    if step.depth == 0:
        heads = (_("Structure"), _("To create"), _("To change"), _("To remove"), _("Blocked"))
        yield table([prose(say(head)) for head in heads], [_counts(part, say, step) for part in shown])
        return
    for part in shown:
        ops = [item.change.op for item in part.items]
        told = [say.count(*_OPS[op], ops.count(op)) for op in ("create", "update", "delete") if op in ops]
        if part.blocked:
            told.append(say.count(_("{n} change blocked"), _("{n} changes blocked"), part.blocked))
        names = [tagged(short(part.root, step.text)), *([named(short(part.label, step.text))] if part.label else [])]
        if part.others:
            names.append(named(say.count(_("and {n} other"), _("and {n} others"), len(part.others))))
        yield details(f"{' '.join(names)} – {named(', '.join(told))}", _body(part, say, step), opened=part.blocked > 0)


_OPS: Final = {
    "create": (_("{n} to create"), _("{n} to create")),
    "update": (_("{n} to change"), _("{n} to change")),
    "delete": (_("{n} to remove"), _("{n} to remove")),
}


def _counts(part: Part, say: Texts, step: Step) -> list[str]:
    ops = [item.change.op for item in part.items]
    name = code(short(part.root, step.text))
    if part.others:
        name += " " + prose(say.count(_("and {n} other"), _("and {n} others"), len(part.others)))
    return [name, *(str(ops.count(op)) for op in ("create", "update", "delete")), str(part.blocked)]


def _body(part: Part, say: Texts, step: Step) -> str:
    lines = [code(short(part.path, step.text))] if part.path else []
    if part.others:
        names = ", ".join(code(short(root, step.text)) for root in part.others)
        lines.append(say(_("same change on {n} structures: {others}"), n=len(part.roots), others=names))
    if step.depth == 1:
        lines.append("\n".join(f"- {line_of(item, say, step)}" for item in part.items))
        return "\n\n".join(lines)
    for item in part.items:
        lines.append(name_of(item, step) + (f" **{prose(say(_('[blocked]')))}**" if item.change.blocked else ""))
        lines += _fields(item, say, step)
        told = [one for one in item.told if LEVELS.index(one.finding.level) < step.levels]
        if told:
            lines.append("\n".join(f"- {finding_lines(one, say, step, '  ')}" for one in told))
    return "\n\n".join(lines)


def line_of(item: Item, say: Texts, step: Step) -> str:
    """Return a change on one line: the resource, which fields or how many, which rules."""
    rows = [row for _block, rows in item.blocks for row in rows]
    if item.change.op == "update":
        told = ", ".join(few([prose(row.label) or code(short(row.key, step.text)) for row in rows], say, step))
    else:
        told = "" if all(row.named for row in rows) else prose(say.count(_("{n} field"), _("{n} fields"), len(rows)))
    rules = ", ".join(dict.fromkeys(prose(one.finding.rule) for one in item.told))
    blocked = f" **{prose(say(_('[blocked]')))}**" if item.change.blocked else ""
    return f"{name_of(item, step)}{blocked}" + (f" – {told}" if told else "") + (f" ({rules})" if rules else "")


def _fields(item: Item, say: Texts, step: Step) -> Iterator[str]:
    rows = [(title_, row) for title_, inner in item.blocks for row in inner]
    if not [row for _title, row in rows if not row.named]:
        return
    if item.change.op != "update" and step.depth < 3:
        yield prose(say.count(_("{n} field"), _("{n} fields"), len(rows)))
        return
    heads = {"create": [_("Value")], "update": [_("Before"), _("After")], "delete": [_("Removed value")]}[item.change.op]
    blocks = any(title_ for title_, _row in rows)
    lines, last = [], ""
    for title_, row in rows:
        block = [prose(title_) if title_ != last else ""] if blocks else []
        lines.append([*block, _label(row, step), *_sides(item.change.op, row, say)])
        last = title_
    first = [_("Block"), _("Field")] if blocks else [_("Field")]
    yield table([prose(say(head)) for head in (*first, *heads)], lines)


def _label(row: Row, step: Step) -> str:
    key = code(short(row.key, step.text))
    return f"{prose(row.label)} {key}" if row.label else key


def _sides(op: str, row: Row, say: Texts) -> list[str]:
    if op != "update":
        return [value_of(row.after if op == "create" else row.before)]
    return [
        value_of(row.before),
        value_of(row.after) + (f" {prose(say(_(' (the hidden part differs)')))}" if row.hidden else ""),
    ]


def value_of(told: tuple[Piece, ...]) -> str:
    """Return a value: what somebody wrote as code, our own words as words."""
    return ", ".join(_piece(piece) for piece in told)


def _piece(piece: Piece) -> str:
    text = code(piece.text) if piece.literal else prose(piece.text)
    return f"{text} {prose(piece.more)}" if piece.more else text


def finding_lines(told: Told, say: Texts, step: Step, indent: str) -> str:
    """Return an item of a list: the level, rule and message; below, indented, the other places, the acceptance, the remedy."""
    one = told.finding
    level = f"**{prose(say(LEVEL_WORDS[one.level]))}** {prose(one.rule)}"
    lines = [f"{level} {prose(short(one.message, step.text))} ({code(short(place(one), step.text))})"]
    lines += [f"- {code(short(place(other), step.text))}" for other in told.elsewhere]
    seconds = [second for finding in told.everywhere for second in finding.related]
    for second in seconds:
        where = code(short(f"{second.path}:{second.line}:{second.column}", step.text))
        lines.append(f"- {where} {prose(short(second.message, step.text))}")
    if told.acceptance is not None:
        reason, until = prose(short(told.acceptance.reason, step.text)), prose(terms(told.acceptance, say))
        lines.append(f"- {say(_('accepted: {reason} ({until})'), reason=reason, until=until)}")
    if step.depth == 3 or told.against:
        lines.append(f"- → {prose(short(one.help, step.text))}")
    return f"\n{indent}".join(lines)


def roots_of(roots: Sequence[str], say: Texts, step: Step) -> str:
    """Return structures as code."""
    return ", ".join(few([code(short(root, step.text)) for root in roots], say, step))


def name_of(item: Item, step: Step) -> str:
    """Return what a change does to which resource."""
    key = f" {code(short(item.key, step.text))}" if item.key else ""
    return f"**{_ESCAPED[SIGNS[item.change.op]]} {prose(item.name)}**{key}"


_ESCAPED: Final = {"+": "+", "~": "\\~", "-": "−"}
