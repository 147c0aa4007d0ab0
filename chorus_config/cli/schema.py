"""`schema`: the JSON Schemas that ship with the program, for editors and other validators."""

from __future__ import annotations

import click
from msgspec.structs import replace

from chorus_config.app.scaffold.schemas import check_modelines, schema_file, write_schemas
from chorus_config.cli.shared.completion import complete_schema
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import deliver, formats
from chorus_config.cli.shared.terminal import language_of, opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, UsageFault
from chorus_config.render.schemas.text import modelines_text, schemas_text, written_text


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Print a JSON Schema of this version, or the list of them.\n\n"
                "--path says where it lies. --check looks at the lines of the files (`# yaml-language-server: $schema=…`) by "
                "which editors find it: 1 when one is wrong. --write brings the copies in schemas/ up to date."
            )
        ),
        (
            "chorus-config schema",
            "chorus-config schema fiche-structure",
            "chorus-config schema fiche-structure --path",
            "chorus-config schema --check",
            "chorus-config schema --write",
        ),
        [
            click.Argument(["words"], nargs=-1, required=False, metavar="[NAME | PATH… | DIR]", shell_complete=complete_schema),
            click.Option(
                ["--path", "where"], is_flag=True, envvar="CHORUS_CONFIG_SCHEMA_PATH",
                help=say(_("Say where it lies instead.")),
            ),
            click.Option(
                ["--check"], is_flag=True, envvar="CHORUS_CONFIG_SCHEMA_CHECK",
                help=say(_("Check that the files of the project lead editors to the schemas of this version.")),
            ),
            click.Option(
                ["--write"], is_flag=True, envvar="CHORUS_CONFIG_SCHEMA_WRITE",
                help=say(_("Write the schemas that editors need into schemas/ of the project, or of DIR.")),
            ),
        ],
    )  # fmt: skip
    return make_command("schema", run, about, say)


def run(request: Request) -> int:
    """Print what is asked for; 1 when a modeline is wrong."""
    own, outputs = request.own, formats(request, ("text",))
    if own["where"] + own["check"] + own["write"] > 1:
        raise UsageFault(request.say(_("--path, --check and --write: one at a time")))
    if own["check"]:
        return _check(request, outputs)
    if len(own["words"]) > 1:
        raise UsageFault(request.say(_("one schema at a time is printed, one folder is written to")))
    word = own["words"][0] if own["words"] else ""
    if own["write"]:
        text = _written(request, word)
    elif not word:
        if own["where"]:
            raise UsageFault(request.say(_("--path: of which schema? chorus-config schema lists them")))
        text = schemas_text(language_of(request))
    else:
        file = schema_file(word, request.say)
        text = f"{file}\n" if own["where"] else file.read_text(encoding="utf-8")
    deliver(request, outputs, {"text": lambda _paint: text})
    return Exit.OK


def _written(request: Request, folder: str) -> str:
    if folder:
        return written_text(write_schemas(request.directory / folder, request.say), request.say)
    project = opened(request)
    return written_text(write_schemas(project.root, project.say), project.say)


def _check(request: Request, outputs: dict[str, str | None]) -> int:
    project = opened(replace(request, own={**request.own, "paths": request.own["words"]}))
    faults, files = check_modelines(project)
    deliver(request, outputs, {"text": lambda paint: modelines_text(faults, files, project.say, paint)})
    return Exit.FINDINGS if any(one.wrong for one in faults) else Exit.OK
