"""`state backup`: the whole store in one file, from which `state restore` brings it back."""

from __future__ import annotations

import click
from msgspec.structs import asdict

from chorus_config.app.state import state_backup
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.state.json import backup_document
from chorus_config.render.state.text import backup_contents
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Save the whole store to one file, as it is at one moment; others may go on working.\n\n"
                "Bank details stand in it as they are: only you can read the file, keep it out of git and on an encrypted disk."
            )
        ),
        (
            "chorus-config state backup registre.sauvegarde",
            "chorus-config state backup /sauvegardes/registre-2026-11-27.sauvegarde --format json",
        ),
        [
            click.Argument(["file"], metavar="FILE"),
            click.Option(
                ["--force"], is_flag=True, envvar="CHORUS_CONFIG_REPLACE_BACKUP",
                help=say(_("Replace FILE when it is there already.")),
            ),
        ],
    )  # fmt: skip
    return make_command("backup", run, about, say)


def run(request: Request) -> int:
    """Save it. Raises NoInput without a store, Refused when the file is there already, Unavailable."""
    outputs = formats(request, ("text", "json"))
    project, file = opened(request), request.own["file"]
    head, say = state_backup(project, file, replace=request.own["force"]), project.say
    source = project.store().url
    views: dict[str, View] = {
        "text": lambda _paint: _done(say, file, backup_contents(head.rows, say)),
        "json": lambda _paint: as_json(backup_document("backup", source, file, asdict(head))),
    }
    deliver(request, outputs, views)
    return Exit.OK


def _done(say: Translator, file: str, contents: str) -> str:
    return "\n".join([
        say(_("The store is saved in {file}: {contents}."), file=printable(file), contents=contents),
        say(_("Bank details stand in it as they are: keep it out of git, where only those who may see them can read it.")),
        say(_("`chorus-config state restore {file}` brings it back."), file=printable(file)),
    ]) + "\n"  # fmt: skip
