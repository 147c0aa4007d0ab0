"""`drift`: what the portal says beside what is approved. Nothing is written."""

from __future__ import annotations

from dataclasses import replace

import click

from chorus_config.app.observe import against_option, note_age, observed, sheets_by_root
from chorus_config.app.plan import target_option
from chorus_config.app.project import OpenProject, open_project, store_of
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.engine.drift.compare import compare_states, matches_target
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.drift import Drift
from chorus_config.model.errors import Exit, NoInput, UsageFault
from chorus_config.model.snapshot import Snapshot
from chorus_config.render.drift.json import drift_document
from chorus_config.render.drift.text import drift_text
from chorus_config.render.findings.json import as_json


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    face = CommandHelp(
        say(
            _(
                "Show, field by field, what is not yet entered, what is seen and what changed on the portal.\n\n"
                "What the source does not report is not compared. Nothing is written."
            )
        ),
        (
            "chorus-config drift --against snapshot.json",
            "chorus-config drift --against snapshot.json --target 21160999500017 --detailed-exitcode",
        ),
        [
            against_option(say),
            target_option(say),
            click.Option(
                ["--detailed-exitcode"], is_flag=True, envvar="CHORUS_CONFIG_DETAILED_EXITCODE",
                help=say(_("Exit with 2 when there are differences.")),
            ),
        ],
    )  # fmt: skip
    return make_command("drift", run, face, say)


def run(request: Request) -> int:
    """Compare and show; 2 for differences when asked."""
    wanted = formats(request, ("text", "json"))
    session = open_project(request)
    say, source = session.setting.say, request.own["against"]
    if not source:
        raise UsageFault(say(_("drift needs something to compare with: --against FILE")))
    found = _found(session, replace(observed(request, source, say), source=source))
    views: dict[str, View] = {
        "text": lambda paint: drift_text(found, say, paint),
        "json": lambda _paint: as_json(drift_document(found)),
    }
    deliver(request, wanted, views)
    return Exit.CHANGES if request.own["detailed_exitcode"] and not found.settled else Exit.OK


def _found(session: OpenProject, seen: Snapshot) -> Drift:
    """Compare the store with what is observed. Raises NoInput when there is nothing to compare."""
    say, targets, store = session.setting.say, session.request.own["target"], store_of(session)
    held = store.read()
    if held.snapshot.lineage is None:
        raise NoInput(say(_("nothing was approved here yet: `chorus-config apply` makes the store that drift compares with")))
    # Whether anything of it can be compared is another question.
    if targets and not any(matches_target(root, targets) for root in (*held.snapshot.records, *seen.records)):
        raise NoInput(say(_("nothing that is approved here or in the source matches {targets}"), targets=", ".join(targets)))
    sheets = {root: found[0][1] for root, found in sheets_by_root(session).items()}
    found = compare_states(held.snapshot, store.ledger(), seen, targets, sheets)
    return replace(
        found,
        older=note_age(session, seen, held.snapshot),
        # What has a sheet that nobody approved yet is not what is managed nowhere.
        unmanaged=tuple(root for root in found.unmanaged if root not in sheets),
        unapproved=tuple(root for root in found.unmanaged if root in sheets),
    )
