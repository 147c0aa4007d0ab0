"""The catalogue of rules, with the days on which each is in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import UsageFault
from chorus_config.render.rules.page import RuleEntry
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.rules.settings.cp706_edi_too_early import LAST_DAY_WITHOUT_EDI_RECEPTION
from chorus_config.rules.settings.cp707_moa_too_early import LAST_DAY_WITHOUT_MOA
from chorus_config.rules.spaces.cp504_works_space_missing import LAST_DAY_OF_SPACES
from chorus_config.schema.lookup import nearest
from chorus_config.schema.packaged import NAMES, schema
from chorus_config.yamltext.characters import shown

# The last days of the rules that are written in Python; the schemas say their own.
_LAST_DAYS: Final = {
    "CP504": LAST_DAY_OF_SPACES,
    "CP706": LAST_DAY_WITHOUT_EDI_RECEPTION,
    "CP707": LAST_DAY_WITHOUT_MOA,
}


def list_rules() -> tuple[RuleEntry, ...]:
    """Return every rule with its words and its days."""
    found = days()
    return tuple(RuleEntry(row, texts(rule), *found.get(rule, (None, None))) for rule, row in RULES.items())


def days() -> dict[str, tuple[str | None, str | None]]:
    """Return, by rule, the first and last day on which any part of it is in force; None where nothing limits it."""
    found = {rule: [("", last.isoformat())] for rule, last in _LAST_DAYS.items()}
    for name in NAMES:
        for rule, first, last in _dated(schema(name)):
            found.setdefault(rule, []).append((first, last))
    # "" comes before every day, "9999" after.
    spans = {rule: (min(first for first, _last in all_), max(last for _first, last in all_)) for rule, all_ in found.items()}
    return {rule: (first or None, None if last == "9999" else last) for rule, (first, last) in spans.items()}


def explain_rule(word: str, say: Translator) -> RuleEntry:
    """Return the entry of the rule that is named, in capitals or not. Raises UsageFault, with the nearest id, for no rule."""
    rule = word.strip().upper()
    if rule in RULES:
        return RuleEntry(RULES[rule], texts(rule), *days().get(rule, (None, None)))
    close = nearest(rule, RULES)
    message = (
        _("{word} is no rule; the nearest is {close}") if close else _("{word} is no rule: `chorus-config rules` lists them")
    )
    raise UsageFault(say(message, word=shown(word), close=close))


def _dated(node: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(node, list):
        for item in node:
            yield from _dated(item)
    elif isinstance(node, dict):
        if isinstance(node.get("x-rule"), str):
            yield node["x-rule"], node.get("x-from", ""), node.get("x-until", "9999")
        for value in node.values():
            yield from _dated(value)
