"""`letter`: what nobody can do on the portal is asked for by letter, ready to send."""

from __future__ import annotations

from collections.abc import Mapping

import click

from chorus_config.app.letters import find_letters
from chorus_config.cli.shared.common_options import against_option, pace_of, pace_options, target_option
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.model.letter import LETTER_KINDS, Letters
from chorus_config.render.findings.json import as_json
from chorus_config.render.letter.json import letters_document
from chorus_config.render.letter.text import letters_text

FORMATS = ("text", "html", "json")


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Write the letters to the comptable public and the support of Chorus Pro.\n\n"
                "They ask for what nobody can do on the portal: a structure or budget that it does not know (structure, "
                "budget), the access of a manager (account), another principal manager (principal), FACTURES_PUBLIQUES "
                "lost or changed (public-invoices), activation or deactivation (status), a wrong raison sociale "
                "or a closed SIRET (identity).\n\n"
                "Without KIND, every letter that is called for. With KIND and --target, that letter for these structures, "
                "whether or not anything calls for it. Nothing is sent, nothing is written."
            )
        ),
        (
            "chorus-config letter",
            "chorus-config letter --format html:courriers.html",
            "chorus-config letter status --target 21160999500017",
        ),
        [
            click.Argument(["kind"], required=False, metavar="[KIND]", type=click.Choice(LETTER_KINDS)),
            target_option(say),
            against_option(say),
            *pace_options(say),
        ],
    )
    return make_command("letter", run, about, say)


def run(request: Request) -> int:
    """Show the letters; there may be none."""
    outputs = formats(request, FORMATS)
    project, own = opened(request), request.own
    found = find_letters(project, own["kind"], own["target"], own["against"], pace_of(request))
    views: Mapping[str, View] = {
        "text": lambda paint: letters_text(found, project.say, paint),
        "html": lambda _paint: _html(found, project.say),
        "json": lambda _paint: as_json(letters_document(found, project.say)),
    }
    deliver(request, outputs, views, private=FORMATS)
    return Exit.OK


def _html(found: Letters, say: Translator) -> str:
    from chorus_config.render.letter.html import letters_html  # noqa: PLC0415 - imported only when asked for

    return letters_html(found, say)
