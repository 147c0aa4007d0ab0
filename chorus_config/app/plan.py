"""Planning: from the sheets and what is approved to a draft; and a saved plan, read again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from shlex import quote
from typing import Final

from chorus_config.app.dropped import note_dropped
from chorus_config.app.project import OpenProject, today
from chorus_config.diff.sensitive import keyed_tokens, salted_tokens
from chorus_config.engine.planning.desired_state import PlanningInputs, tool
from chorus_config.engine.planning.draft import Draft, draft_plan
from chorus_config.engine.planning.guards import may_accept
from chorus_config.engine.planning.plan_file import SavedPlan, read_plan
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import NoInput, Refused, UsageFault
from chorus_config.model.plan import Acceptance, Options, Plan
from chorus_config.model.project import FileKind
from chorus_config.model.store_state import StoreState
from chorus_config.rules.catalogue import RULES
from chorus_config.workspace.git import commit_of
from chorus_config.yamltext.characters import printable

_MAX_BYTES: Final = 256 * 1024 * 1024
# What git has checked out, and whether the sheets differ from it.
Commit = tuple[str | None, bool]
# How many structures are meant to change, and how many resources to go; None for any number up to the threshold.
Expected = tuple[int | None, int | None]


def make_plan(
    project: OpenProject, options: Options | None = None, state: StoreState | None = None, *, saved: Plan | None = None
) -> Draft:
    """Draft the plan of the chosen sheets against a state, that of the store without one. Writes nothing.

    Raises NoInput when there is nothing to be about, and like `Store.read`. `saved` is the plan that is made again: git
    and the calendar may have moved on, the sheets are what counts.
    """
    options, state = options or plan_options(project), state or project.store().read()
    files = [file for file in project.select().files if file[1] != "projet"]
    _refuse_nothing(project, state, files)
    _note_forgetful(project, state)
    token_of = salted_tokens() if state.secret is None else keyed_tokens(state.secret)
    found: Commit = (
        commit_of(project.root, {path for path, _kind in files})
        if saved is None
        else (saved.desired.commit, saved.desired.dirty)
    )
    made_on = saved.made_on if saved is not None else today().isoformat() if project.config.plan_days is not None else ""
    inputs = PlanningInputs(token_of, options, tool(), found, project.files.text, state.on_portal, made_on=made_on)
    if saved is None:
        note_dropped(project, state)
    made = draft_plan(project.check(files), state.snapshot, inputs, project.settings)
    _refuse_unmatched(project, made.unmatched, options.targets)
    return made


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
        where = ", ".join(project.paths or project.config.structures)
        raise NoInput(project.say(_("no sheet found in {where}"), where=where))


def remake_plan(project: OpenProject, saved: Plan, state: StoreState) -> Draft:
    """Draft a saved plan once more, with its paths and options. Raises like `make_plan`.

    The project is to be opened with the day and the language of the plan.
    """
    paths = tuple(os.path.relpath(project.root / path, project.directory) for path in saved.options.paths)
    return make_plan(replace(project, paths=paths), saved.options, state, saved=saved)


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
        if path.stat().st_size > _MAX_BYTES:
            raise Refused(say(_("{name} is too large to be a plan"), name=name))
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(say(_("{name} is not a whole plan: it is truncated or damaged; plan again"), name=name)) from None
    except OSError as error:
        raise NoInput(say(_("{name} cannot be read: {why}"), name=name, why=error.strerror or "?")) from error
    return read_plan(text, name, say)
