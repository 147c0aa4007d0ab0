"""From the text of the project file to what it decides."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.checking.settings import CheckSettings
from chorus_config.model.finding import Finding
from chorus_config.model.project_config import ProjectConfig, Waiver
from chorus_config.model.text_file import Body, TextFile

# A project file with any other error is not obeyed at all; these judge its decisions one by one.
_DECISIONS: Final = frozenset({"CP015"})
_BINDING: Final = ("regles", "derogations", "acceptations", "seuils")


def read_project(text: TextFile, settings: CheckSettings) -> tuple[ProjectConfig | None, tuple[Finding, ...]]:
    """Return what the project file says, or None when it is invalid, and its findings."""
    checked = check_file(text, settings)
    broken = any(finding.level == "error" and finding.rule not in _DECISIONS for finding in checked.findings)
    project = None if broken or checked.document is None else _project(checked.document.body)
    return project, checked.findings


def _project(body: Body) -> ProjectConfig:
    read: dict[str, Any] = dict(body)
    usual = ProjectConfig()
    portfolio, limits = read.get("portefeuille", {}), read.get("seuils", {})
    return ProjectConfig(
        structures=tuple(read.get("structures", usual.structures)),
        accounts=tuple(read.get("comptes", usual.accounts)),
        store=read.get("registre", usual.store),
        language=read.get("langue", ""),
        reference_date=_day(read.get("date_de_reference")),
        levels=read.get("regles", {}),
        waivers=tuple(_waiver(row) for row in read.get("derogations", ())),
        budgets=tuple(row["identifiant"] for row in portfolio.get("budgets", ())),
        deadline=_day(portfolio.get("echeance")),
        most_structures=limits.get("structures", usual.most_structures),
        most_removals=limits.get("suppressions", usual.most_removals),
        decisions={key: read[key] for key in _BINDING if key in read},
    )


def _waiver(row: dict[str, str]) -> Waiver:
    return Waiver(row["regle"], row["fiche"], row.get("motif", "").strip(), _day(row.get("jusqu_au")))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
