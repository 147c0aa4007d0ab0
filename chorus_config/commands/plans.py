"""Showing a plan: the formats it has, and what made it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from chorus_config import __version__
from chorus_config.commands.options import Request
from chorus_config.commands.output import View, deliver
from chorus_config.report.findings_json import as_json
from chorus_config.report.plan_json import plan_document
from chorus_config.report.plan_text import plan_text
from chorus_config.resources.seal import digest
from chorus_config.rules.catalogue import RULES
from chorus_config.schema.packaged import NAMES, schema
from chorus_config.texts.translator import Texts
from chorus_config.words.plan import Plan

FORMATS: Final = ("text", "json")


def show_plan(request: Request, wanted: Mapping[str, str | None], plan: Plan, say: Texts) -> None:
    """Deliver a plan in the wanted formats."""
    views: dict[str, View] = {
        "text": lambda paint: plan_text(plan, say, paint),
        "json": lambda _paint: as_json(plan_document(plan)),
    }
    deliver(request, wanted, views)


@cache
def tool() -> Mapping[str, str]:
    """Return what judges: the version of the program, and a digest of the rules and schemas it carries."""
    rules = [[rule.id, rule.level, rule.where, rule.fixed, rule.ready] for rule in RULES.values()]
    return {"version": __version__, "rules": digest([rules, [schema(name) for name in NAMES]])[:16]}
