"""Checking files, and looking between them: the whole project is seen even when only some of its files are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from chorus_config.app.project import OpenProject
from chorus_config.engine.checking.whole_project import cross_file_findings, facts_of, facts_of_text
from chorus_config.model.finding import Finding
from chorus_config.model.project_index import ProjectIndex, SheetFacts
from chorus_config.model.text_file import FileKind, TextFile
from chorus_config.workspace.folder import all_files, read_files


@dataclass(frozen=True, slots=True)
class Validation:
    """What one run found, how many files of each kind it checked, and where each checked sheet stands.

    `sheets` are (identifiant, libellé, ready to go live), in the order of the files.
    """

    findings: tuple[Finding, ...]
    counted: Counter[FileKind]
    sheets: tuple[tuple[str, str, bool], ...]


def validate_files(session: OpenProject, files: Sequence[tuple[str, FileKind]]) -> Validation:
    """Check files and what concerns them in the rest of the project."""
    counted: Counter[FileKind] = Counter()
    findings: list[Finding] = []
    facts: list[SheetFacts] = []
    used: set[tuple[str, str]] = set()
    unread: list[str] = []
    for one in session.check(files):
        counted[one.kind] += 1
        findings += one.findings
        fact = facts_of(one.document, ready=one.ready) if one.document is not None else None
        unread += [one.path] if one.document is None else []
        if fact is not None:
            facts.append(fact)
            used |= {(rule, fact.owner) for rule in one.used}
    sheets = _readiness(facts)
    whole, chosen = not session.request.paths, frozenset(path for path, _kind in files)
    facts += () if whole else _others(session, chosen, facts)
    ordered = tuple(sorted(facts, key=lambda fact: fact.path))
    project, day = session.setting.project, session.setting.day
    census = ProjectIndex(ordered, project, session.home.file, day, frozenset(used), whole, tuple(unread))
    between = _between(session, census, chosen)
    return Validation(_in_order(findings, between), counted, sheets)


def _in_order(findings: Sequence[Finding], between: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return all findings, file by file. Of two files that claim one name, the second is not to be renamed after it."""
    claimed = {finding.path for finding in between if finding.rule == "CP011"}
    kept = [one for one in findings if one.rule != "CP012" or one.path not in claimed]
    return tuple(sorted((*kept, *between), key=lambda f: (f.path, f.span, f.rule)))


def _readiness(facts: Sequence[SheetFacts]) -> tuple[tuple[str, str, bool], ...]:
    return tuple((fact.owner, fact.label, fact.ready) for fact in facts if fact.kind == "fiche-structure")


def _others(session: OpenProject, chosen: Collection[str], facts: Sequence[SheetFacts]) -> list[SheetFacts]:
    """Return the facts of the files that were not chosen.

    A named project file speaks of all sheets, so all are checked. Otherwise only accounts count, and sheets that hold the
    SIREN or the name of a chosen one somewhere: the others need not even be parsed.
    """
    rest = [file for file in all_files(session.home).files if file[0] not in chosen]
    if session.home.file in chosen:
        found = [facts_of(one.document, ready=one.ready) for one in session.check(rest) if one.document is not None]
        return [fact for fact in found if fact is not None]
    names = {fact.owner[:9].encode() if len(fact.owner) == 14 else fact.owner.encode() for fact in facts}
    return [fact for text in _concerned(session, rest, names) if (fact := facts_of_text(text)) is not None]


def _concerned(session: OpenProject, files: Sequence[tuple[str, FileKind]], names: Collection[bytes]) -> Iterator[TextFile]:
    for text in read_files(session.home, files):
        if text.kind == "compte-utilisateur" or any(name in text.raw for name in names):
            yield text


def _between(session: OpenProject, census: ProjectIndex, chosen: Collection[str]) -> list[Finding]:
    """Return what shows between files and concerns a chosen one, on either side."""

    def _read(path: str, kind: FileKind) -> TextFile:
        return next(read_files(session.home, [(path, kind)]))

    told = cross_file_findings(census, session.setting, _read)
    return [one for one in told if one.path in chosen or any(other.path in chosen for other in one.related)]
