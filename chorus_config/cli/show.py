"""`show`: a saved plan, again."""

from __future__ import annotations

import click

from chorus_config.app.plan import read_plan_file
from chorus_config.app.project import language
from chorus_config.cli.shared.format_names import PLAN_FORMATS
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import formats
from chorus_config.cli.shared.views import show_plan
from chorus_config.i18n.translator import Translator, _, translator_for
from chorus_config.model.errors import Exit


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(_("Show a saved plan again, in any format.")),
        ("chorus-config show plan.json", "chorus-config show plan.json --format json"),
        [click.Argument(["plan"], metavar="PLAN")],
    )
    return make_command("show", run, about, say)


def run(request: Request) -> int:
    """Read and show the plan; its findings keep the language in which it was made."""
    outputs = formats(request, PLAN_FORMATS)
    plan = read_plan_file(request.directory, request.own["plan"], request.say).plan
    show_plan(request, outputs, plan, translator_for(language(request.lang, plan.options.language)))
    return Exit.OK
