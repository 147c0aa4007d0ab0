"""A first approval brings many structures that nobody knew: what is to be said of each is said once."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import Finding
from chorus_config.model.plan import Change
from chorus_config.rules.catalogue import RULES


def told_once(changes: Sequence[Change], say: Translator) -> tuple[Change, ...]:
    """Return the changes; what a rule tells once (`Rule.once`) in the same words is at the first, with how many more there are.

    Where a project made it an error, each structure keeps its own: each is blocked, and accepted, by itself.
    """
    alike: dict[str, int] = {}
    for message in (one.message for change in changes for one in change.findings if _is_told_once(one)):
        alike[message] = alike.get(message, 0) + 1
    told: set[str] = set()
    return tuple(_told(change, alike, told, say) for change in changes)


def _is_told_once(finding: Finding) -> bool:
    row = RULES[finding.rule]
    return row.once and row.where == "change" and finding.level != "error"


def _told(change: Change, alike: dict[str, int], told: set[str], say: Translator) -> Change:
    if not any(map(_is_told_once, change.findings)):
        return change
    kept = []
    for one in change.findings:
        if not _is_told_once(one):
            kept.append(one)
        elif one.message not in told:
            told.add(one.message)
            kept.append(_with_others(one, alike[one.message] - 1, say))
    return replace(change, findings=tuple(kept))


def _with_others(finding: Finding, others: int, say: Translator) -> Finding:
    if not others:
        return finding
    messages = (
        _("{message} (the same for {n} more structure of this plan)"),
        _("{message} (the same for {n} more structures of this plan)"),
    )
    return replace(finding, message=say.count(*messages, others, message=finding.message))
