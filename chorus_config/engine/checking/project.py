"""The project as a whole: what its file decides, and what only shows between its files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from sys import intern
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from chorus_config.diff.expand import root_of
from chorus_config.engine.checking.findings import CheckSettings, is_waived, limited, to_findings
from chorus_config.engine.checking.names_at_fault import refs_at_fault
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.model.finding import Finding, Related
from chorus_config.model.project import (
    STATUSES,
    Body,
    CrossFileFault,
    FileKind,
    NamelessFile,
    OtherPlace,
    ProjectConfig,
    ProjectIndex,
    SheetFacts,
    TextFile,
)
from chorus_config.rules.catalogue import cross_file_checks, texts
from chorus_config.rules.files.cp011_two_files_one_name import NAMES
from chorus_config.rules.judges.notified import is_notified
from chorus_config.rules.project import cp013_unused_exception as cp013
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.parse import parse

if TYPE_CHECKING:
    from chorus_config.model.project_entries import Member, Platform, Waiver

# A project file with any other error is not obeyed at all; these judge its decisions, and its members, one by one.
_ONE_BY_ONE: Final = frozenset({"CP015", "CP102"})
_BINDING: Final = ("regles", "derogations", "acceptations", "seuils")

# What looks like the name of a document, in a text that need not be YAML.
_NAME: Final = rb"""[ \t]*:[ \t]*["']?([^"'\r\n#]+)"""
_WRITTEN_NAMES: Final = {
    "fiche-structure": re.compile(rb"^[ \t]*identifiant" + _NAME, re.MULTILINE),
    "compte-utilisateur": re.compile(rb"^[ \t]*ref" + _NAME, re.MULTILINE),
}

# Reads a file again: positions are looked for only in files that have something to be told.
ReadFile = Callable[[str, FileKind], TextFile]


def read_project(text: TextFile, settings: CheckSettings) -> tuple[ProjectConfig | None, tuple[Finding, ...]]:
    """Return what the project file says, or None when it is invalid, and its findings."""
    checked = check_file(text, settings)
    broken = any(finding.level == "error" and finding.rule not in _ONE_BY_ONE for finding in checked.findings)
    project = None if broken or checked.document is None else _project(checked.document.body)
    return project, limited(checked.findings, settings.say)


def _project(body: Body) -> ProjectConfig:
    read: dict[str, Any] = dict(body)
    usual = ProjectConfig()
    platforms, waivers, members = _entries(read)
    portfolio, limits = read.get("portefeuille", {}), read.get("seuils", {})
    return ProjectConfig(
        structures=tuple(read.get("structures", usual.structures)),
        accounts=tuple(read.get("comptes", usual.accounts)),
        store=read.get("registre", usual.store),
        directory=read.get("annuaire", ""),
        environment=read.get("environnement", usual.environment),
        platforms=platforms,
        language=read.get("langue", ""),
        reference_date=_day(read.get("date_de_reference")),
        levels=read.get("regles", {}),
        waivers=waivers,
        portfolio=portfolio.get("nom", "").strip(),
        budgets=tuple(row["identifiant"] for row in portfolio.get("budgets", ())),
        budget_names={row["identifiant"]: row.get("libelle", "").strip() for row in portfolio.get("budgets", ())},
        deadline=_day(portfolio.get("echeance")),
        members=members,
        most_structures=limits.get("structures", usual.most_structures),
        most_removals=limits.get("suppressions", usual.most_removals),
        plan_days=limits.get("age_du_plan"),
        decisions={key: read[key] for key in _BINDING if key in read},
    )


def _entries(read: dict[str, Any]) -> tuple[dict[str, Platform], tuple[Waiver, ...], tuple[Member, ...]]:
    """Return the platforms, the waivers and the members that a project file names."""
    if read.keys().isdisjoint({"plateformes", "derogations", "membres"}):
        return {}, (), ()
    from chorus_config.model.project_entries import Member, Platform, Waiver  # noqa: PLC0415 - few projects have any

    platforms = {name: Platform(row["api"], row["oauth"]) for name, row in read.get("plateformes", {}).items()}
    waivers = (
        Waiver(row["regle"], row["fiche"], row.get("motif", "").strip(), _day(row.get("jusqu_au")))
        for row in read.get("derogations", ())
    )
    members = (
        Member(row["nom"], row["siren"], _day(row.get("echeance")), row.get("agent_referent", ""))
        for row in read.get("membres", ())
    )
    return platforms, (*waivers,), (*members,)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def facts_of(checked: CheckedFile, *, legal_names: bool = True) -> SheetFacts | None:
    """Return what other files may need to know of a sheet or account that was checked; None when it does not name itself.

    Without `legal_names`, no raison sociale is kept: no rule looks at it.
    """
    found = _facts(checked.document, legal_names=legal_names) if checked.document is not None else None
    if found is None or not checked.findings:
        return found
    # A ref at fault is told where it stands: no account is looked for by it.
    wrong = refs_at_fault(checked.findings)
    refs = tuple("" if place in wrong else ref for place, ref in enumerate(found.refs))
    return replace(found, refs=refs, ready=checked.ready, named=not checked.name_errors)


def nameless_file(text: TextFile) -> NamelessFile:
    """Return a file of which nobody knows whom it describes, with what seems to stand there as its name."""
    written = dict.fromkeys(match[1].decode(errors="replace") for match in _WRITTEN_NAMES[text.kind].finditer(text.raw))
    return NamelessFile(text.path, text.kind, (*written,))


def _facts(document: Document, *, legal_names: bool = False) -> SheetFacts | None:
    root = root_of(document.body) if document.kind != "projet" else None
    if root is None:
        return None
    block: Any = document.body.get("informations_generales")
    general = block if isinstance(block, dict) else {}
    label, name, users = general.get("libelle"), general.get("raison_sociale"), document.body.get("utilisateurs")
    return SheetFacts(
        document.path,
        document.kind,
        root.owner,
        label if isinstance(label, str) else "",
        STATUSES.get(str(general.get("statut"))),
        tuple(_refs(users)),
        len(users) if isinstance(users, list) else 0,
        is_notified(dict(document.body)) if document.kind == "compte-utilisateur" else None,
        legal_name=name if legal_names and isinstance(name, str) else "",
    )


def facts_of_text(text: TextFile) -> SheetFacts | None:
    """Return the fact of a file that is not itself to be checked: parsed, not judged."""
    data = parse(text.raw).data if not text.read_error else None
    if not isinstance(data, dict) or data.get("type") == "projet":
        return None
    kind: FileKind = "compte-utilisateur" if data.get("type") == "compte-utilisateur" else "fiche-structure"
    return _facts(Document(text.path, kind, data, b""))


def cross_file_findings(
    index: ProjectIndex, settings: CheckSettings, read: ReadFile, concerns: frozenset[str] | None = None
) -> tuple[tuple[Finding, ...], frozenset[str]]:
    """Return what the rules between files find, with every place of it, and the files whose name is thereby in question.

    With `concerns`, only what speaks of one of these files is told.
    """
    faults = [one for one in _cross_file_faults(index, settings) if concerns is None or not concerns.isdisjoint(_files(one))]
    found = tuple(finding for fault in _told_once(faults) for finding in _cross_file_finding(fault, settings, read))
    return found, frozenset(path for one in faults for path in _files_in_question(one))


def _cross_file_faults(index: ProjectIndex, settings: CheckSettings) -> Iterator[CrossFileFault]:
    """Yield the faults between files that nothing waives."""
    faults = [found_fault for rule in cross_file_checks(lists=index.lists is not None) for found_fault in rule(index)]
    # A waiver that a rule between files needed was needed too; only then can the useless ones be told.
    needed = {
        (found_fault.fault.rule, found_fault.owner)
        for found_fault in faults
        if is_waived(found_fault.fault.rule, found_fault.owner, settings)
    }
    faults += cp013.check(replace(index, used_waivers=index.used_waivers | needed))
    yield from (one for one in faults if not is_waived(one.fault.rule, one.owner, settings))


def _files(found_fault: CrossFileFault) -> frozenset[str]:
    return frozenset((found_fault.path, *(other.path for other in found_fault.others)))


def _files_in_question(found_fault: CrossFileFault) -> Iterator[str]:
    """Yield the files of which a fault says that their name may be another; in no portfolio (CP052), it may well be right."""
    if found_fault.fault.rule == "CP052":
        return
    own = OtherPlace(found_fault.path, found_fault.kind, found_fault.fault.path, "")
    yield from (one.path for one in (own, *found_fault.others) if NAMES.get(one.kind) == one.at)


def _told_once(faults: Iterable[CrossFileFault]) -> Iterator[CrossFileFault]:
    """Yield faults, those that say the same of several files as one, at the first place, where the rule has words for that."""
    alike: dict[tuple[str, ...], list[CrossFileFault]] = {}
    for one in faults:
        said = (one.fault.rule, one.fault.case, repr(sorted(one.fault.args.items())))
        alike.setdefault(
            said if "also" in texts(one.fault.rule).messages else (*said, one.path, repr(one.fault.path)), []
        ).append(one)
    for first, *others in alike.values():
        also = tuple(OtherPlace(one.path, one.kind, one.fault.path, "also") for one in others)
        yield replace(first, others=first.others + also)


def _cross_file_finding(found_fault: CrossFileFault, settings: CheckSettings, read: ReadFile) -> Iterator[Finding]:
    document = Document(found_fault.path, found_fault.kind, {}, read(found_fault.path, found_fault.kind).raw)
    for finding in to_findings((found_fault.fault,), document, found_fault.owner, settings):
        related = tuple(_related(found_fault.fault.rule, other, settings, read) for other in found_fault.others)
        yield replace(finding, related=related)


def _related(rule: str, other: OtherPlace, settings: CheckSettings, read: ReadFile) -> Related:
    span = Document(other.path, other.kind, {}, read(other.path, other.kind).raw).place(other.at)
    return Related(other.path, span.line, span.column, settings.say(texts(rule).messages[other.case]))


def _refs(users: Any) -> Iterator[str]:
    for user in users if isinstance(users, list) else ():
        ref = user.get("ref") if isinstance(user, dict) else None
        # Thousands of sheets name the same people: each name is held once.
        yield intern(ref) if isinstance(ref, str) and ref.strip() else ""
