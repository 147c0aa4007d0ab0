"""`state forget`: stop managing a structure or account; on the portal nothing changes."""

from __future__ import annotations

import click

from chorus_config.app.state import state_forget, state_forgettable
from chorus_config.cli.shared.common_options import by_option, lock_timeout_option, writer_of, yes_option
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats, tell
from chorus_config.cli.shared.terminal import agreed, opened
from chorus_config.diff.names import record_name, without_persons
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, Refused
from chorus_config.model.snapshot import Record
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.text import named
from chorus_config.render.state.json import forget_document
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Stop managing a structure or account: what is approved and confirmed for it is forgotten.\n\n"
                "Nothing changes on the portal. ID is an identifiant, or comptes/REF."
            )
        ),
        ("chorus-config state forget 25160278500015", "chorus-config state forget comptes/dgs --yes --by Ada"),
        [
            click.Argument(["ident"], metavar="ID"),
            yes_option(say),
            by_option(say),
            lock_timeout_option(say),
        ],
    )
    return make_command("forget", run, about, say)


def run(request: Request) -> int:
    """Forget it, with its open operations. Raises NoInput for what the store does not hold, Refused when it is declined."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    say, root = project.say, request.own["ident"]
    about = state_forgettable(project, root)
    if not request.own["yes"]:
        tell(_warning(say, root, _label(about.record), about.open_operations))
        if not agreed(say(_("Stop managing it? [y/N]: "))):
            raise Refused(say(_("nothing was forgotten: the answer was no")))
    dropped = state_forget(project, root, writer_of(request))
    views: dict[str, View] = {
        "text": lambda _paint: _done(say, root, record_name(about.record), dropped),
        "json": lambda _paint: as_json(forget_document(about.source, root, dropped)),
    }
    deliver(request, outputs, views)
    return Exit.OK


def _label(record: Record) -> str:
    """Return the libellé of a structure; the question stands on stderr, which names no person."""
    return without_persons({record.root: record_name(record)}).get(record.root, "")


def _warning(say: Translator, root: str, label: str, waiting: int) -> str:
    name = f"{printable(root)} {printable(label)}".strip()
    counted = say.count(_("{n} open operation is dropped."), _("{n} open operations are dropped."), waiting)
    message = _("{name}: what is approved and confirmed for it is forgotten.")
    return "\n".join([say(message, name=name), *([counted] if waiting else []), _after(say)])


def _after(say: Translator) -> str:
    return say(_("Nothing changes on the portal. A sheet that still exists will be planned as new."))


def _done(say: Translator, root: str, label: str, dropped: int) -> str:
    message = say(_("{id} is no longer managed."), id=named(root, {root: label}))
    counted = say.count(_("{n} operation dropped."), _("{n} operations dropped."), dropped)
    return "\n".join([message, *([counted] if dropped else []), _after(say)]) + "\n"
