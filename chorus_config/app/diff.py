"""Comparing two sides of a repository: only what differs is read, in few processes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.app.project import OpenOptions, OpenProject, open_project, refuse_misnamed
from chorus_config.app.revisions import DiffRange, DiffSides, diff_sides, git_explained
from chorus_config.diff.expand import root_of
from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.checking.project import facts_of_text, read_project
from chorus_config.engine.drift.compare import matches_target
from chorus_config.engine.planning.comparison import ComparedFiles, changed_decisions, compare_files, masked_token
from chorus_config.engine.planning.inputs import PlanningInputs
from chorus_config.engine.planning.tool import tool
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput
from chorus_config.model.plan import Options, Plan
from chorus_config.model.project import PROJECT_FILE, Body, FileKind, ProjectConfig
from chorus_config.rules.judges.names import NamedFile
from chorus_config.workspace.folder import ProjectFiles
from chorus_config.workspace.git import holding, touched
from chorus_config.workspace.not_read import misnamed_project_files, not_read, not_read_among
from chorus_config.workspace.revisions import Revision
from chorus_config.yamltext.characters import printable

Kinds = Mapping[str, FileKind]


class _Files(Struct, frozen=True):
    """The sheets and accounts of both sides by path, and those that both have and that do not differ."""

    before: Kinds
    after: Kinds
    alike: frozenset[str]


class RevisionDiff(Struct, frozen=True):
    """What a branch changes, as a plan of kind `diff`, and the project as it is on the second side."""

    project: OpenProject
    plan: Plan


class ComparedRevisions(Struct, frozen=True):
    """Two states of a repository, checked as far as they differ: `before` and `after` are the files that do.

    `sides` are the revisions, `first` the project as it was.
    """

    project: OpenProject
    sides: DiffSides
    first: ProjectFiles
    before: Sequence[CheckedFile]
    after: Sequence[CheckedFile]
    files: _Files

    @property
    def source(self) -> str:
        """The name of the first state."""
        return f"git:{self.sides.base.name}"

    def require_target(self, targets: Sequence[str]) -> None:
        """Raise NoInput for targets that no sheet of either side matches."""
        if not targets or _is_held((*self.before, *self.after), targets) or _is_named(self.sides, self.files, targets):
            return
        say = self.project.say
        raise NoInput(say(_("no sheet of either side matches {targets}"), targets=", ".join(map(printable, targets))))


def diff_revisions(
    options: OpenOptions | None = None, wanted: DiffRange | None = None, targets: Sequence[str] = ()
) -> RevisionDiff:
    """Compare two states of a repository: without a range, from where this branch began to the working tree.

    `targets` are patterns of identifiants. From git alone: the store is not read, nothing is written. Raises UsageFault,
    NoInput (no such revision; no sheet on either side), Unavailable (no git), ProjectFault.
    """
    chosen = options or OpenOptions()
    with git_explained(chosen):
        compared = compared_revisions(chosen, wanted)
        return RevisionDiff(compared.project, _planned(compared, targets))


def compared_revisions(options: OpenOptions, wanted: DiffRange | None = None) -> ComparedRevisions:
    """Read and check what differs between two states of a repository. Raises the same as `diff_revisions`."""
    sides = diff_sides(options, wanted)
    with git_explained(options):
        project = open_project(options, read=None if sides.head.is_disk else sides.head.read_project)
        _tell_not_read(project, options, sides.head)
        first = _files_before(project, sides.base)
        files = _files(sides, first, project.files)
        if not files.before and not files.after:
            where = ", ".join(project.config.structures)
            raise NoInput(project.say(_("no sheet found in {where}"), where=where))
        before, after = _differing(project, sides, files)
        _note_mended(project, before, after)
        return ComparedRevisions(project, sides, first, before, after, files)


def _tell_not_read(project: OpenProject, options: OpenOptions, head: Revision) -> None:
    """Tell of the files of the second side that nobody reads. Raises ProjectFault for a misnamed project file."""
    if head.is_disk:
        project.note_not_read(not_read(project.files))
        return
    if project.files.file is None:
        names = misnamed_project_files(path for path in head.entries if "/" not in path)
        refuse_misnamed(project.root / names[0] if names else None, options)
    project.note_not_read(
        not_read_among(head.entries, project.files, lambda path: head.read([(path, "fiche-structure")])[0].raw)
    )


def _planned(compared: ComparedRevisions, targets: Sequence[str]) -> Plan:
    project = compared.project
    options = Options((), tuple(targets), project.say.language)
    inputs = PlanningInputs(
        masked_token,
        options,
        tool(),
        _commit(compared.sides.head),
        project.files.text,
        decisions=changed_decisions(_body(compared.first, project.settings), _body(project.files, project.settings)),
    )
    made = compare_files(ComparedFiles(compared.before, compared.after, compared.source), inputs, project.settings)
    if not (made.changes or made.managed or made.reasons or made.moves):
        compared.require_target(targets)
    return made


def _commit(side: Revision) -> tuple[str | None, bool]:
    """Return the commit of a side, and whether its files may differ from it; None where they are not committed yet."""
    return (None, True) if side.is_disk or side.name == "index" else (side.name, False)


def _is_held(checked: Iterable[CheckedFile], targets: Sequence[str]) -> bool:
    """Tell whether targets name a sheet or account that differs, gone on one side perhaps."""
    roots = (root_of(one.document.body) for one in checked if one.document is not None)
    return any(root is not None and matches_target(root.root, targets) for root in roots)


def _is_named(sides: DiffSides, files: _Files, targets: Sequence[str]) -> bool:
    """Tell whether targets name a sheet that does not differ: its name is looked for where it is usual, then in the files."""
    paths = sorted(files.alike, key=lambda path: not any(fnmatchcase(NamedFile(path).stem, target) for target in targets))
    for path in paths:
        facts = facts_of_text(sides.base.read([(path, files.before[path])])[0])
        if facts is not None and matches_target(facts.root, targets):
            return True
    return False


def _files_before(project: OpenProject, base: Revision) -> ProjectFiles:
    """Return the project as it was; what can no longer be read then counts as it is now."""
    text = base.read_project(project.files.file or PROJECT_FILE)
    if text is None:
        return ProjectFiles(project.root, None, ProjectConfig())
    before, _findings = read_project(text, project.settings)
    if before is None:
        project.note(_("note: the project file was invalid before: its sheets are looked for where it says now"))
        return replace(project.files, text=text)
    return ProjectFiles(project.root, text.path, before, text)


def _note_mended(project: OpenProject, before: Iterable[CheckedFile], after: Iterable[CheckedFile]) -> None:
    """Tell of each file that could not be read before: what it holds now counts as new."""
    read = {one.path for one in after if one.document is not None}
    for one in before:
        if one.document is None and one.path in read:
            message = _("note: {path} could not be read before the change: all that it holds counts as new")
            project.note(message, path=printable(one.path))


def _files(sides: DiffSides, first: ProjectFiles, last: ProjectFiles) -> _Files:
    before, after = (
        {path: kind for path, kind in side.select(home).files if kind != "projet"}
        for side, home in ((sides.base, first), (sides.head, last))
    )
    both = (before.keys() & after.keys()) - sides.base.links() - sides.head.links()
    if sides.head.is_disk:
        return _Files(before, after, frozenset(both - touched(sides.base.root, sides.base.name)))
    return _Files(before, after, frozenset(p for p in both if sides.base.entries[p] == sides.head.entries[p]))


def _differing(project: OpenProject, sides: DiffSides, files: _Files) -> tuple[list[CheckedFile], list[CheckedFile]]:
    """Check the files that differ, and those that speak of a structure which came or went."""

    def _checked(side: Revision, kinds: Kinds, paths: Iterable[str]) -> list[CheckedFile]:
        texts = side.read([(path, kinds[path]) for path in sorted(paths)])
        return list(project.check_texts(texts, len(texts)))

    before = _checked(sides.base, files.before, files.before.keys() - files.alike)
    after = _checked(sides.head, files.after, files.after.keys() - files.alike)
    also = _concerned(sides, files, _roots(before) ^ _roots(after))
    if not also:
        return before, after
    before += _checked(sides.base, files.before, also)
    after += _checked(sides.head, files.after, also)
    return _by_path(before), _by_path(after)


def _by_path(checked: Iterable[CheckedFile]) -> list[CheckedFile]:
    """Return checked files in the order of their paths."""
    return sorted(checked, key=lambda one: one.path)


def _concerned(sides: DiffSides, files: _Files, roots: Collection[tuple[FileKind, str]]) -> frozenset[str]:
    """Return the files that do not differ but hold the name of a structure or account which came or went."""
    where = [] if sides.head.is_disk else ["--cached"] if sides.head.name == "index" else [sides.head.name]
    found: frozenset[str] = frozenset()
    for kind in ("fiche-structure", "compte-utilisateur"):
        names = sorted(owner for its, owner in roots if its == kind)
        state = holding(sides.base.root, names, where) if names else frozenset()
        found |= {path for path in state & files.alike if files.after[path] == kind}
    return found


def _roots(checked: Iterable[CheckedFile]) -> frozenset[tuple[FileKind, str]]:
    named = ((one.kind, root_of(one.document.body)) for one in checked if one.document is not None)
    return frozenset((kind, root.owner) for kind, root in named if root is not None)


def _body(home: ProjectFiles, setting: CheckSettings) -> Body:
    """Return what the project file says, its numbers as numbers; {} without one, or when it says nothing."""
    document = check_file(home.text, setting).document if home.text is not None else None
    return document.body if document is not None else {}
