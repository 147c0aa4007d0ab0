"""`state restore`: the whole store as a backup holds it, into an empty store, or in the place of one."""

from __future__ import annotations

import click
from msgspec.structs import asdict

from chorus_config.app.state import Restorable, state_restorable, state_restore
from chorus_config.cli.shared.common_options import holder_option, lock_timeout_option, writer_of, yes_option
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats, tell
from chorus_config.cli.shared.terminal import agreed, opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, Refused
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.dates import instant_text
from chorus_config.render.state.json import backup_document
from chorus_config.render.state.text import backup_contents
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Bring the store back from a file that `state backup` made, all of it or nothing.\n\n"
                "The store must be empty; --force puts the backup in the place of what it holds, after asking. A file that is "
                "truncated or was changed is refused."
            )
        ),
        ("chorus-config state restore registre.sauvegarde", "chorus-config state restore registre.sauvegarde --force"),
        [
            click.Argument(["file"], metavar="FILE"),
            click.Option(
                ["--force"], is_flag=True, envvar="CHORUS_CONFIG_REPLACE_STORE",
                help=say(_("Put the backup in the place of what the store holds, which is lost.")),
            ),
            yes_option(say),
            holder_option(say),
            lock_timeout_option(say),
        ],
    )  # fmt: skip
    return make_command("restore", run, about, say)


def run(request: Request) -> int:
    """Check the file, ask when something would be lost, restore. Raises NoInput, Refused, Locked, Unavailable."""
    outputs = formats(request, ("text", "json"))
    project, file = opened(request), request.own["file"]
    found, say = state_restorable(project, file, force=request.own["force"]), project.say
    if found.lineage is not None and not request.own["yes"]:
        tell(_both(say, found))
        if not agreed(say(_("Put the backup in its place? [y/N]: "))):
            raise Refused(say(_("nothing was restored: the answer was no")))
    state_restore(project, found, writer_of(request))
    views: dict[str, View] = {
        "text": lambda _paint: _done(say, found),
        "json": lambda _paint: as_json(backup_document("restore", found.source, file, asdict(found.head))),
    }
    deliver(request, outputs, views)
    return Exit.OK


def _both(say: Translator, found: Restorable) -> str:
    """Return the store that would be lost beside the backup; another lineage is another store."""
    head = found.head
    rows = [
        say(_("The store {path} is at write {serial}."), path=printable(found.source), serial=found.serial),
        say(_("The backup was made at write {serial}, on {at}."), serial=head.serial, at=instant_text(head.written_at, say)),
    ]
    if head.lineage != found.lineage:
        rows.append(say(_("These are two different stores: what the backup holds was never in this one.")))
    elif head.serial < found.serial:
        rows.append(
            say.count(
                _("{n} write since then is lost, the history of it too."),
                _("{n} writes since then are lost, the history of them too."),
                found.serial - head.serial,
            )
        )
    return "\n".join(rows)


def _done(say: Translator, found: Restorable) -> str:
    head = found.head
    message = _("The store is as it was after write {serial}, on {at}: {contents}.")
    told = say(message, serial=head.serial, at=instant_text(head.written_at, say), contents=backup_contents(head.rows, say))
    after = _(
        "What was approved or entered on the portal since then is no longer known: `chorus-config plan` shows the first, "
        "`chorus-config drift` the second."
    )
    return f"{told}\n{say(after)}\n"
