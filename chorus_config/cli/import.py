"""`import`: write into sheets what the portal says. As yet, single values into sheets that are there."""  # noqa: N999 - the command's name

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from chorus_config.app.observe import observed, sheets_by_root
from chorus_config.app.project import OpenProject, open_project, store_of
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.diff.expand import expand
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.drift.adopt import Adoption, adopt_into, adoptions_for, covers, entries_left, moved_fields
from chorus_config.engine.drift.compare import compare_states
from chorus_config.engine.drift.target import AdoptionTarget, parse_target, target_fault
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.address import parse_address
from chorus_config.model.drift import Drift
from chorus_config.model.errors import Exit, NoInput, Refused, UsageFault
from chorus_config.model.finding import Finding
from chorus_config.model.snapshot import Snapshot
from chorus_config.model.text_file import Body, TextFile
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.field_lines import field_label, value_said
from chorus_config.workspace.replace import Replacement, replace_all
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.parse import parse


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    face = CommandHelp(
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
        ],
    )  # fmt: skip
    return make_command("import", run, face, say)


@dataclass(slots=True)
class _Sheet:
    """A sheet at work: its file, its bytes so far, and what was adopted."""

    text: TextFile
    raw: bytes
    done: list[Adoption]

    @property
    def body(self) -> Body:
        """What the file says so far."""
        data = parse(self.raw).data
        return data if isinstance(data, dict) else {}


def run(request: Request) -> int:
    """Adopt all that is named, or refuse and write nothing (4)."""
    wanted = formats(request, ("text", "json"))
    session = open_project(request)
    say = session.setting.say
    if not request.own["target"]:
        raise UsageFault(say(_("import takes single values only as yet: --target ADDRESS")))
    source = observed(request, request.own["source"], say)
    files = sheets_by_root(session)
    found = _drift(session, source, {root: sheets[0][1] for root, sheets in files.items()})
    at_work: dict[str, _Sheet] = {}
    aims = _aims(request.own["target"], source, files, say)
    for aim in aims:
        root = aim.address.root
        sheet = at_work.setdefault(root, _only(root, files, say))
        if root not in source.records:
            raise NoInput(
                say(_("{name} says nothing about {root}"), name=printable(request.own["source"]), root=printable(root))
            )
        _adopt(sheet, aim, source.records[root].body, found, say)
    for sheet in at_work.values():
        _refuse_new_errors(session, sheet)
    replace_all([_replacement(session, sheet) for sheet in at_work.values() if sheet.done], say)
    for aim in aims:
        _note_left(session, at_work[aim.address.root], aim, source.records[aim.address.root].body, found)
    _show(session, wanted, at_work)
    return Exit.OK


def _drift(session: OpenProject, source: Snapshot, sheets: Mapping[str, Body]) -> Drift | None:
    """Return what moved, None without a store."""
    store = store_of(session)
    held = store.read()
    return compare_states(held.snapshot, store.ledger(), source, (), sheets) if held.snapshot.lineage is not None else None


def _aims(
    words: Sequence[str], source: Snapshot, files: Mapping[str, Sequence[tuple[TextFile, Body]]], say: Translator
) -> list[AdoptionTarget]:
    """Read what is to be adopted, each once. Raises UsageFault for what no sheet can have."""
    aims: dict[AdoptionTarget, None] = {}
    for word in words:
        root = parse_address(word).root
        bodies = [body for _text, body in files.get(root, ())] + [one.body for one in (source.records.get(root),) if one]
        aim = parse_target(word, {address for body in bodies for address in expand(body).resources})
        fault = target_fault(word, aim)
        if fault is not None:
            raise UsageFault(say(fault.told, **{name: printable(text) for name, text in fault.places.items()}))
        aims[aim] = None
    return list(aims)


def _only(root: str, files: Mapping[str, list[tuple[TextFile, Body]]], say: Translator) -> _Sheet:
    texts = files.get(root, [])
    if not texts:
        raise NoInput(say(_("no sheet describes {root}"), root=printable(root)))
    if len(texts) > 1:
        raise Refused(say(_("{root} is described by two files"), root=printable(root)))
    text, _body = texts[0]
    return _Sheet(text, text.raw, [])


