"""Showing a plan: the formats it has, and what made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chorus_config.cli.shared.options import Request
from chorus_config.cli.shared.output import View, deliver
from chorus_config.i18n.translator import Translator
from chorus_config.model.plan import Plan
from chorus_config.render.findings.json import as_json
from chorus_config.render.plan.json import plan_document
from chorus_config.render.plan.text import plan_text

FORMATS: Final = ("text", "json", "markdown", "html")


def show_plan(request: Request, outputs: Mapping[str, str | None], plan: Plan, say: Translator) -> None:
    """Deliver a plan in the wanted formats."""
    views: dict[str, View] = {
        "text": lambda paint: plan_text(plan, say, paint),
        "json": lambda _paint: as_json(plan_document(plan)),
        "markdown": lambda _paint: _markdown(plan, say),
        "html": lambda _paint: _html(plan, say),
    }
    deliver(request, outputs, views)


def _markdown(plan: Plan, say: Translator) -> str:
    from chorus_config.render.plan.markdown import plan_markdown  # noqa: PLC0415 - imported only when asked for

    return plan_markdown(plan, say)


def _html(plan: Plan, say: Translator) -> str:
    from chorus_config.render.plan.html import plan_html  # noqa: PLC0415 - jinja2 is for this view alone

    return plan_html(plan, say)
