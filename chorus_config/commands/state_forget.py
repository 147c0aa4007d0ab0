"""`state forget`: stop managing a structure or account; on the portal nothing changes."""

from __future__ import annotations

import click

from chorus_config.commands.asking import agreed, yes_option
from chorus_config.commands.options import Face, Request, make_command
from chorus_config.commands.output import View, deliver, formats
from chorus_config.commands.session import now, open_session
from chorus_config.commands.standings import by_root, record_of
from chorus_config.commands.stores import store_of
from chorus_config.commands.writing import by_option, lock_timeout_option, rewritten
from chorus_config.pipelines.ledger import noted
from chorus_config.report.findings_json import as_json
from chorus_config.report.state_json import forget_document
from chorus_config.report.worksheet_parts import label_of
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.errors import Exit, Refused
from chorus_config.words.held import Held, Ledger, Write
from chorus_config.words.operation import Closing
from chorus_config.yamltext.characters import printable


def command(say: Texts) -> click.Command:
    """Return the command in a language."""
    face = Face(
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
    return make_command("forget", run, face, say)


def run(request: Request) -> int:
    """Forget it, with its open operations. Raises NoInput for what the store does not hold, Refused when it is declined."""
    wanted = formats(request, ("text", "json"))
    session = open_session(request)
    store, say, root = store_of(session), session.setting.say, request.own["ident"]
    approved = store.read().snapshot
    record = record_of(session, approved.records, root)
    waiting = len(by_root(store.operations(only_open=True)).get(root, ()))
    if not request.own["yes"]:
        click.echo(_warning(say, root, label_of(record), waiting), err=True)
        if not agreed(say(_("Stop managing it? [y/N]: "))):
            raise Refused(say(_("nothing was forgotten: the answer was no")))
    dropped: list[Closing] = []

    def _make(held: Held, ledger: Ledger) -> Write | None:
        record_of(session, held.snapshot.records, root)
        why = say(_("no longer managed"))
        dropped[:] = [Closing(one.id, "dropped", why) for one in by_root(ledger.operations).get(root, ())]
        document = {
            "format_version": "1.0", "type": "forget", "forgotten": [root],
            "operations": noted(ledger.operations, dropped),
        }  # fmt: skip
        known = held.snapshot
        return Write(
            known.lineage, known.serial, now(), document, event="forget",
            forgotten=(root,), closings=(*dropped,), by=request.own["by"],
        )  # fmt: skip

    rewritten(session, store, _make)
    views: dict[str, View] = {
        "text": lambda _paint: _done(say, root, len(dropped)),
        "json": lambda _paint: as_json(forget_document(approved.source, root, len(dropped))),
    }
    deliver(request, wanted, views)
    return Exit.OK


def _warning(say: Texts, root: str, label: str, waiting: int) -> str:
    name = f"{printable(root)} {printable(label)}".strip()
    counted = say.count(_("{n} open operation is dropped."), _("{n} open operations are dropped."), waiting)
    told = _("{name}: what is approved and confirmed for it is forgotten.")
    return "\n".join([say(told, name=name), *([counted] if waiting else []), _after(say)])


def _after(say: Texts) -> str:
    return say(_("Nothing changes on the portal. A sheet that still exists will be planned as new."))


def _done(say: Texts, root: str, dropped: int) -> str:
    told = say(_("{id} is no longer managed."), id=printable(root))
    counted = say.count(_("{n} operation dropped."), _("{n} operations dropped."), dropped)
    return "\n".join([told, *([counted] if dropped else []), _after(say)]) + "\n"