def _adopt(sheet: _Sheet, aim: AdoptionTarget, observed: Body, found: Drift | None, say: Translator) -> None:
    """Adopt into the bytes of a sheet. Raises Refused."""
    try:
        for one in adoptions_for(sheet.body, observed, aim, moved_fields(found, aim.address)):
            sheet.raw = adopt_into(sheet.raw, one)
            sheet.done.append(one)
    except CannotEdit as error:
        told = _("nothing was written: {address} cannot be adopted into {path}: {why}")
        why = say(error.reason, **{name: printable(text) for name, text in error.places.items()})
        raise Refused(say(told, address=printable(_name(aim)), path=printable(sheet.text.path), why=why)) from None


def _note_left(session: OpenProject, sheet: _Sheet, aim: AdoptionTarget, observed: Body, found: Drift | None) -> None:
    """Say what differs below a structure that was named, or that there was nothing to adopt."""
    name = printable(_name(aim))
    left = () if aim.field or aim.address.group else entries_left(sheet.body, observed, aim.address, found)
    if left:
        told = _(
            "note: of {address} itself only the fields are adopted; the entries that differ are adopted one by one: {left}"
        )
        session.note(told, address=name, left=", ".join(printable(str(one)) for one in left))
    elif any(covers(aim, one) for one in sheet.done):
        return
    elif aim.field or moved_fields(found, aim.address) != frozenset():
        session.note(_("note: the sheet already says what the portal says of {address}"), address=name)
    else:
        told = _("note: nothing of {address} changed on the portal; a named field (ADDRESS#/FIELD) is adopted anyway")
        session.note(told, address=name)


def _name(aim: AdoptionTarget) -> str:
    return f"{aim.address}#{aim.field}" if aim.field else str(aim.address)


def _refuse_new_errors(session: OpenProject, sheet: _Sheet) -> None:
    """Refuse values with which a sheet would have an error that it does not have: not all that the portal shows is valid."""
    say, known = session.setting.say, {(one.rule, one.pointer) for one in _errors(session, sheet.text)}
    found = _errors(session, replace(sheet.text, raw=sheet.raw)) if sheet.done else ()
    new = [one for one in found if (one.rule, one.pointer) not in known]
    if new:
        told = _("nothing was written: with what the portal says, {path} would have errors: {errors}")
        errors = "; ".join(f"{one.rule} {printable(one.pointer)}: {one.message}" for one in new)
        raise Refused(say(told, path=printable(sheet.text.path), errors=errors))


def _errors(session: OpenProject, text: TextFile) -> tuple[Finding, ...]:
    return tuple(one for one in check_file(text, session.setting).findings if one.level == "error")


def _replacement(session: OpenProject, sheet: _Sheet) -> Replacement:
    # Behind a link stands the file that is meant.
    return Replacement(Path(os.path.realpath(session.home.root / sheet.text.path)), sheet.text.raw, sheet.raw)


def _show(session: OpenProject, wanted: Mapping[str, str | None], sheets: Mapping[str, _Sheet]) -> None:
    say = session.setting.say
    done = [(sheet.text.path, one) for sheet in sheets.values() for one in sheet.done]
    rows = [
        {"path": path, "address": str(one.address), "field": one.field, "before": one.shown[0], "after": one.shown[1]}
        for path, one in done
    ]
    document = {"format_version": "1.0", "type": "import", "written": rows}
    views: dict[str, View] = {"text": lambda _paint: _told(done, say), "json": lambda _paint: as_json(document)}
    deliver(session.request, wanted, views)


def _told(done: list[tuple[str, Adoption]], say: Translator) -> str:
    if not done:
        return say(_("Nothing was adopted: no sheet was changed.")) + "\n"
    lines = [f"{printable(path)}: {_line(one, say)}" for path, one in done]
    lines.append(say(_("Now: chorus-config validate, then plan and apply.")))
    return "\n".join(lines) + "\n"


def _line(one: Adoption, say: Translator) -> str:
    before, after = one.shown
    key = f"{printable(one.address.key)}: " if one.address.key else ""
    if not one.field:
        return key + say(_("added to the list"))
    label = field_label(one.address.group, one.field)
    absent = _("not written")
    told = _("{label}: {before} → {after}")
    return key + say(told, label=label, before=value_said(before, say, absent), after=value_said(after, say, absent))
