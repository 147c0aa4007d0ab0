"""Planning: from the sheets and what is approved to a draft; and a saved plan, read again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.app.checking.verdicts import ALONE, CACHE_FROM, Effort
from chorus_config.app.dropped import note_dropped
from chorus_config.app.project import OpenOptions, OpenProject, today
from chorus_config.app.revisions import git_explained
from chorus_config.app.store_access import approved_state
from chorus_config.app.validate import no_sheet_found
from chorus_config.diff.sensitive import keyed_tokens, salted_tokens
from chorus_config.engine.planning.draft import Draft, draft_plan
from chorus_config.engine.planning.guards import may_accept
from chorus_config.engine.planning.inputs import PlanningInputs
from chorus_config.engine.planning.one_sheet import PlannedFile
from chorus_config.engine.planning.plan_file import SavedPlan, read_plan
from chorus_config.engine.planning.tool import tool
from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import NoInput, Refused, UsageFault
from chorus_config.model.plan import Acceptance, Options, Plan
from chorus_config.model.project import FileKind
from chorus_config.model.store_state import HistoryEntry, StoreState
from chorus_config.rules.catalogue import RULES
from chorus_config.workspace.git import commit_named, commit_of
from chorus_config.workspace.revisions import of_commit
from chorus_config.yamltext.characters import printable

if TYPE_CHECKING:
    from chorus_config.app.checking.settled import PlanMemory

# Below, starting processes costs more than they save in a first plan.
_SHARED_FROM: Final = 100
MAX_PLAN_BYTES: Final = 256 * 1024 * 1024
# What git has checked out, and whether the sheets differ from it.
Commit = tuple[str | None, bool]
# How many structures are meant to change, and how many resources to go; None for any number up to the threshold.
Expected = tuple[int | None, int | None]


def make_plan(
    project: OpenProject,
    options: Options | None = None,
    state: StoreState | None = None,
    *,
    saved: Plan | None = None,
    effort: Effort = ALONE,
) -> Draft:
    """Draft the plan of the chosen sheets against a state, that of the store without one. Writes nothing to project or store.

    Raises NoInput when there is nothing to be about, and like `Store.read`. `saved` is the plan that is made again: git
    and the calendar may have moved on, the sheets are what counts. `effort` says where it is remembered which sheets ask for
    nothing, so that they need not be looked into again, and how many processes share the sheets of a first plan.
    """
    options, files = options or plan_options(project), _sheets(project)
    memory = _memory(project, files, effort) if saved is None else None
    state = state or approved_state(project, memory.trusted() if memory is not None else ())
    _refuse_nothing(project, state, files)
    _note_forgetful(project, state)
    inputs = _inputs(project, state, options, saved or commit_of(project.root, {path for path, _kind in files}))
    if saved is None:
        note_dropped(project, state)
    if _is_shared(state, files, effort):
        from chorus_config.app.checking.first_plan import judged_in_processes  # noqa: PLC0415 - once in the life of a store

        return _drafted(project, judged_in_processes(project, files, inputs, effort.processes), state, inputs)
    if memory is None:
        return _drafted(project, project.check(files), state, inputs)
    made = _drafted(project, memory.sheets(state), state, inputs)
    memory.remember(made.settled, state, options)
    return made


def _is_shared(state: StoreState, files: Sequence[tuple[str, FileKind]], effort: Effort) -> bool:
    """Tell whether several processes judge the sheets: many, where nothing is approved, so that none depends on another."""
    return not state.snapshot.records and len(files) >= _SHARED_FROM and effort.processes > 1


def _sheets(project: OpenProject) -> list[tuple[str, FileKind]]:
    return [file for file in project.select().files if file[1] != "projet"]


def _memory(project: OpenProject, files: Sequence[tuple[str, FileKind]], effort: Effort) -> PlanMemory | None:
    """Return what is remembered of the sheets of a project, None where they are few or nothing is to be remembered."""
    if effort.cache is None or len(files) < CACHE_FROM:
        return None
    from chorus_config.app.checking.settled import PlanMemory  # noqa: PLC0415 - few files pay nothing for it

    return PlanMemory(project, files, effort.cache)


def _inputs(project: OpenProject, state: StoreState, options: Options, known: Commit | Plan) -> PlanningInputs:
    """Return what a plan is made with; `known` is what git says of the sheets, or the plan that is made again."""
    token_of = salted_tokens() if state.secret is None else keyed_tokens(state.secret)
    if isinstance(known, Plan):
        found, made_on = (known.desired.commit, known.desired.dirty), known.made_on
    else:
        found, made_on = known, today().isoformat() if project.config.plan_days is not None else ""
    return PlanningInputs(token_of, options, tool(), found, project.files.text, state.on_portal, made_on=made_on)


def _drafted(project: OpenProject, checked: Iterable[PlannedFile], state: StoreState, inputs: PlanningInputs) -> Draft:
    """Draft the plan of checked sheets."""
    made = draft_plan(checked, state.snapshot, inputs, project.settings)
    _refuse_unmatched(project, made.unmatched, inputs.options.targets)
    return made


class ReturnPlan(Struct, frozen=True):
    """A plan back to the sheets of an earlier approval: `commit` holds them, `folders` are where they lie."""

    draft: Draft
    commit: str
    folders: tuple[str, ...]

    @property
    def git_command(self) -> str:
        """The command of git that brings the sheets back, from the folder of the project; then `apply` approves them."""
        return printable(" ".join(map(quote, ("git", "restore", f"--source={self.commit}", "--", *self.folders))))


def plan_to(project: OpenProject, serial: int, options: Options | None = None) -> ReturnPlan:
    """Draft the plan that leads from what is approved back to the sheets of an earlier approval. Writes nothing.

    The sheets are those of the commit that the history notes: it keeps what was changed, with sensitive values masked, so
    that nobody could enter an approved state rebuilt from it. The decisions are those of today. What those sheets do not
    write is not managed, and stays as it is. Raises NoInput for a number that the history does not have, Refused when that
    write was no approval, or no commit holds what it approved, Unavailable without git.
    """
    store = project.store()
    state, chosen, say = store.read(), options or plan_options(project), project.say
    commit = _approved_commit(store.history(), serial, chosen, say)
    with git_explained(OpenOptions(project.directory, language=say.language)):
        if commit_named(project.root, commit) is None:
            message = _("the commit {commit} of approval {serial} is not in this clone: git fetch, and try again")
            raise Refused(say(message, commit=commit, serial=serial))
        side = of_commit(project.root, commit)
        files = [file for file in side.select(project.files).files if file[1] != "projet"]
        texts = side.read(files)
    if not files:
        where = ", ".join((*project.config.structures, *project.config.accounts))
        raise Refused(say(_("the commit {commit} holds no sheet in {where}"), commit=commit, where=where))
    inputs = _inputs(project, state, replace(chosen, to=serial), (commit, False))
    draft = _drafted(project, project.check_texts(texts, len(texts)), state, inputs)
    return ReturnPlan(draft, commit, _folders(project, [path for path, _kind in files]))


def _approved_commit(history: Sequence[HistoryEntry], serial: int, options: Options, say: Translator) -> str:
    """Return the commit that holds the sheets of an approval. Raises NoInput, Refused."""
    document = (entry := _approval(history, serial, say)).document
    if not entry.commit:
        message = _("the sheets of approval {serial} were in no git commit: nobody can know them any more")
        raise Refused(say(message, serial=serial))
    if document.get("dirty") is True or document.get("desired", {}).get("dirty") is True:
        message = _(
            "the sheets of approval {serial} were not those of the commit {commit}, but changed since: nobody can know them "
            "any more. `chorus-config history {serial}` shows what was approved"
        )
        raise Refused(say(message, serial=serial, commit=entry.commit[:12]))
    asked = document.get("options", {})
    if (asked.get("paths") or asked.get("targets")) and not options.targets:
        message = _("approval {serial} was about some structures only: name with --target those that are to be as they were")
        raise Refused(say(message, serial=serial))
    return entry.commit


def _approval(history: Sequence[HistoryEntry], serial: int, say: Translator) -> HistoryEntry:
    """Return the approval of a number. Raises NoInput for none, Refused for a write that approved no sheets."""
    entry = next((one for one in history if one.serial == serial), None)
    if entry is None:
        message = _("the history has no write {serial}: `chorus-config history` shows those there are")
        raise NoInput(say(message, serial=serial))
    if entry.event == "apply":
        return entry
    earlier = [one.serial for one in history if one.event == "apply" and one.serial < serial]
    if not earlier:
        raise Refused(say(_("write {serial} approved no sheets, and the history has no approval before it"), serial=serial))
    message = _("write {serial} approved no sheets; the last approval before it is {before}: --to {before}")
    raise Refused(say(message, serial=serial, before=max(earlier)))


def _folders(project: OpenProject, paths: Sequence[str]) -> tuple[str, ...]:
    """Return the folders, or patterns without one, that hold these files as the project names them."""
    patterns = (*project.config.structures, *project.config.accounts)
    named = dict.fromkeys(pattern.partition("*")[0].rpartition("/")[0] or pattern for pattern in patterns)
    return tuple(one for one in named if any(path.startswith(f"{one}/") or fnmatchcase(path, one) for path in paths))


def _note_forgetful(project: OpenProject, state: StoreState) -> None:
    if state.secret is None and state.snapshot.taken_at is None and os.environ.get("CI"):
        project.note(_("note: no store found; without a shared one, CI remembers nothing between two runs"))


def _refuse_unmatched(project: OpenProject, unmatched: Sequence[str], targets: Sequence[str]) -> None:
    """Refuse targets that name nothing: mistyped, they would pass for ever. Beside one that does, they are told."""
    names = ", ".join(map(printable, unmatched))
    if unmatched and len(unmatched) == len(targets):
        raise NoInput(project.say(_("no sheet and no known structure matches {targets}"), targets=names))
    if unmatched:
        project.note(_("note: no sheet and no known structure matches {targets}"), targets=names)


def _refuse_nothing(project: OpenProject, state: StoreState, files: Sequence[tuple[str, FileKind]]) -> None:
    # What was named and holds no sheet is no wish to forget what is approved.
    if not files and (project.paths or not state.snapshot.records):
        raise no_sheet_found(project)


def remake_plan(project: OpenProject, saved: Plan, state: StoreState, effort: Effort = ALONE) -> Draft:
    """Draft a saved plan once more, with its paths and options; nothing is remembered. Raises like `make_plan`.

    The project is to be opened with the day and the language of the plan.
    """
    paths = tuple(os.path.relpath(project.root / path, project.directory) for path in saved.options.paths)
    return make_plan(replace(project, paths=paths), saved.options, state, saved=saved, effort=effort)


def plan_age(project: OpenProject, saved: Plan) -> int | None:
    """Return how many days ago a saved plan was made, None where the project sets no age.

    A plan made for an earlier day (`--as-of`) is as old as that day, unless it is the day that the project names.
    """
    if project.config.plan_days is None or not saved.made_on:
        return None
    days = [date.fromisoformat(saved.made_on)]
    if project.config.reference_date is None or saved.as_of != project.config.reference_date.isoformat():
        days.append(date.fromisoformat(saved.as_of))
    return (today() - min(days)).days


def plan_command(project: OpenProject, saved: Plan, name: str) -> str:
    """Return the command that makes a saved plan again, in a file of the same name."""
    own = saved.options
    paths = (os.path.relpath(project.root / path, project.directory) for path in own.paths)
    words = ["chorus-config", "plan", "--out", name, *paths]
    words += [word for target in own.targets for word in ("--target", target)]
    for one in own.accept:
        words += ["--accept", f"{one.rule}:{one.address}={one.reason}"]
    for option, number in (("structures", own.expect_structures), ("removals", own.expect_removals)):
        words += [] if number is None else [f"--expect-{option}", str(number)]
    words += [] if own.to is None else ["--to", str(own.to)]
    return printable(" ".join(quote(word) for word in words))


def plan_options(
    project: OpenProject, targets: Sequence[str] = (), accept: Sequence[Acceptance] = (), expected: Expected = (None, None)
) -> Options:
    """Return what is asked of a plan: its scope, what is accepted, how many structures and removals are expected."""
    return Options(_from_root(project), tuple(targets), project.say.language, tuple(accept), *expected)


def parse_acceptance(word: str, say: Translator) -> Acceptance:
    """Read `RULE:ADDRESS=REASON`; the reason is what follows the first `=`. Raises UsageFault."""
    before, equals, reason = word.partition("=")
    rule, colon, address = before.partition(":")
    # Findings show the option with "…" for the reason: pasted as it is, it gives none.
    rule, reason = rule.strip().upper(), reason.strip().strip("….").strip() and reason.strip()
    if not (equals and colon and rule and address.strip() and reason):
        raise UsageFault(say(_("--accept {word}: RULE:ADDRESS=REASON is expected"), word=f'"{printable(word)}"'))
    if rule not in RULES:
        from chorus_config.app.rules import nearest_rule  # noqa: PLC0415 - only a slip pays for it

        close = nearest_rule(rule)
        message = (
            _("--accept: no rule is called {rule}; the nearest is {close}")
            if close
            else _("--accept: no rule is called {rule}")
        )
        raise UsageFault(say(message, rule=printable(rule), close=close))
    if not may_accept(rule):
        raise UsageFault(say(_("--accept: {rule} allows no acceptance"), rule=rule))
    return Acceptance(rule, address.strip(), reason, origin="option")


def _from_root(project: OpenProject) -> tuple[str, ...]:
    """Return the named paths relative to the project, so that a plan says the same wherever it is made."""
    here, root = project.directory, project.root
    return tuple(os.path.relpath(here / path, root).replace(os.sep, "/") for path in project.paths)


def read_plan_file(directory: Path, name: str, say: Translator) -> SavedPlan:
    """Return the plan in a file, named from a directory. Raises NoInput when there is none, Refused when it cannot be one."""
    path = directory / name
    try:
        if not path.is_file():
            raise NoInput(say(_("no such file: {names}"), names=name))
        if path.stat().st_size > MAX_PLAN_BYTES:
            raise Refused(say(_("{name} is too large to be a plan"), name=name))
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(say(_("{name} is not a whole plan: it is truncated or damaged; plan again"), name=name)) from None
    except OSError as error:
        raise NoInput(say(_("{name} cannot be read: {why}"), name=name, why=os_reason(error, say))) from error
    return read_plan(text, name, say)
