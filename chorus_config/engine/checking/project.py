"""The project as a whole: what its file decides, and what only shows between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from chorus_config.diff.expand import root_of
from chorus_config.engine.checking.findings import CheckSettings, is_waived, limited, to_findings
from chorus_config.engine.checking.one_file import check_file
from chorus_config.model.finding import Finding, Related
from chorus_config.model.project import Body, FileKind, OtherPlace, ProjectConfig, ProjectIndex, SheetFacts, TextFile, Waiver
from chorus_config.rules.catalogue import cross_file_checks, texts
from chorus_config.rules.project import cp013_unused_exception as cp013
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.parse import parse

# A project file with any other error is not obeyed at all; these judge its decisions one by one.
_DECISIONS: Final = frozenset({"CP015"})
_BINDING: Final = ("regles", "derogations", "acceptations", "seuils")

# Reads a file again: positions are looked for only in files that have something to be told.
ReadFile = Callable[[str, FileKind], TextFile]


def read_project(text: TextFile, settings: CheckSettings) -> tuple[ProjectConfig | None, tuple[Finding, ...]]:
    """Return what the project file says, or None when it is invalid, and its findings."""
    checked = check_file(text, settings)
    broken = any(finding.level == "error" and finding.rule not in _DECISIONS for finding in checked.findings)
    project = None if broken or checked.document is None else _project(checked.document.body)
    return project, limited(checked.findings, settings.say)


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
        plan_days=limits.get("age_du_plan"),
        decisions={key: read[key] for key in _BINDING if key in read},
    )


def _waiver(row: dict[str, str]) -> Waiver:
    return Waiver(row["regle"], row["fiche"], row.get("motif", "").strip(), _day(row.get("jusqu_au")))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def facts_of(document: Document, *, ready: bool = True) -> SheetFacts | None:
    """Return what other files may need to know of a sheet or account; None when it does not name itself."""
    root = root_of(document.body) if document.kind != "projet" else None
    if root is None:
        return None
    block: Any = document.body.get("informations_generales")
    general = block if isinstance(block, dict) else {}
    label = general.get("libelle")
    return SheetFacts(
        document.path,
        document.kind,
        root.owner,
        label if isinstance(label, str) else "",
        general.get("statut") == "ACTIF",
        tuple(_refs(document.body.get("utilisateurs"))),
        ready,
    )


def facts_of_text(text: TextFile) -> SheetFacts | None:
    """Return the fact of a file that is not itself to be checked: parsed, not judged."""
    data = parse(text.raw).data if not text.read_error else None
    if not isinstance(data, dict) or data.get("type") == "projet":
        return None
    kind: FileKind = "compte-utilisateur" if data.get("type") == "compte-utilisateur" else "fiche-structure"
    return facts_of(Document(text.path, kind, data, b""))


def cross_file_findings(index: ProjectIndex, settings: CheckSettings, read: ReadFile) -> Iterator[Finding]:
    """Yield what the rules between files find, with both places of a conflict."""
    faults = [found_fault for rule in cross_file_checks() for found_fault in rule(index)]
    # A waiver that a rule between files needed was needed too; only then can the useless ones be told.
    needed = {
        (found_fault.fault.rule, found_fault.owner)
        for found_fault in faults
        if is_waived(found_fault.fault.rule, found_fault.owner, settings)
    }
    faults += cp013.check(replace(index, used_waivers=index.used_waivers | needed))
    for found_fault in faults:
        document = Document(found_fault.path, found_fault.kind, {}, read(found_fault.path, found_fault.kind).raw)
        for finding in to_findings((found_fault.fault,), document, found_fault.owner, settings):
            related = (
                () if found_fault.other is None else (_related(found_fault.fault.rule, found_fault.other, settings, read),)
            )
            yield replace(finding, related=related)


def _related(rule: str, other: OtherPlace, settings: CheckSettings, read: ReadFile) -> Related:
    span = Document(other.path, other.kind, {}, read(other.path, other.kind).raw).place(other.at)
    return Related(other.path, span.line, span.column, settings.say(texts(rule).messages[other.case]))


def _refs(users: Any) -> Iterator[tuple[int, str]]:
    for index, user in enumerate(users if isinstance(users, list) else ()):
        ref = user.get("ref") if isinstance(user, dict) else None
        if isinstance(ref, str) and ref.strip():
            yield index, ref
