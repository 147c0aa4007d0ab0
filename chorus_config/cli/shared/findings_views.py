"""The formats of findings. Each is imported only when it is asked for: most runs show one."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chorus_config.app.project import OpenProject, seen_from
from chorus_config.cli.shared.output import View
from chorus_config.model.finding import Finding
from chorus_config.render.shared.paint import Paint
from chorus_config.rules.catalogue import RULES

if TYPE_CHECKING:
    from chorus_config.render.findings.report import FindingsReport
    from chorus_config.render.rules.page import RuleEntry

# Each is `render/findings/<name>.py`.
FORMATS: Final = ("text", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown", "html")
FIXED: Final = frozenset(rule.id for rule in RULES.values() if rule.fixed)


def from_top(project: OpenProject, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings with their paths as the services that show annotations want them: from the top of the repository."""
    root = project.root
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    return seen_from(top if top is not None else Path(os.path.normpath(Path.cwd())), root, findings)


def views(report: FindingsReport) -> dict[str, View]:
    """Return every view of what was found, by the name of its format."""
    return {name: partial(_rendered, name, report) for name in FORMATS}


def catalogue() -> tuple[RuleEntry, ...]:
    """Return the catalogue of rules, for the formats that show it."""
    from chorus_config.app.rules import list_rules  # noqa: PLC0415 - every rule is imported with it

    return list_rules()


def _rendered(name: str, report: FindingsReport, paint: Paint) -> str:
    render: Callable[[FindingsReport, Paint], str] = import_module(f"chorus_config.render.findings.{name}").render
    return render(report, paint)
