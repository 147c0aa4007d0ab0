"""`fix`: mend in the files what a program can mend; comments and all other bytes stay."""

from __future__ import annotations

import click

from chorus_config.app.fixing.fix import FixOptions, draft_fixes, write_fixes
from chorus_config.app.validate import files_to_check
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.engine.fixing.encoding import ENCODINGS
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.fixing.diff import changes_diff
from chorus_config.render.fixing.json import fix_document
from chorus_config.render.fixing.text import fix_text, summary
from chorus_config.render.shared.paint import plain


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Mend in sheets and accounts what a program can mend.\n\n"
                "Without PATH, all that the project names. Only what is at fault is written anew: comments and all else stay "
                "as they are. What may change the meaning waits for --unsafe; what is left, `chorus-config validate` shows."
            )
        ),
        (
            "chorus-config fix --diff",
            "chorus-config fix",
            "chorus-config fix structures/25160278500015.yaml --unsafe --diff",
            "chorus-config fix --encoding cp1252",
        ),
        [click.Argument(["paths"], nargs=-1, metavar="[PATH]..."), *_options(say)],
    )
    return make_command("fix", run, about, say)


def _options(say: Translator) -> list[click.Parameter]:
    return [
        click.Option(
            ["--diff"], is_flag=True, envvar="CHORUS_CONFIG_DIFF",
            help=say(_("Show how the files would change, and write nothing; exit with 1 when one would.")),
        ),
        click.Option(
            ["--check"], is_flag=True, envvar="CHORUS_CONFIG_CHECK",
            help=say(_("Only tell what would be mended, and write nothing; exit with 1 when a file would change.")),
        ),
        click.Option(
            ["--unsafe"], is_flag=True, envvar="CHORUS_CONFIG_UNSAFE",
            help=say(_("Mend also what may change the meaning: a date that can be read two ways, a word that is only near.")),
        ),
        click.Option(
            ["--encoding"], type=click.Choice(ENCODINGS), envvar="CHORUS_CONFIG_ENCODING",
            help=say(_("The encoding of the files that are no UTF-8; they are written in UTF-8. It is never guessed.")),
        ),
        click.Option(
            ["--force-exclude"], is_flag=True, envvar="CHORUS_CONFIG_FORCE_EXCLUDE",
            help=say(_("Skip named files that are no sheet, with a note (for hooks).")),
        ),
    ]  # fmt: skip


def run(request: Request) -> int:
    """Mend the files, or show what would be mended: 1 when a file would change then."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    own, say = request.own, project.say
    selection = files_to_check(project, force_exclude=own["force_exclude"])
    done = draft_fixes(project, selection, FixOptions(own["unsafe"], own["encoding"] or ""))
    only_told = own["diff"] or own["check"]
    if not only_told:
        done = write_fixes(project, done)
    views: dict[str, View] = {
        "text": lambda paint: fix_text(done, say, paint),
        "json": lambda _paint: as_json(fix_document(done, say, diff=own["diff"])),
    }
    if own["diff"]:
        views["text"] = lambda paint: changes_diff([file.change for file in done.changed], say, paint)
    deliver(request, outputs, views)
    if own["diff"]:
        for line in summary(done, say, plain):
            project.events.note(line)
    return Exit.FINDINGS if only_told and done.changed else Exit.OK
