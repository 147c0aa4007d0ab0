"""Checking files, and looking between them: the whole project is seen even when only some of its files are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from chorus_config.app.project import OpenProject
from chorus_config.engine.checking.findings import limited
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.checking.project import cross_file_findings, facts_of, facts_of_text
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput
from chorus_config.model.finding import Finding
from chorus_config.model.project import FileKind, ProjectIndex, SheetFacts, TextFile
from chorus_config.workspace.folder import Selection, all_files, read_files


@dataclass(frozen=True, slots=True)
class Validation:
    """What one run found, how many files of each kind it checked, and where each checked sheet stands.

    `sheets` are (identifiant, libellé, ready to go live), in the order of the files.
    """

    findings: tuple[Finding, ...]
    counted: Counter[FileKind]
    sheets: tuple[tuple[str, str, bool], ...]


def files_to_check(project: OpenProject, *, force_exclude: bool = False) -> Selection:
    """Return the files that a check is about. Raises NoInput for a named one that is missing, or when there is none at all.

    With `force_exclude`, named files that are none of the project's are skipped with a note.
    """
    selection = project.select(force_exclude=force_exclude)
    for name in selection.skipped:
        project.note(_("{name} is no sheet: skipped"), name=name)
    # An empty check is no success: a folder emptied or a glob mistyped would pass for ever.
    if not any(kind != "projet" or project.paths for _path, kind in selection.files) and not selection.skipped:
        where = ", ".join(project.paths or project.config.structures)
        raise NoInput(project.say(_("no sheet found in {where}"), where=where))
    return selection


def validate_project(project: OpenProject, selection: Selection | None = None) -> Validation:
    """Check files, those of the project without a selection, and what concerns them in the rest of the project.

    Paths of the findings are relative to the project. Raises NoInput like `files_to_check`.
    """
    files = (selection or files_to_check(project)).files
    gathered = _Gathered()
    for one in project.check(files):
        gathered.take(one)
    sheets = _readiness(gathered.facts)
    whole, chosen = not project.paths, frozenset(path for path, _kind in files)
    facts = gathered.facts if whole else [*gathered.facts, *_others(project, chosen, gathered.facts)]
    index = ProjectIndex(
        tuple(sorted(facts, key=lambda fact: fact.path)), project.config, project.files.file, project.settings.day,
        frozenset(gathered.used), whole, tuple(gathered.unread),
    )  # fmt: skip
    findings = _in_order(gathered.findings, _between(project, index, chosen))
    return Validation(limited(findings, project.say), gathered.counted, sheets)


@dataclass(slots=True)
class _Gathered:
    """What gathers while files are checked one at a time."""

    counted: Counter[FileKind] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    facts: list[SheetFacts] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)

    def take(self, one: CheckedFile) -> None:
        """Count a file, and keep what other files may need to know of it."""
        self.counted[one.kind] += 1
        self.findings += one.findings
        if one.document is None:
            self.unread.append(one.path)
            return
        facts = facts_of(one.document, ready=one.ready)
        if facts is not None:
            self.facts.append(facts)
            self.used |= {(rule, facts.owner) for rule in one.used_waivers}


def _in_order(findings: Sequence[Finding], between: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return all findings, file by file. Of two files that claim one name, the second is not to be renamed after it."""
    claimed = {finding.path for finding in between if finding.rule == "CP011"}
    kept = [one for one in findings if one.rule != "CP012" or one.path not in claimed]
    return tuple(sorted((*kept, *between), key=lambda f: (f.path, f.span, f.rule)))


def _readiness(facts: Sequence[SheetFacts]) -> tuple[tuple[str, str, bool], ...]:
    return tuple((fact.owner, fact.label, fact.ready) for fact in facts if fact.kind == "fiche-structure")


def _others(project: OpenProject, chosen: Collection[str], facts: Sequence[SheetFacts]) -> list[SheetFacts]:
    """Return the facts of the files that were not chosen.

    A named project file speaks of all sheets, so all are checked. Otherwise only accounts count, and sheets that hold the
    SIREN or the name of a chosen one somewhere: the others need not even be parsed.
    """
    rest = [file for file in all_files(project.files).files if file[0] not in chosen]
    if project.files.file in chosen:
        found = [facts_of(one.document, ready=one.ready) for one in project.check(rest) if one.document is not None]
        return [fact for fact in found if fact is not None]
    names = {fact.owner[:9].encode() if len(fact.owner) == 14 else fact.owner.encode() for fact in facts}
    return [fact for text in _concerned(project, rest, names) if (fact := facts_of_text(text)) is not None]


def _concerned(project: OpenProject, files: Sequence[tuple[str, FileKind]], names: Collection[bytes]) -> Iterator[TextFile]:
    for text in read_files(project.files, files):
        if text.kind == "compte-utilisateur" or any(name in text.raw for name in names):
            yield text


def _between(project: OpenProject, index: ProjectIndex, chosen: Collection[str]) -> list[Finding]:
    """Return what shows between files and concerns a chosen one, on either side."""

    def _read(path: str, kind: FileKind) -> TextFile:
        return next(read_files(project.files, [(path, kind)]))

    message = cross_file_findings(index, project.settings, _read)
    return [one for one in message if one.path in chosen or any(other.path in chosen for other in one.related)]
