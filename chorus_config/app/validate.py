"""Checking files, and looking between them: the whole project is seen even when only some of its files are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from chorus_config.app.checking.verdicts import ALONE, Effort, verdicts
from chorus_config.app.project import OpenProject
from chorus_config.app.public_lists import lists_for
from chorus_config.engine.checking.findings import level_of, limited
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.checking.project import cross_file_findings, facts_of_text, nameless_file
from chorus_config.engine.checking.verdict import Verdict, verdict_of
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput
from chorus_config.model.finding import Finding
from chorus_config.model.project import FileKind, ProjectIndex, SheetFacts, TextFile
from chorus_config.workspace.folder import Files, Selection, all_files, read_files

if TYPE_CHECKING:
    from chorus_config.model.managed import ManagedFields


class Validation(Struct, frozen=True):
    """What one run found, how many files of each kind it checked, and what is known of each of these.

    `managed` says by identifiant how much each sheet manages, and is empty unless the checks of going live were asked for.
    `index` is what is known of all files. A sheet is not ready, in both, when something between files stops it either.
    """

    findings: tuple[Finding, ...]
    counted: Counter[FileKind]
    facts: tuple[SheetFacts, ...]
    managed: Mapping[str, ManagedFields] = field(default_factory=dict)
    index: ProjectIndex | None = None

    @property
    def sheets(self) -> tuple[tuple[str, str, bool], ...]:
        """Where each checked sheet stands (identifiant, libellé, ready to go live), in the order of the files."""
        sheets = (fact for fact in self.facts if fact.kind == "fiche-structure")
        return tuple((fact.owner, fact.label, fact.ready) for fact in sheets)


# Is shown each file while it is checked.
Look = Callable[[CheckedFile], None]


def files_to_check(project: OpenProject, *, force_exclude: bool = False) -> Selection:
    """Return the files that a check is about. Raises NoInput for a named one that is missing, or when there is none at all.

    With `force_exclude`, named files that are none of the project's are skipped with a note.
    """
    selection = project.select(force_exclude=force_exclude)
    for name in selection.skipped:
        project.note(_("{name} is no sheet: skipped"), name=name)
    # An empty check is no success: a folder emptied or a glob mistyped would pass for ever.
    if not any(kind != "projet" or project.paths for _path, kind in selection.files) and not selection.skipped:
        raise no_sheet_found(project)
    return selection


def no_sheet_found(project: OpenProject) -> NoInput:
    """Return what is told when there is nothing to work on; who has no project yet is told how to begin one."""
    where = ", ".join(project.paths or project.config.structures)
    if project.paths or project.files.file is not None:
        return NoInput(project.say(_("no sheet found in {where}"), where=where))
    return NoInput(project.say(_("no sheet found in {where}: `chorus-config init` begins a project here"), where=where))


def validate_project(
    project: OpenProject, selection: Selection | None = None, look: Look | None = None, effort: Effort = ALONE
) -> Validation:
    """Check files, those of the project without a selection, and what concerns them in the rest of the project.

    Paths of the findings are relative to the project. `look` is shown each file that is checked, which nobody keeps; all are
    then checked by this process. Else `effort` says in how many processes files are checked, and where verdicts on them are
    remembered. Raises NoInput like `files_to_check`.
    """
    files = (selection or files_to_check(project)).files
    gathered = _Gathered()
    for one in verdicts(project, files, effort) if look is None else _looked_at(project, files, look):
        gathered.take(one)
    checked = tuple(gathered.known.facts)
    whole = not project.paths
    chosen = frozenset() if whole else frozenset(path for path, _kind in files)
    if not whole:
        _learn_others(project, chosen, gathered.known, effort)
    index = ProjectIndex(
        tuple(sorted(gathered.known.facts, key=lambda fact: fact.path)), project.config, project.files.file,
        project.settings.day, frozenset(gathered.used), whole,
        tuple(map(nameless_file, read_files(project.files, sorted(gathered.known.nameless)))), project.settings.ready,
    )  # fmt: skip
    index = replace(index, lists=lists_for(project, index, None if whole else chosen))
    between, in_question = _between(project, index, None if whole else chosen)
    findings = _in_order(gathered.findings, between, in_question)
    stopped = frozenset(_stopped(between, project))
    return Validation(
        limited(findings, project.say), gathered.counted, _readiness(checked, stopped), gathered.managed,
        replace(index, facts=_readiness(index.facts, stopped)),
    )  # fmt: skip


class _KnownFiles(Struct):
    """What other files may need to know: the facts of each, and the files of which nobody knows whom they describe."""

    facts: list[SheetFacts] = field(default_factory=list)
    nameless: list[tuple[str, FileKind]] = field(default_factory=list)

    def learn(self, path: str, kind: FileKind, facts: SheetFacts | None) -> None:
        """Keep what a file tells of itself, None for nothing."""
        if facts is not None:
            self.facts.append(facts)
        if kind != "projet" and (facts is None or not facts.named):
            self.nameless.append((path, kind))


class _Gathered(Struct):
    """What gathers while files are checked one at a time."""

    counted: Counter[FileKind] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    known: _KnownFiles = field(default_factory=_KnownFiles)
    used: set[tuple[str, str]] = field(default_factory=set)
    managed: dict[str, ManagedFields] = field(default_factory=dict)

    def take(self, one: Verdict) -> None:
        """Count a file, and keep what other files may need to know of it."""
        self.counted[one.kind] += 1
        self.findings += one.findings
        self.known.learn(one.path, one.kind, one.facts)
        if one.facts is not None:
            if one.used_waivers:
                self.used |= {(rule, one.facts.owner) for rule in one.used_waivers}
            if one.managed is not None:
                self.managed[one.facts.owner] = one.managed


def _looked_at(project: OpenProject, files: Files, look: Look) -> Iterator[Verdict]:
    for one in project.check(files):
        look(one)
        yield verdict_of(one, project.settings, legal_names=True)


def _in_order(findings: Sequence[Finding], between: Sequence[Finding], in_question: Collection[str]) -> tuple[Finding, ...]:
    """Return all findings, file by file. A file whose name is in question elsewhere is not to be renamed after it."""
    kept = [one for one in findings if one.rule != "CP012" or one.path not in in_question]
    return tuple(sorted((*kept, *between), key=lambda f: (f.path, f.span, f.rule)))


def _stopped(between: Sequence[Finding], project: OpenProject) -> Iterator[str]:
    """Yield the files that something between files keeps from going live, whether or not that was asked for."""
    live = replace(project.settings, ready=True)
    yield from (one.path for one in between if level_of(one.rule, live, "", one.level) == "error")


def _readiness(facts: tuple[SheetFacts, ...], stopped: Collection[str]) -> tuple[SheetFacts, ...]:
    """Return facts of files; `stopped` are those in which something between files is an error."""
    return tuple(replace(fact, ready=False) if fact.path in stopped else fact for fact in facts) if stopped else facts


def _learn_others(project: OpenProject, chosen: Collection[str], known: _KnownFiles, effort: Effort) -> None:
    """Learn what the files that were not chosen tell of themselves.

    A named project file speaks of all sheets, so all are checked. Otherwise only accounts count, and sheets that hold the
    SIREN or the name of a chosen one somewhere: the others need not even be parsed.
    """
    rest = [file for file in all_files(project.files).files if file[0] not in chosen]
    if project.files.file in chosen:
        for one in verdicts(project, rest, effort):
            known.learn(one.path, one.kind, one.facts)
        return
    names = {fact.owner[:9].encode() if len(fact.owner) == 14 else fact.owner.encode() for fact in known.facts}
    for text in read_files(project.files, rest):
        if text.kind == "compte-utilisateur" or any(name in text.raw for name in names):
            known.learn(text.path, text.kind, facts_of_text(text))


def _between(
    project: OpenProject, index: ProjectIndex, chosen: frozenset[str] | None
) -> tuple[tuple[Finding, ...], frozenset[str]]:
    """Return what shows between files and concerns a chosen one, on any side, and the files whose name is in question."""

    def _read(path: str, kind: FileKind) -> TextFile:
        return next(read_files(project.files, [(path, kind)]))

    return cross_file_findings(index, project.settings, _read, chosen)
