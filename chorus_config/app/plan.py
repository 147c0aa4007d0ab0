"""What plan and apply share: from the sheets and a state to a draft."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

import click

from chorus_config.app.project import OpenProject
from chorus_config.cli.shared.options import Request
from chorus_config.diff.seal import keyed, salted
from chorus_config.engine.planning.acceptances import may_accept
from chorus_config.engine.planning.draft import Draft, draft_plan
from chorus_config.engine.planning.inputs import PlanningInputs, tool
from chorus_config.engine.planning.plan_file import SavedPlan, read_plan
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import NoInput, Refused, UsageFault
from chorus_config.model.plan import Acceptance, Options, Plan
from chorus_config.model.store_state import StoreState
from chorus_config.model.text_file import FileKind
from chorus_config.rules.catalogue import RULES
from chorus_config.workspace.git import commit_of
from chorus_config.yamltext.characters import printable


def target_option(say: Translator) -> click.Option:
    """Return the `--target` option of plan, apply and diff."""
    return click.Option(
        ["--target"], multiple=True, metavar="ID", envvar="CHORUS_CONFIG_TARGET",
        help=say(_("Only these structures: an identifiant, or a pattern with *; repeatable.")),
    )  # fmt: skip


def drafted(
    session: OpenProject, held: StoreState, options: Options, *, commit: tuple[str | None, bool] | None = None
) -> Draft:
    """Draft the plan of the chosen sheets against a state. Raises NoInput when there is nothing to be about.

    `commit` is given when a saved plan is made again: git may have moved on, the sheets are what counts.
    """
    files = [file for file in session.select().files if file[1] != "projet"]
    _refuse_nothing(session, held, files)
    _note_forgetful(session, held)
    seal = salted() if held.secret is None else keyed(held.secret)
    found = commit_of(session.home.root, {path for path, _kind in files}) if commit is None else commit
    frame = PlanningInputs(seal, options, tool(), found, session.home.text)
    made = draft_plan(session.check(files), held.snapshot, frame, session.setting)
    _refuse_none(session, made.plan)
    return made


def _note_forgetful(session: OpenProject, held: StoreState) -> None:
    if held.secret is None and held.snapshot.taken_at is None and os.environ.get("CI"):
        session.note(_("note: no store found; without a shared one, CI remembers nothing between two runs"))


def _refuse_none(session: OpenProject, plan: Plan) -> None:
    """Refuse targets that name nothing: mistyped, they would pass for ever."""
    targets = plan.options.targets
    if targets and not (plan.changes or plan.managed):
        raise NoInput(session.setting.say(_("no sheet and no known structure matches {targets}"), targets=", ".join(targets)))


def _refuse_nothing(session: OpenProject, held: StoreState, files: Sequence[tuple[str, FileKind]]) -> None:
    if not files and not held.snapshot.records:
        where = ", ".join(session.request.paths or session.home.project.structures)
        raise NoInput(session.setting.say(_("no sheet found in {where}"), where=where))


def again(session: OpenProject, plan: Plan) -> OpenProject:
    """Return the session with the options of a saved plan: its paths, its day, its language."""
    request = replace(session.request, own={**session.request.own, "paths": _from_here(session, plan)})
    return replace(session, request=request)


def asked(session: OpenProject) -> Options:
    """Return what the command line asks of a plan. Raises UsageFault for an acceptance that cannot be one."""
    own, say = session.request.own, session.setting.say
    accept = tuple(acceptance(word, say) for word in own["accept"])
    return Options(
        _named(session), tuple(own["target"]), say.language, accept, own["expect_structures"], own["expect_removals"]
    )


def acceptance(word: str, say: Translator) -> Acceptance:
    """Read `RULE:ADDRESS=REASON`; the reason is what follows the first `=`. Raises UsageFault."""
    before, equals, reason = word.partition("=")
    rule, colon, address = before.partition(":")
    rule, reason = rule.strip().upper(), reason.strip()
    if not (equals and colon and rule and address.strip() and reason):
        raise UsageFault(say(_("--accept {word}: RULE:ADDRESS=REASON is expected"), word=f'"{printable(word)}"'))
    if rule not in RULES:
        raise UsageFault(say(_("--accept: no rule is called {rule}"), rule=printable(rule)))
    if not may_accept(rule):
        raise UsageFault(say(_("--accept: {rule} allows no acceptance"), rule=rule))
    return Acceptance(rule, address.strip(), reason, origin="option")


def _named(session: OpenProject) -> tuple[str, ...]:
    """Return the named paths relative to the project, so that a plan says the same wherever it is made."""
    home = session.home.root
    here = session.request.directory
    return tuple(os.path.relpath(here / path, home).replace(os.sep, "/") for path in session.request.paths)


def _from_here(session: OpenProject, plan: Plan) -> tuple[str, ...]:
    return tuple(os.path.relpath(session.home.root / path, session.request.directory) for path in plan.options.paths)


_MAX_BYTES = 256 * 1024 * 1024


def load_plan(request: Request) -> SavedPlan:
    """Return the plan in the file `PLAN`. Raises NoInput when there is none, Refused when it cannot be one."""
    name = request.own["plan"]
    path = request.directory / name
    try:
        if not path.is_file():
            raise NoInput(request.say(_("no such file: {names}"), names=name))
        if path.stat().st_size > _MAX_BYTES:
            raise Refused(request.say(_("{name} is too large to be a plan"), name=name))
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(request.say(_("{name} is not a whole plan: it is truncated or damaged; plan again"), name=name)) from None
    except OSError as error:
        raise NoInput(request.say(_("{name} cannot be read: {why}"), name=name, why=error.strerror or "?")) from error
    return read_plan(text, name, request.say)
