"""A plan for the person who reviews it: by structure and block, in the portal's own labels, the verdict at the end."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.plan import Plan
from chorus_config.render.findings.text import finding_lines
from chorus_config.render.plan.suppliers import HEADING, SupplierLine, next_step, supplier_lines
from chorus_config.render.plan.verdict import against, narrowed, state, tally, terms, title
from chorus_config.render.plan.view import ShownChange, ShownFinding, ShownStructure, shown_structures
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import field_lines, headed, name_of, named, value_text
from chorus_config.render.shared.values import LEVEL_LABELS, location
from chorus_config.yamltext.characters import printable


def render(plan: Plan, say: Translator, paint: Paint) -> str:
    """Return the plan in this format."""
    return plan_text(plan, say, paint)


def plan_text(plan: Plan, say: Translator, paint: Paint) -> str:
    """Return the whole plan or comparison; nothing is left out, identical changes over several structures are told once."""
    return "".join(plan_pieces(plan, say, paint))


def plan_pieces(plan: Plan, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield the same in pieces, each of whole lines: of a great plan, no more than one structure is held."""
    yield _heading(plan, say, paint) + "\n"
    for block in _blocks(plan, say, paint):
        yield f"\n{block}\n"
    yield f"\n{_verdict(plan, say, paint)}\n"


def _blocks(plan: Plan, say: Translator, paint: Paint) -> Iterator[str]:
    yield from ("\n".join(_part(part, say, paint)) for part in shown_structures(plan, say))
    if plan.findings:
        yield "\n".join(finding_lines(finding, say, paint) for finding in plan.findings)
    yield from ("\n".join(lines) for lines in (_accepted(plan, say), _moved(plan, say), _decided(plan, say, paint)) if lines)
    suppliers = [_supplier_line(line, plan, say) for line in supplier_lines(plan, say)]
    if suppliers:
        yield "\n".join([paint(say(HEADING), "title"), *suppliers, next_step(plan, say)])


def _supplier_line(line: SupplierLine, plan: Plan, say: Translator) -> str:
    name = named(line.root, plan.names)
    if line.change is None:
        return f"  {say(_('{label}: {value}'), label=name, value=printable(line.remark))}"
    one = line.change
    arrow = f" → {printable(one.instead)}" if one.instead else ""
    text = say(_("{label}: {value}"), label=printable(one.what), value=f"{printable(one.text)}{arrow}")
    return " – ".join((f"  {name}", text, *filter(None, (printable(one.bears), one.when, one.outcome))))


def _heading(plan: Plan, say: Translator, paint: Paint) -> str:
    heading = paint(title(plan, say), "title")
    return heading if plan.kind == "diff" else f"{heading}\n{printable(plan.before.source)} ({state(plan, say)})"


def _part(part: ShownStructure, say: Translator, paint: Paint) -> Iterator[str]:
    path = f"   {printable(part.path)}" if part.path else ""
    yield paint(headed(part.root, part.label), "title") + paint(path, "quiet")
    if part.others:
        yield "  " + say(_("same change on {n} structures:"), n=len(part.roots))
        yield from (f"    {headed(root, label)}" for root, label in part.named)
    for item in part.items:
        yield from _item(item, say, paint)
        for finding in item.findings:
            yield from _finding(finding, say, paint)


def _finding(shown: ShownFinding, say: Translator, paint: Paint) -> Iterator[str]:
    yield finding_lines(shown.finding, say, paint, indent="    ")
    if shown.acceptance is not None:
        reason, until = printable(shown.acceptance.reason), printable(terms(shown.acceptance, say))
        yield "        " + paint(say(_("accepted: {reason} ({until})"), reason=reason, until=until), "good")
    for other in shown.elsewhere:
        # The same finding in the other structures has places of its own: its sentence was said.
        yield f"        {location(other)}"
        yield from (f"        {printable(o.path)}:{o.line}:{o.column}: {printable(o.message)}" for o in other.related)


def _item(item: ShownChange, say: Translator, paint: Paint) -> Iterator[str]:
    blocked = "  " + paint(say(_("[blocked]")), "error") if item.change.blocked else ""
    yield f"  {paint(name_of(item), item.change.op)}{blocked}"
    yield from field_lines(item, say, "    ")


def _accepted(plan: Plan, say: Translator) -> list[str]:
    return [
        say(
            _("Accepted: {rule} on {address}: {reason} ({until})"),
            rule=printable(one.rule),
            address=named(one.address, plan.names),
            reason=printable(one.reason),
            until=printable(terms(one, say)),
        )
        for one in plan.accepted
    ]


def _moved(plan: Plan, say: Translator) -> list[str]:
    moved = _("Moved: {address}: {before} → {after}")
    return [
        say(moved, address=named(one.address, plan.names), before=printable(one.before), after=printable(one.after))
        for one in plan.moves
    ]


def _decided(plan: Plan, say: Translator, paint: Paint) -> list[str]:
    if not plan.decisions:
        return []
    rows = [
        say(
            _("{label}: {before} → {after}"),
            label=printable(one.what),
            before=value_text(one.before, say, _("not written")),
            after=value_text(one.after, say, _("not written")),
        )
        for one in plan.decisions
    ]
    return [paint(say(_("Decisions of the project that change:")), "title"), *(f"  {row}" for row in rows)]


def _verdict(plan: Plan, say: Translator, paint: Paint) -> str:
    lines = [paint(tally(plan, say), "good" if plan.applyable and not plan.changes else "title")]
    if narrowed(plan):
        names = ", ".join(map(printable, narrowed(plan)))
        lines.append(say(_("Narrowed to {chosen}: nothing else was looked at."), chosen=names))
    error = paint(say(LEVEL_LABELS["error"]), "error")
    lines += [say(against(plan), error=error, why=printable(why)) for why in plan.reasons]
    return "\n".join(lines)
