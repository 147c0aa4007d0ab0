"""Starting a project: its first files from answers, or from what a source knows. Nothing that is there is written over."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import replace

from chorus_config.app.observe import sheets_by_root
from chorus_config.app.project import OpenOptions, OpenProject, open_project, today
from chorus_config.diff.names import record_name
from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.scaffold.files import MadeFile, about, files_around, files_of_sheet
from chorus_config.engine.scaffold.project_file import project_file_of, with_comments
from chorus_config.engine.scaffold.questions import QUESTIONS, findings_of_answers, missing_answers, remedy_of_answer
from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.errors import NoInput, Refused, Unavailable, UsageFault
from chorus_config.model.finding import Finding, TrackedDay
from chorus_config.model.importing import ImportDraft, NewFile
from chorus_config.model.project import PROJECT_FILE, ProjectConfig
from chorus_config.model.scaffold import Answers, Ci, Origin, Scaffold
from chorus_config.model.snapshot import Record
from chorus_config.schema.packaged import STRICT, directory
from chorus_config.workspace.folder import ProjectFiles, all_files, locate, matches
from chorus_config.workspace.journal import SCHEMAS
from chorus_config.workspace.replace import Replacement, replace_all
from chorus_config.yamltext.characters import printable


def open_new_project(folder: str, options: OpenOptions) -> OpenProject:
    """Open the folder of a project that is to be started; it need not exist yet, and nothing is written.

    Raises NoInput for a file of that name, Refused inside another project, ProjectFault for a project file that is invalid.
    """
    root = Path(os.path.normpath(Path.cwd() / options.directory / folder))
    if os.path.lexists(root) and not root.is_dir():
        raise NoInput(options.say(_("{name} is no folder: name the one that the project is to be in"), name=printable(folder)))
    start = next(one for one in (root, *root.parents) if one.is_dir())
    above = locate(start)
    if above is not None and above.parent != root:
        message = _("nothing was written: {name} is inside the project of {file}: choose a folder of its own, beside it")
        raise Refused(options.say(message, name=printable(folder), file=printable(str(above))))
    if root.is_dir():
        return replace(open_project(replace(options, directory=root)), directory=options.directory)
    settings = CheckSettings(TrackedDay(options.day or today()), options.say)
    files = ProjectFiles(root, None, ProjectConfig())
    return OpenProject(options.directory, files, settings, events=options.events)


def has_sheets(project: OpenProject) -> bool:
    """Tell whether a project has a sheet: then it needs no first one."""
    found = (path for path, kind in all_files(project.files).files if kind == "fiche-structure")
    return any((project.root / path).is_file() for path in found)


def draft_from_answers(project: OpenProject, answers: Answers | None, ci: Ci) -> Scaffold:
    """Return what starting a project from answers would write; without answers, only what stands around the sheets.

    Raises UsageFault for an answer that is missing or that the rules refuse.
    """
    if answers is None:
        made = _scaffold(project, _project_file_of_sheets(project), ci)
        there = tuple(path for path, kind in all_files(project.files).files if kind != "compte-utilisateur")
        return replace(made, kept=(*there, *made.kept))
    _refuse_missing(project, answers)
    _refuse_errors(project, findings_of_answers(answers, project.settings))
    return _scaffold(project, files_of_sheet(answers, project.settings.day, project.say), ci)


def draft_from_import(project: OpenProject, draft: ImportDraft, ci: Ci) -> Scaffold:
    """Return what starting a project from a source would write: what an import writes, and what stands around it."""
    files = [MadeFile(one.file.path, one.file.new) for one in draft.sheets]
    if draft.project_file is not None and draft.project_file.old is None:
        made = with_comments(draft.project_file.new, project.settings.day, project.say)
        files.insert(0, MadeFile(draft.project_file.path, made))
    return _scaffold(project, files, ci)


def write_scaffold(project: OpenProject, scaffold: Scaffold) -> None:
    """Write all files of a new project, or none. Raises Unavailable, Locked, Refused when somebody made one meanwhile."""
    try:
        project.root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("nothing was written: {path} cannot be written: {why}")
        raise Unavailable(project.say(message, path=project.root, why=os_reason(error, project.say))) from error
    home = Path(os.path.realpath(project.root))
    replace_all([Replacement(home / one.path, one.old, one.new) for one in scaffold.files], project.root, project.say)


def origin() -> Origin | None:
    """Return the git repository and commit that this program was installed from (PEP 610), None when nobody noted it.

    An address that holds a name or a password is none.
    """
    try:
        noted = distribution("chorus-config").read_text("direct_url.json")
        found = json.loads(noted or "{}")
        url, commit = str(found["url"]), str(found["vcs_info"]["commit_id"])
    except (PackageNotFoundError, OSError, ValueError, KeyError, TypeError):
        return None
    told = urlsplit(url).scheme == "https" and "@" not in url and url.isprintable() and not {*url} & {" ", '"', "#"}
    return Origin(url, commit) if told and len(commit) == 40 and commit.isalnum() else None


def _scaffold(project: OpenProject, sheets: Iterable[MadeFile], ci: Ci) -> Scaffold:
    root, came_from = project.root, origin()
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    apart = str(top) if top is not None and top != root else ""
    wanted = [*sheets, *_schemas(), *files_around(ci, came_from, project.say, top=not apart)]
    new = [one for one in wanted if not os.path.lexists(root / one.path)]
    kept = tuple(one.path for one in wanted if one not in new)
    _refuse_out_of_reach(project, new)
    files = tuple(NewFile(one.path, None, one.raw) for one in new)
    told = {one.path: about(one.path, project.say) for one in new}
    unfinished = tuple(one.path for one in new if b"0" * 40 in one.raw)
    return Scaffold(files, kept, told, apart, top is not None, unfinished)


def _project_file_of_sheets(project: OpenProject) -> Iterator[MadeFile]:
    """Yield the project file of sheets that are there without one."""
    if project.files.file is None:
        found = {root: sheets[0][1] for root, sheets in sheets_by_root(project, tell=False).items()}
        roots = sorted(root for root in found if parse_address(root).group != "comptes")
        budgets = [(root, record_name(Record(root, found[root]))) for root in roots]
        yield MadeFile(PROJECT_FILE, project_file_of(budgets, project.settings.day, project.say))


def _schemas() -> Iterator[MadeFile]:
    for name in STRICT.values():
        yield MadeFile(f"{SCHEMAS}/{name}.schema.json", (directory() / f"{name}.schema.json").read_bytes())


def _refuse_out_of_reach(project: OpenProject, files: Iterable[MadeFile]) -> None:
    """Refuse to write through a link: what it leads to is not of this project."""
    home = os.path.realpath(project.root)
    for one in files:
        place = os.path.dirname(os.path.join(home, one.path))  # noqa: PTH118, PTH120 - compared as written
        if os.path.realpath(place) != place:
            message = _("nothing was written: {path} would go through a link, out of the folder")
            raise Refused(project.say(message, path=printable(one.path)))
        if one.path.startswith("structures/") and not matches(one.path, project.config.structures):
            # The project file that is there already would not find it.
            message = _("nothing was written: no pattern of `structures` in the project file would find the sheet {name}")
            raise Refused(project.say(message, name=printable(one.path)))


def _refuse_missing(project: OpenProject, answers: Answers) -> None:
    missing = missing_answers(answers)
    if missing:
        options = " ".join(one.option for one in missing)
        message = _(
            "nothing was written: {options} must be given where nobody can be asked; or --from SOURCE with --siren or --siret"
        )
        raise UsageFault(project.say(message, options=options))


def _refuse_errors(project: OpenProject, findings: Iterable[Finding]) -> None:
    """Refuse answers against which there is an error; an e-mail is not repeated on the side."""
    errors = [one for one in findings if one.level == "error"]
    if errors:
        told = " ".join(f"{option_of(one)}: {answer_fault_text(one, project.say)}" for one in errors)
        raise UsageFault(project.say(_("nothing was written: {told}"), told=told))


def option_of(finding: Finding) -> str:
    """Return the option that answers for what a finding is about."""
    return next((one.option for one in QUESTIONS if one.pointer == finding.pointer), finding.pointer)


def answer_fault_text(finding: Finding, say: Translator) -> str:
    """Return what a rule says of an answer, in its words; an e-mail is not repeated."""
    if option_of(finding) == "--email":
        return f"{finding.rule} {finding.help}"
    return f"{finding.rule} {finding.message}. {remedy_of_answer(finding, say)}"
