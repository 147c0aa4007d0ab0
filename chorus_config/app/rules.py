"""The catalogue of rules, with the days on which each is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from chorus_config.engine.fixing.catalogue import FIXES
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import UsageFault
from chorus_config.render.rules.page import RuleEntry
from chorus_config.rules.catalogue import RULES, module_of, texts
from chorus_config.schema.lookup import nearest
from chorus_config.schema.packaged import NAMES, schema
from chorus_config.yamltext.characters import shown


def list_rules() -> tuple[RuleEntry, ...]:
    """Return every rule with its words and its days."""
    found = days()
    return tuple(_entry(rule, found) for rule in RULES)


def _entry(rule: str, found: Mapping[str, tuple[str | None, str | None]]) -> RuleEntry:
    fix = FIXES.get(rule)
    told = (fix.title, fix.risk) if fix is not None else ("", "")
    return RuleEntry(RULES[rule], texts(rule), *found.get(rule, (None, None)), *told)


def days() -> dict[str, tuple[str | None, str | None]]:
    """Return, by rule, the first and last day on which any part of it is in force; None where nothing limits it."""
    found = {rule: [span] for rule, span in _days_in_python()}
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
        return _entry(rule, days())
    close = nearest_rule(rule)
    message = (
        _("{word} is no rule; the nearest is {close}") if close else _("{word} is no rule: `chorus-config rules` lists them")
    )
    raise UsageFault(say(message, word=shown(word), close=close))


def nearest_rule(word: str) -> str:
    """Return the id of the rule that a word most likely meant, or "": letters that look like digits are taken for them."""
    rule = word.strip().upper()
    digits = rule[:2] + rule[2:].translate(str.maketrans("OIL", "011"))
    return digits if digits in RULES else nearest(rule, RULES)


def _days_in_python() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield first and last day of the rules written in Python, as their modules say them; the schemas say their own."""
    for rule, row in RULES.items():
        module = module_of(rule) if row.checks else None
        first: date | None = getattr(module, "FIRST_DAY", None)
        last: date | None = getattr(module, "LAST_DAY", None)
        if first or last:
            yield rule, (first.isoformat() if first else "", last.isoformat() if last else "9999")


def _dated(node: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(node, list):
        for item in node:
            yield from _dated(item)
    elif isinstance(node, dict):
        if isinstance(node.get("x-rule"), str):
            yield node["x-rule"], node.get("x-from", ""), node.get("x-until", "9999")
        for value in node.values():
            yield from _dated(value)
