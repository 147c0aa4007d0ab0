"""What plan and apply share: from the sheets and a state to a draft."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

import click

from chorus_config.commands.plans import tool
from chorus_config.commands.session import Session
from chorus_config.pipelines.acceptance import may_accept
from chorus_config.pipelines.draft import Draft, draft
from chorus_config.pipelines.frame import Frame
from chorus_config.resources.seal import keyed, salted
from chorus_config.rules.catalogue import RULES
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.document import Kind
from chorus_config.words.errors import NoInput, UsageFault
from chorus_config.words.held import Held
from chorus_config.words.plan import Acceptance, Options, Plan
from chorus_config.world.git import commit_of
from chorus_config.yamltext.characters import printable


def target_option(say: Texts) -> click.Option:
    """Return the `--target` option of plan, apply and diff."""
    return click.Option(
        ["--target"], multiple=True, metavar="ID", envvar="CHORUS_CONFIG_TARGET",
        help=say(_("Only these structures: an identifiant, or a pattern with *; repeatable.")),
    )  # fmt: skip


def drafted(session: Session, held: Held, options: Options, *, commit: tuple[str | None, bool] | None = None) -> Draft:
    """Draft the plan of the chosen sheets against a state. Raises NoInput when there is nothing to be about.

    `commit` is given when a saved plan is made again: git may have moved on, the sheets are what counts.
    """
    files = [file for file in session.select().files if file[1] != "projet"]
    _refuse_nothing(session, held, files)
    _note_forgetful(session, held)
    seal = salted() if held.secret is None else keyed(held.secret)
    found = commit_of(session.home.root, {path for path, _kind in files}) if commit is None else commit
    frame = Frame(seal, options, tool(), found, session.home.text)
    made = draft(session.check(files), held.snapshot, frame, session.setting)
    _refuse_none(session, made.plan)
    return made


def _note_forgetful(session: Session, held: Held) -> None:
    if held.secret is None and held.snapshot.taken_at is None and os.environ.get("CI"):
        session.note(_("note: no store found; without a shared one, CI remembers nothing between two runs"))


def _refuse_none(session: Session, plan: Plan) -> None:
    """Refuse targets that name nothing: mistyped, they would pass for ever."""
    targets = plan.options.targets
    if targets and not (plan.changes or plan.managed):
        raise NoInput(session.setting.say(_("no sheet and no known structure matches {targets}"), targets=", ".join(targets)))


def _refuse_nothing(session: Session, held: Held, files: Sequence[tuple[str, Kind]]) -> None:
    if not files and not held.snapshot.records:
        where = ", ".join(session.request.paths or session.home.project.structures)
        raise NoInput(session.setting.say(_("no sheet found in {where}"), where=where))


def again(session: Session, plan: Plan) -> Session:
    """Return the session with the options of a saved plan: its paths, its day, its language."""
    request = replace(session.request, own={**session.request.own, "paths": _from_here(session, plan)})
    return replace(session, request=request)


def asked(session: Session) -> Options:
    """Return what the command line asks of a plan. Raises UsageFault for an acceptance that cannot be one."""
    own, say = session.request.own, session.setting.say
    accept = tuple(acceptance(word, say) for word in own["accept"])
    return Options(
        _named(session), tuple(own["target"]), say.language, accept, own["expect_structures"], own["expect_removals"]
    )


def acceptance(word: str, say: Texts) -> Acceptance:
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


def _named(session: Session) -> tuple[str, ...]:
    """Return the named paths relative to the project, so that a plan says the same wherever it is made."""
    home = session.home.root
    here = session.request.directory
    return tuple(os.path.relpath(here / path, home).replace(os.sep, "/") for path in session.request.paths)


def _from_here(session: Session, plan: Plan) -> tuple[str, ...]:
    return tuple(os.path.relpath(session.home.root / path, session.request.directory) for path in plan.options.paths)
