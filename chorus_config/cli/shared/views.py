"""The formats of findings and of plans. Each is imported only when it is asked for: most runs show one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chorus_config.app.project import OpenProject, seen_from
from chorus_config.cli.shared.format_names import FINDINGS_FORMATS, PLAN_FORMATS
from chorus_config.cli.shared.options import Request
from chorus_config.cli.shared.output import View, deliver
from chorus_config.i18n.translator import Translator
from chorus_config.model.finding import Finding
from chorus_config.render.shared.paint import Paint
from chorus_config.rules.catalogue import RULES

if TYPE_CHECKING:
    from chorus_config.model.plan import Plan
    from chorus_config.render.findings.report import FindingsReport
    from chorus_config.render.rules.page import RuleEntry


FIXED: Final = frozenset(rule.id for rule in RULES.values() if rule.fixed)


def from_top(project: OpenProject, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings with their paths as the services that show annotations want them: from the top of the repository."""
    root = project.root
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    return seen_from(top if top is not None else Path(os.path.normpath(Path.cwd())), root, findings)


def findings_views(report: FindingsReport) -> dict[str, View]:
    """Return every view of what was found, by the name of its format."""
    return {name: partial(_rendered_findings, name, report) for name in FINDINGS_FORMATS}


def catalogue() -> tuple[RuleEntry, ...]:
    """Return the catalogue of rules, for the formats that show it."""
    from chorus_config.app.rules import list_rules  # noqa: PLC0415 - every rule is imported with it

    return list_rules()


def _rendered_findings(name: str, report: FindingsReport, paint: Paint) -> str:
    render: Callable[[FindingsReport, Paint], str] = import_module(f"chorus_config.render.findings.{name}").render
    return render(report, paint)


def show_plan(request: Request, outputs: Mapping[str, str | None], plan: Plan, say: Translator) -> None:
    """Deliver a plan in the wanted formats."""
    views: dict[str, View] = {name: partial(_rendered_plan, name, plan, say) for name in PLAN_FORMATS}
    deliver(request, outputs, {**views, "text": partial(_text_pieces, plan, say), "json": partial(_json_pieces, plan)})


def _text_pieces(plan: Plan, say: Translator, paint: Paint) -> Iterator[str]:
    from chorus_config.render.plan.text import plan_pieces  # noqa: PLC0415

    return plan_pieces(plan, say, paint)


def _json_pieces(plan: Plan, _paint: Paint) -> Iterator[str]:
    from chorus_config.render.plan.json import json_pieces  # noqa: PLC0415

    return json_pieces(plan)


def _rendered_plan(name: str, plan: Plan, say: Translator, paint: Paint) -> str:
    render: Callable[[Plan, Translator, Paint], str] = import_module(f"chorus_config.render.plan.{name}").render
    return render(plan, say, paint)
