"""`export`: the sheets of many structures as the workbook that people fill in."""

from __future__ import annotations

import click

from chorus_config.app.spreadsheet.export import ExportWish, export_workbook
from chorus_config.cli.shared.common_options import target_option
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.export.json import export_document
from chorus_config.render.export.text import render
from chorus_config.render.findings.json import as_json


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Write the sheets of many structures into a workbook (XLSX) that people fill in with a spreadsheet.\n\n"
                "Pages for structures, services, users and accounts, with the labels of the portal, a note on each title, "
                "lists of words, and a page of help. « import FILE.xlsx » reads it back. Without PATH: all sheets and accounts "
                "of the project."
            )
        ),
        (
            "chorus-config export collecte.xlsx",
            "chorus-config export collecte.xlsx --target '21160999*' --force",
            "chorus-config export vierge.xlsx --empty",
        ),
        [
            click.Argument(["file"], required=True, metavar="FILE.xlsx"),
            click.Argument(["paths"], nargs=-1, metavar="[PATH]..."),
            target_option(say),
            click.Option(
                ["--empty"], is_flag=True, envvar="CHORUS_CONFIG_EMPTY",
                help=say(_("The titles alone, for somebody who has no sheet yet.")),
            ),
            click.Option(
                ["--bank-details"], is_flag=True, envvar="CHORUS_CONFIG_BANK_DETAILS",
                help=say(_("Bank details too, in full: the IBANs are not masked in the workbook.")),
            ),
            click.Option(
                ["--force"], is_flag=True, envvar="CHORUS_CONFIG_FORCE",
                help=say(_("Write over a file that is there already.")),
            ),
        ],
    )  # fmt: skip
    return make_command("export", run, about, say)


def run(request: Request) -> int:
    """Write the workbook, or refuse and write nothing (4)."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    own = request.own
    wish = ExportWish(tuple(own["target"]), own["bank_details"], own["empty"], own["force"])
    # Elsewhere a file of a format is written FMT:FILE: here that means the same.
    done = export_workbook(project, own["file"].removeprefix("xlsx:"), wish)
    views: dict[str, View] = {
        "text": lambda paint: render(done, project.say, paint),
        "json": lambda _paint: as_json(export_document(done)),
    }
    deliver(request, outputs, views)
    return Exit.OK
