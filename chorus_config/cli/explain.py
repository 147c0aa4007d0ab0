"""`explain`: one rule's page."""

from __future__ import annotations

import click

from chorus_config.app.rules import explain_rule
from chorus_config.cli.shared.completion import complete_rule
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import deliver, formats
from chorus_config.cli.shared.terminal import language_of
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.rules.json import page_document
from chorus_config.render.rules.markdown import page_markdown
from chorus_config.render.rules.text import page_text


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(_("Explain a rule: why it matters, what to do, a failing and a passing example, who can help.")),
        (
            "chorus-config explain CP401",
            "chorus-config explain cp701 --lang en",
            "chorus-config explain CP602 --format markdown",
        ),
        [click.Argument(["rule"], metavar="RULE", shell_complete=complete_rule)],
    )
    return make_command("explain", run, about, say)


def run(request: Request) -> int:
    """Deliver the page of the rule that is named, in capitals or not."""
    outputs = formats(request, ("text", "json", "markdown"))
    say = language_of(request)
    entry = explain_rule(str(request.own["rule"]), say)
    deliver(
        request,
        outputs,
        {
            "text": lambda paint: page_text(entry, say, paint),
            "json": lambda _paint: as_json(page_document(entry, say)),
            "markdown": lambda _paint: page_markdown(entry, say),
        },
    )
    return Exit.OK
