"""`show`: a saved plan, again."""

from __future__ import annotations

import click

from chorus_config.commands.language import language
from chorus_config.commands.options import Face, Request, make_command
from chorus_config.commands.output import formats
from chorus_config.commands.plans import FORMATS, show_plan
from chorus_config.commands.saved import load_plan
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts, texts_in
from chorus_config.words.errors import Exit


def command(say: Texts) -> click.Command:
    """Return the command in a language."""
    face = Face(
        say(_("Show a saved plan again, in any format.")),
        ("chorus-config show plan.json", "chorus-config show plan.json --format json"),
        [click.Argument(["plan"], metavar="PLAN")],
    )
    return make_command("show", run, face, say)


def run(request: Request) -> int:
    """Read and show the plan; its findings keep the language in which it was made."""
    wanted = formats(request, FORMATS)
    plan = load_plan(request).plan
    show_plan(request, wanted, plan, texts_in(language(request.lang, plan.options.language)))
    return Exit.OK
