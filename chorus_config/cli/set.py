"""`set`: the same change in many sheets, shown first, then written in all of them or in none."""

from __future__ import annotations

import click

from chorus_config.app.fixing.set import draft_set, write_set
from chorus_config.cli.shared.common_options import target_option, yes_option
from chorus_config.cli.shared.completion import complete_field
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import agreed, opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, Refused
from chorus_config.render.findings.json import as_json
from chorus_config.render.fixing.diff import changes_diff
from chorus_config.render.fixing.json import set_document
from chorus_config.render.fixing.text import set_text, warnings_text


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Make the same change in many sheets.\n\n"
                "FIELD is written as in the sheet, with dots: parametres.code_service_obligatoire; an entry of a list by its "
                "code, reference or label: services[ST-TECH].actif. The change is shown, then asked for; it is written in all "
                "sheets or in none, and refused where it would make a sheet invalid."
            )
        ),
        (
            "chorus-config set parametres.code_service_obligatoire=false --target '251602785*' --diff",
            "chorus-config set 'services[ST-TECH].actif=false' --target 25160278500015 --yes",
            "chorus-config set adresse_postale.ville=ANGOULEME --target 'comptes/*' --diff",
        ),
        [
            click.Argument(["words"], nargs=-1, required=True, metavar="FIELD=VALUE...", shell_complete=complete_field),
            target_option(say),
            click.Option(
                ["--diff"], is_flag=True, envvar="CHORUS_CONFIG_DIFF",
                help=say(_("Show how the files would change, and write nothing; exit with 1 when one would.")),
            ),
            yes_option(say),
        ],
    )  # fmt: skip
    return make_command("set", run, about, say)


def run(request: Request) -> int:
    """Show the change, ask and write; all of it, or refuse and write nothing (4)."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    own, say = request.own, project.say
    done = draft_set(project, own["words"], own["target"])
    on_screen = outputs.get("text", "") is None
    if on_screen and done.changed:
        # People see what they are asked for; a machine gets one document.
        deliver(
            request, {"text": None},
            {"text": lambda paint: changes_diff(done.changed, say, paint) + warnings_text(done.warnings, say, paint)},
        )  # fmt: skip
    if done.changed and not own["diff"]:
        question = say.count(_("Change {n} file? [y/N]: "), _("Change {n} files? [y/N]: "), len(done.changed))
        if not own["yes"] and not agreed(question):
            raise Refused(say(_("nothing was written: the answer was no")))
        done = write_set(project, done)
    views: dict[str, View] = {
        "text": lambda _paint: set_text(done, say),
        "json": lambda _paint: as_json(set_document(done, say)),
    }
    deliver(request, outputs, views)
    return Exit.FINDINGS if own["diff"] and done.changed else Exit.OK
