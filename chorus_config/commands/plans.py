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

FORMATS: Final = ("text", "json", "markdown", "html")


def show_plan(request: Request, wanted: Mapping[str, str | None], plan: Plan, say: Texts) -> None:
    """Deliver a plan in the wanted formats."""
    views: dict[str, View] = {
        "text": lambda paint: plan_text(plan, say, paint),
        "json": lambda _paint: as_json(plan_document(plan)),
        "markdown": lambda _paint: _markdown(plan, say),
        "html": lambda _paint: _html(plan, say),
    }
    deliver(request, wanted, views)


def _markdown(plan: Plan, say: Texts) -> str:
    from chorus_config.report.plan_markdown import plan_markdown  # noqa: PLC0415 - imported only when asked for

    return plan_markdown(plan, say)


def _html(plan: Plan, say: Texts) -> str:
    from chorus_config.report.plan_html import plan_html  # noqa: PLC0415 - jinja2 is for this view alone

    return plan_html(plan, say)


@cache
def tool() -> Mapping[str, str]:
    """Return what judges: the version of the program, and a digest of the rules and schemas it carries."""
    rules = [[rule.id, rule.level, rule.where, rule.fixed, rule.ready, rule.risk, rule.later] for rule in RULES.values()]
    return {"version": __version__, "rules": digest([rules, [schema(name) for name in NAMES]])[:16]}
