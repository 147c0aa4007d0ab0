"""What plan and apply share: from the sheets and a state to a draft."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from chorus_config.commands.plans import tool
from chorus_config.commands.session import Session
from chorus_config.pipelines.draft import Draft, Frame, draft
from chorus_config.resources.seal import keyed, salted
from chorus_config.texts.mark import _
from chorus_config.words.document import Kind
from chorus_config.words.errors import NoInput
from chorus_config.words.held import Held
from chorus_config.words.plan import Options, Plan
from chorus_config.world.git import commit_of


def drafted(session: Session, held: Held, targets: Sequence[str], *, commit: tuple[str | None, bool] | None = None) -> Draft:
    """Draft the plan of the chosen sheets against a state. Raises NoInput when there is nothing to be about.

    `commit` is given when a saved plan is made again: git may have moved on, the sheets are what counts.
    """
    files = [file for file in session.select().files if file[1] != "projet"]
    _refuse_nothing(session, held, files)
    if held.secret is None and os.environ.get("CI"):
        session.note(_("note: no store found; without a shared one, CI remembers nothing between two runs"))
    seal = salted() if held.secret is None else keyed(held.secret)
    found = commit_of(session.home.root, {path for path, _kind in files}) if commit is None else commit
    options = Options(_named(session), tuple(targets), session.setting.say.language)
    made = draft(list(session.check(files)), held.snapshot, Frame(seal, options, tool(), found), session.setting)
    if targets and not (made.plan.changes or made.plan.managed):
        raise NoInput(session.setting.say(_("no sheet and no known structure matches {targets}"), targets=", ".join(targets)))
    return made


def _refuse_nothing(session: Session, held: Held, files: Sequence[tuple[str, Kind]]) -> None:
    if not files and not held.snapshot.records:
        where = ", ".join(session.request.paths or session.home.project.structures)
        raise NoInput(session.setting.say(_("no sheet found in {where}"), where=where))


def again(session: Session, plan: Plan) -> Session:
    """Return the session with the options of a saved plan: its paths, its day, its language."""
    request = replace(session.request, own={**session.request.own, "paths": _from_here(session, plan)})
    return replace(session, request=request)


def _named(session: Session) -> tuple[str, ...]:
    """Return the named paths relative to the project, so that a plan says the same wherever it is made."""
    home = session.home.root
    here = session.request.directory
    return tuple(os.path.relpath(here / path, home).replace(os.sep, "/") for path in session.request.paths)


def _from_here(session: Session, plan: Plan) -> tuple[str, ...]:
    return tuple(os.path.relpath(session.home.root / path, session.request.directory) for path in plan.options.paths)
