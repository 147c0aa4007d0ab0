"""A plan or comparison for a comment of a pull request: the verdict first, then what is blocked or dangerous, then all changes.

What does not fit is left out in steps, each rendered whole and then measured: nothing is cut inside a tag or a fence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import LEVELS
from chorus_config.model.plan import Plan
from chorus_config.render.plan.markdown_parts import (
    DetailLevel,
    few,
    finding_lines,
    labelled,
    line_of,
    named_list,
    structures,
    value_of,
)
from chorus_config.render.plan.suppliers import HEADING, SupplierLine, next_step, supplier_lines
from chorus_config.render.plan.verdict import (
    Blocker,
    blockers,
    capital,
    commit,
    compared,
    counted,
    headline,
    narrowed,
    state,
    terms,
)
from chorus_config.render.plan.view import ShownFinding, ShownStructure, shown_structures
from chorus_config.render.shared.markdown import code, details, document, named, prose, short
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.pieces import pieces
from chorus_config.render.shared.values import LEVEL_LABELS

NOTICE: Final = _("Shortened to fit here: the whole is in the HTML or JSON report of this run.")

# Longer than any sentence about revisions, states and days that nobody forged.
_LONG: Final = 120
_STEPS: Final = (
    DetailLevel(None, None, 3, 3),
    DetailLevel(None, 300, 2, 2),
    DetailLevel(60, 200, 1, 1),
    DetailLevel(20, 200, 1, 0),
    DetailLevel(8, 120, 0, -1),
    DetailLevel(0, 60, 0, -1),
)
# How many lines of what suppliers will see, by how much is shown of each structure.
_FEW: Final = {3: None, 2: 10}


def render(plan: Plan, say: Translator, _paint: Paint) -> str:
    """Return the plan in this format."""
    return plan_markdown(plan, say)


def plan_markdown(plan: Plan, say: Translator, *, limit: int = 60_000) -> str:
    """Return the plan or comparison in at most `limit` characters (from 3,000 up) and twice as many bytes.

    The first line is the hidden marker by which a comment is found again, the second what is decided: it is never cut.
    """
    made = (document(_blocks(plan, say, step), limit) for step in _STEPS)
    return next((text for text in made if text), "") or str(document(_blocks(plan, say, _STEPS[-1]), None))


def _blocks(plan: Plan, say: Translator, step: DetailLevel) -> Iterator[str]:
    yield f"<!-- chorus-config:{plan.kind} -->\n**{prose(headline(plan, say))}**"
    if step is not _STEPS[0]:
        yield prose(say(NOTICE))
    yield "\n".join(f"- {line}" for line in _facts(plan, say, step))
    yield from _section(_("Decisions of the project that change"), _decided(plan, say, step), say, step)
    yield from _section(_("Acceptances"), _accepted(plan, say, step), say, step)
    yield from _section(_("Moved files"), _moved(plan, step), say, step)
    if step.depth >= 0:
        parts = tuple(shown_structures(plan, say, step.text))
        yield from _section(_("Blocked"), _blocked(plan, parts, say, step), say, step)
        yield from _section(_("High risk"), _high(parts, say, step), say, step)
        if parts:
            yield f"### {prose(say(_('By structure')))}"
            yield from structures(parts, say, step)
        yield from _other_findings(plan, say, step)
    yield from _suppliers(plan, say, step)


def _section(head: str, lines: Iterable[str], say: Translator, step: DetailLevel) -> Iterator[str]:
    """Yield a heading and a list; what is over the number of lines of the step is counted."""
    all_lines = list(lines)
    if not all_lines:
        return
    yield f"### {prose(say(head))} ({len(all_lines)})" if step.lines == 0 else f"### {prose(say(head))}"
    if step.lines != 0:
        yield "\n".join(f"- {line}" for line in few(all_lines, say, step))


def _facts(plan: Plan, say: Translator, step: DetailLevel) -> Iterator[str]:
    if plan.changes:
        yield prose(counted(plan, say))
    yield prose(short(compared(plan, say), _LONG))
    if plan.observed:
        yield f"{code(short(plan.before.source, step.text))} ({prose(short(state(plan, say), _LONG))})"
    elif plan.kind == "plan":
        yield prose(short(capital(state(plan, say)), _LONG))
    if commit_line := commit(plan, say):
        yield prose(short(commit_line, _LONG))
    if narrowed(plan):
        names = [code(short(name, step.text)) for name in narrowed(plan)]
        yield say(_("Narrowed to {chosen}: nothing else was looked at."), chosen=", ".join(few(names, say, step)))
    error = f"**{prose(say(LEVEL_LABELS['error']))}**"
    reasons = [f"{error} – {prose(short(capital(why), step.text))}" for why in plan.reasons]
    yield from few(reasons, say, step)


def _decided(plan: Plan, say: Translator, step: DetailLevel) -> Iterator[str]:
    for one in plan.decisions:
        before, after = (value_of(pieces(side, say, step.text, _("not written"))) for side in (one.before, one.after))
        yield say(_("{label}: {before} → {after}"), label=code(short(one.what, step.text)), before=before, after=after)


def _accepted(plan: Plan, say: Translator, step: DetailLevel) -> Iterator[str]:
    for one in plan.accepted:
        reason, address = prose(short(one.reason, step.text)), labelled(one.address, plan.names, step)
        message = _("{rule} on {address}: {reason} ({until})")
        yield say(message, rule=prose(one.rule), address=address, reason=reason, until=prose(terms(one, say)))


def _moved(plan: Plan, step: DetailLevel) -> Iterator[str]:
    for one in plan.moves:
        before, after = (code(short(text, step.text)) for text in (one.before, one.after))
        yield f"{labelled(one.address, plan.names, step)} {before} → {after}"


def _blocked(plan: Plan, parts: tuple[ShownStructure, ...], say: Translator, step: DetailLevel) -> Iterator[str]:
    """Yield each structure with blocked changes, and the errors that block it."""
    for blocker in blockers(plan, parts):
        count = prose(say.count(_("{n} change blocked"), _("{n} changes blocked"), blocker.count))
        name = f"{named_list(blocker.named, say, step)} – {count}" if blocker.named else prose(say(_("Beside the changes")))
        yield name + ("".join(f"\n  - {line}" for line in few([*_errors(blocker, say, step)], say, step)) if step.depth else "")


def _errors(blocker: Blocker, say: Translator, step: DetailLevel) -> Iterator[str]:
    for rule, message, remedy, locations in blocker.errors:
        where = ", ".join(few([code(short(one, step.text)) for one in locations], say, step))
        yield f"{prose(rule)} {prose(short(message, step.text))} ({where}) → {prose(short(remedy, step.text))}"


def _high(parts: tuple[ShownStructure, ...], say: Translator, step: DetailLevel) -> Iterator[str]:
    for part in parts:
        for item in part.dangerous:
            serious = [one for one in item.findings if one.finding.level != "info" and step.depth > 0]
            lines = "".join(f"\n  - {finding_lines(one, say, step, '    ')}" for one in serious)
            yield f"{named_list(part.named, say, step)} – {line_of(item, say, step)}{lines}"


def _other_findings(plan: Plan, say: Translator, step: DetailLevel) -> Iterator[str]:
    """Yield the findings that no change carries, in a part that is open when one of them is an error."""
    if not plan.findings:
        return
    counts = say.count(_("{n} finding beside the changes"), _("{n} findings beside the changes"), len(plan.findings))
    ranked = sorted(plan.findings, key=lambda one: LEVELS.index(one.level))
    kept = [ShownFinding(one, None, ()) for one in ranked if LEVELS.index(one.level) < step.levels]
    if not kept or step.depth == 0:
        yield prose(counts)
        return
    body = "\n".join(f"- {line}" for line in few([finding_lines(one, say, step, "  ") for one in kept], say, step))
    yield details(named(counts), body, opened=ranked[0].level == "error")


def _suppliers(plan: Plan, say: Translator, step: DetailLevel) -> Iterator[str]:
    """Yield what suppliers will see, last: whoever approves the change tells them."""
    # What blocks the change needs the room more: this part shrinks first.
    room = replace(step, lines=_FEW.get(step.depth, 0))
    lines = [_supplier_line(line, plan, say, room) for line in supplier_lines(plan, say)]
    yield from _section(HEADING, lines, say, room)
    if lines and room.lines != 0:
        yield prose(next_step(plan, say))


def _supplier_line(line: SupplierLine, plan: Plan, say: Translator, step: DetailLevel) -> str:
    name = labelled(line.root, plan.names, step)
    if line.change is None:
        return f"{name} – {prose(short(line.remark, step.text))}"
    one = line.change
    arrow = f" → {code(short(one.instead, step.text))}" if one.instead else ""
    text = say(_("{label}: {value}"), label=prose(one.what), value=f"{code(short(one.text, step.text))}{arrow}")
    return " – ".join((name, text, *map(prose, filter(None, (one.bears, one.when, one.outcome)))))
