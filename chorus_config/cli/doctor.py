"""`doctor`: what may hinder the work, each with what to do about it."""

from __future__ import annotations

import sys

import click

from chorus_config.app.doctor.examine import examine
from chorus_config.app.doctor.look import DoctorOptions
from chorus_config.cli.shared.common_options import pace_of, pace_options
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import language_of, open_options
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import ChorusConfigError, Exit
from chorus_config.render.doctor.json import doctor_document
from chorus_config.render.doctor.text import doctor_text
from chorus_config.render.findings.json import as_json


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Look for what may hinder the work: Python, git, accents, rights, the project file, the store, sources.\n\n"
                "One line each, with what to do; exit code 1 when something is at fault. Nothing is written. The store is "
                "reached where it is; sources are asked only with --online."
            )
        ),
        ("chorus-config doctor", "chorus-config doctor --online --format json"),
        [
            click.Option(
                ["--online"], is_flag=True, envvar="CHORUS_CONFIG_ONLINE",
                help=say(_("Ask each source that is set up whether it answers: one call each, nothing of your sheets.")),
            ),
            *pace_options(say),
        ],
    )  # fmt: skip
    return make_command("doctor", run, about, say)


def run(request: Request) -> int:
    """Look, and show it; 1 when something is at fault."""
    outputs = formats(request, ("text", "json"))
    # A result that goes elsewhere is UTF-8 in any case: what the terminal takes, errors tell.
    terminal = getattr(sys.stderr, "encoding", None) or ""
    found = examine(open_options(request), DoctorOptions(request.own["online"], pace_of(request), terminal))
    say = _language(request)
    views: dict[str, View] = {
        "text": lambda paint: doctor_text(found, say, paint),
        "json": lambda _paint: as_json(doctor_document(found)),
    }
    deliver(request, outputs, views)
    return Exit.FINDINGS if found.count("fault") else Exit.OK


def _language(request: Request) -> Translator:
    """Return the language of the project, where there is one that can be opened."""
    try:
        return language_of(request)
    except ChorusConfigError:
        return request.say
