"""`import`: write into sheets what the portal says. As yet, single values into sheets that are there."""  # noqa: N999 - the command's name

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from chorus_config.app.adopt import Adopted, adopt_values
from chorus_config.cli.shared.common_options import by_option, lock_timeout_option, writer_of
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.engine.drift.adopt import Adoption
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.text import field_label, value_text
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Adopt into a sheet what the portal says: the values that changed there, or the one that is named.\n\n"
                "Only these values change in the file: comments and all else stay as they are."
            )
        ),
        (
            "chorus-config import snapshot.json --target 21160999500017/services/ST-TECH",
            "chorus-config import snapshot.json --target '21160999500017#/libelle'",
        ),
        [
            click.Argument(["source"], metavar="FILE"),
            click.Option(
                ["--target"], multiple=True, metavar="ADDRESS[#/FIELD]", envvar="CHORUS_CONFIG_IMPORT_TARGET",
                help=say(_("The resource whose moved values are adopted, or one field of it; repeatable.")),
            ),
            by_option(say),
            lock_timeout_option(say),
        ],
    )  # fmt: skip
    return make_command("import", run, about, say)


def run(request: Request) -> int:
    """Adopt all that is named, or refuse and write nothing (4)."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    _show(
        request, outputs, adopt_values(project, request.own["source"], request.own["target"], writer_of(request)), project.say
    )
    return Exit.OK


def _show(request: Request, outputs: Mapping[str, str | None], done: Sequence[Adopted], say: Translator) -> None:
    rows = [_row(one) for one in done]
    document = {"format_version": "1.0", "type": "import", "written": rows}
    views: dict[str, View] = {"text": lambda _paint: _text(done, say), "json": lambda _paint: as_json(document)}
    deliver(request, outputs, views)


def _row(done: Adopted) -> dict[str, object]:
    one = done.adoption
    before, after = one.shown
    return {
        "path": done.path, "address": str(one.address), "field": one.field, "before": before, "after": after, "seen": done.seen,
    }  # fmt: skip


def _text(done: Sequence[Adopted], say: Translator) -> str:
    if not done:
        return say(_("Nothing was adopted: no sheet was changed.")) + "\n"
    lines = [f"{printable(one.path)}: {_line(one.adoption, say)}" for one in done]
    if all(one.seen for one in done):
        lines.append(say(_("Noted as seen on the portal: nobody will be asked to enter it.")))
    lines.append(say(_("Now: chorus-config validate, then plan and apply.")))
    return "\n".join(lines) + "\n"


def _line(one: Adoption, say: Translator) -> str:
    before, after = one.shown
    key = f"{printable(one.address.key)}: " if one.address.key else ""
    if not one.field:
        return key + say(_("added to the list"))
    label = field_label(one.address.group, one.field)
    absent = _("not written")
    message = _("{label}: {before} → {after}")
    return key + say(message, label=label, before=value_text(before, say, absent), after=value_text(after, say, absent))
