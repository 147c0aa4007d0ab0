"""A plan or comparison as one page: for the file that a pipeline keeps, and for who opens it from disk or prints it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.plan import Plan
from chorus_config.render.plan.suppliers import HEADING, next_step, supplier_lines
from chorus_config.render.plan.verdict import (
    blockers,
    capital,
    commit,
    compared,
    counted,
    headline,
    is_risky,
    narrowed,
    state,
    terms,
)
from chorus_config.render.plan.view import SIGNS, ShownChange, ShownFinding, ShownStructure, shown_structures
from chorus_config.render.shared.gestures import tally
from chorus_config.render.shared.html import page, tied
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.pieces import pieces
from chorus_config.render.shared.values import LEVEL_LABELS

_KINDS: Final = {"plan": _("Plan"), "diff": _("Comparison")}
_LABELS: Final = {
    "accepted": _("accepted: {reason} ({until})"),
    "acceptances": _("Acceptances"),
    "after": _("after"),
    "before": _("before"),
    "beside": _("Beside the changes"),
    "blocked": _("blocked"),
    "blocked_changes": _("Blocked"),
    "decisions": _("Decisions of the project that change"),
    "high": _("high risk"),
    "high_changes": _("High risk"),
    "line": _("line {line}"),
    "moves": _("Moved files"),
    "same": _("same change on {n} structures:"),
    "structures": _("By structure"),
    "suppliers": HEADING,
    **LEVEL_LABELS,
}


def render(plan: Plan, say: Translator, _paint: Paint) -> str:
    """Return the plan in this format."""
    return plan_html(plan, say)


def plan_html(plan: Plan, say: Translator) -> str:
    """Return the whole plan or comparison as a page; nothing is left out and no value is cut."""
    parts = tuple(shown_structures(plan, say, None))
    return page(
        "plan.html.j2",
        lang=say.language,
        **_verdict(plan, say),
        **_structures(plan, parts, say),
        signs=SIGNS,
        labels=_labels(say),
        terms=lambda one: terms(one, say),
        label_of=lambda address: plan.names.get(parse_address(address).root, ""),
        suppliers=tuple(supplier_lines(plan, say)),
        next_step=next_step(plan, say),
        foot=_foot(plan.tool, plan.digest, say),
    )


def _verdict(plan: Plan, say: Translator) -> dict[str, Any]:
    """Return what comes first: whether the plan can be applied, why not, and the decisions that it rests on."""
    absent = _("not written")
    return {
        "kind": say(_KINDS[plan.kind]),
        "headline": tied(headline(plan, say)),
        "tone": "risky" if is_risky(plan) else "good" if plan.applyable else "bad",
        "facts": _facts(plan, say),
        "reasons": [capital(why) for why in plan.reasons],
        "decisions": [
            (one.what, pieces(one.before, say, absent=absent), pieces(one.after, say, absent=absent)) for one in plan.decisions
        ],
        "accepted": [(one, terms(one, say)) for one in plan.accepted],
        "moves": plan.moves,
    }


def _structures(plan: Plan, parts: tuple[ShownStructure, ...], say: Translator) -> dict[str, Any]:
    """Return what is blocked, what is dangerous, then every structure, each with the place that the others lead to."""
    anchors = {root: f"s{number}" for number, part in enumerate(parts, 1) for root in part.roots}
    return {
        "blockers": [(blocker, _blocked(blocker.count, say)) for blocker in blockers(plan, parts)],
        "risks": [(part, item, _fields(item), _serious(item)) for part in parts for item in part.dangerous],
        "parts": [(part, anchors[part.root], _others(part, say), _ops(part, say)) for part in parts],
        "anchors": anchors,
        "other_findings": [ShownFinding(finding, None, ()) for finding in plan.findings],
    }


def _labels(say: Translator) -> dict[str, str]:
    return {
        **{name: say(word) for name, word in _LABELS.items()},
        "differs": say(_(" (the hidden part differs)")).strip(),
    }


def _facts(plan: Plan, say: Translator) -> list[str]:
    facts = [counted(plan, say), compared(plan, say)]
    if plan.observed:
        facts.append(f"{plan.before.source} ({state(plan, say)})")
    elif plan.kind == "plan":
        # Where the store is interests nobody who reads a page: which state it was in does.
        facts.append(capital(state(plan, say)))
    facts.append(commit(plan, say))
    if narrowed(plan):
        names = ", ".join(narrowed(plan))
        facts.append(say(_("Narrowed to {chosen}: nothing else was looked at."), chosen=names))
    return [one for one in dict.fromkeys(facts) if one and one != headline(plan, say)]


def _fields(item: ShownChange) -> list[str]:
    """Return which fields of a resource change, in the words of the portal; nothing for one that comes or goes whole."""
    rows = (row for _block, rows in item.blocks for row in rows) if item.change.op == "update" else ()
    return [row.label or row.key for row in rows]


def _serious(item: ShownChange) -> list[ShownFinding]:
    return [one for one in item.findings if one.finding.level != "info"]


def _blocked(count: int, say: Translator) -> str:
    return say.count(_("{n} change blocked"), _("{n} changes blocked"), count)


def _ops(part: ShownStructure, say: Translator) -> list[tuple[str, str]]:
    """Return how many changes of each kind a part has, and how many are blocked, each with its meaning."""
    by_op = {op: [item.operation for item in part.items if item.change.op == op] for op in SIGNS}
    counts: list[tuple[str, str]] = [(op, f"{SIGNS[op]} {tally(found, say)}") for op, found in by_op.items() if found]
    return [*counts, ("error", _blocked(part.blocked, say))] if part.blocked else counts


def _others(part: ShownStructure, say: Translator) -> str:
    return say.count(_("and {n} other"), _("and {n} others"), len(part.others)) if part.others else ""


def _foot(tool: Mapping[str, str], digest: str, say: Translator) -> list[str]:
    version = [say(_("chorus-config {version}"), version=tool["version"])] if "version" in tool else []
    return [*version, *([say(_("digest {digest}"), digest=digest)] if digest else [])]
