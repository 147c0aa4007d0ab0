"""The views of findings. Each is imported only when it is asked for: most runs show one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chorus_config import __version__
from chorus_config.app.project import OpenProject, seen_from
from chorus_config.cli.shared.output import View
from chorus_config.i18n.translator import Translator
from chorus_config.model.finding import Finding
from chorus_config.model.text_file import FileKind
from chorus_config.render.findings.text import findings_text, readiness_text
from chorus_config.render.shared.paint import Paint
from chorus_config.rules.catalogue import RULES

FORMATS: Final = ("text", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown", "html")


@dataclass(frozen=True, slots=True)
class FindingsResult:
    """What a check is to show: findings as seen from where it started, and as seen from the top of the repository.

    `files` counts what was checked; `sheets` are (identifiant, libellé, ready), under `--ready` only.
    """

    findings: tuple[Finding, ...]
    from_top: tuple[Finding, ...]
    files: Mapping[FileKind, int]
    sheets: tuple[tuple[str, str, bool], ...]
    say: Translator


def from_top(project: OpenProject, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings with their paths as the services that show annotations want them: from the top of the repository."""
    root = project.root
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    return seen_from(top if top is not None else Path(os.path.normpath(Path.cwd())), root, findings)


def views(found: FindingsResult) -> dict[str, View]:
    """Return every view of what was found, by the name of its format."""
    return {
        "text": lambda paint: _text(found, paint),
        "concise": lambda _paint: _concise(found),
        "json": lambda _paint: _json(found),
        "github": lambda _paint: _github(found),
        "gitlab": lambda _paint: _gitlab(found),
        "sarif": lambda _paint: _sarif(found),
        "junit": lambda _paint: _junit(found),
        "markdown": lambda _paint: _markdown(found),
        "html": lambda _paint: _html(found),
    }


def _text(found: FindingsResult, paint: Paint) -> str:
    ready = readiness_text(found.sheets, found.say, paint) if found.sheets else ""
    return findings_text(found.findings, found.files, found.say, paint) + ready


def _concise(found: FindingsResult) -> str:
    from chorus_config.render.findings.concise import findings_concise  # noqa: PLC0415

    return findings_concise(found.findings)


def _json(found: FindingsResult) -> str:
    from chorus_config.render.findings.json import as_json, findings_document  # noqa: PLC0415

    return as_json(findings_document(found.findings, sum(found.files.values()), sheets=found.sheets))


def _github(found: FindingsResult) -> str:
    from chorus_config.render.findings.github import findings_github  # noqa: PLC0415

    return findings_github(found.from_top, found.say)


def _gitlab(found: FindingsResult) -> str:
    from chorus_config.render.findings.gitlab import findings_gitlab  # noqa: PLC0415

    return findings_gitlab(found.from_top, {rule.id for rule in RULES.values() if rule.fixed})


def _sarif(found: FindingsResult) -> str:
    from chorus_config.app.rules import list_rules  # noqa: PLC0415
    from chorus_config.render.findings.sarif import findings_sarif  # noqa: PLC0415

    return findings_sarif(found.from_top, list_rules(), __version__, found.say)


def _junit(found: FindingsResult) -> str:
    from chorus_config.render.findings.junit import findings_junit  # noqa: PLC0415

    return findings_junit(found.findings, found.files, found.say)


def _markdown(found: FindingsResult) -> str:
    from chorus_config.render.findings.markdown import findings_markdown  # noqa: PLC0415

    return findings_markdown(found.findings, found.files, found.say)


def _html(found: FindingsResult) -> str:
    from chorus_config.render.findings.html import findings_html  # noqa: PLC0415

    return findings_html(found.findings, found.files, found.say)
