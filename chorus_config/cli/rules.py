"""`rules`: the catalogue."""

from __future__ import annotations

import click

from chorus_config.app.rules import list_rules
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import deliver, formats
from chorus_config.cli.shared.terminal import language_of
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.rules.json import rules_document
from chorus_config.render.rules.markdown import rules_markdown
from chorus_config.render.rules.text import rules_text


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(_("List the rules, by block.\n\n--format markdown adds the page of each.")),
        (
            "chorus-config rules",
            "chorus-config rules --format json",
            "chorus-config rules --format markdown:rules.md",
        ),
        [],
    )
    return make_command("rules", run, about, say)


def run(request: Request) -> int:
    """Deliver the catalogue."""
    outputs = formats(request, ("text", "json", "markdown"))
    say, listed = language_of(request), list_rules()
    deliver(
        request,
        outputs,
        {
            "text": lambda paint: rules_text(listed, say, paint),
            "json": lambda _paint: as_json(rules_document(listed, say)),
            "markdown": lambda _paint: rules_markdown(listed, say),
        },
    )
    return Exit.OK
