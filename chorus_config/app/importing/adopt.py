"""Adopting into sheets what the portal says: single values, written by span, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.app.importing.adopted_seen import note_as_seen
from chorus_config.app.observe import observed_by_project, sheets_by_root
from chorus_config.app.project import OpenProject
from chorus_config.app.sources import Pace, listed, told_sources
from chorus_config.app.store_access import Writer
from chorus_config.diff.expand import expand
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.drift.adopt import Adoption, adopt_into, adoptions_for, covers, entries_left, moved_fields
from chorus_config.engine.drift.compare import compare_states
from chorus_config.engine.drift.target import AdoptionTarget, parse_target, target_fault
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.drift import Drift
from chorus_config.model.errors import NoInput, Refused, UsageFault
from chorus_config.model.finding import Finding
from chorus_config.model.observed.source import Asked
from chorus_config.model.project import Body, TextFile
from chorus_config.model.snapshot import Snapshot
from chorus_config.workspace.replace import Replacement, replace_all
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.parse import parse


class _Sheet(Struct):
    """A sheet at work: its file, its bytes so far, and what was adopted."""

    text: TextFile
    raw: bytes
    done: list[Adoption]

    @property
    def body(self) -> Body:
        """What the file says so far."""
        data = parse(self.raw).data
        return data if isinstance(data, dict) else {}


class Adopted(Struct, frozen=True):
    """One value that was written: the file, relative to the project, and what was adopted.

    `seen` says that the store knows that it was read on the portal: nobody will be asked to enter it.
    """

    path: str
    adoption: Adoption
    seen: bool = False


def adopt_values(
    project: OpenProject,
    sources: str | Sequence[str],
    words: Sequence[str],
    writer: Writer | None = None,
    pace: Pace | None = None,
) -> tuple[Adopted, ...]:
    """Adopt what is named (`ADDRESS` or `ADDRESS#/FIELD`) from observed sources into the sheets that describe it.

    Files are replaced all or none; comments and all other bytes stay. What was adopted is then noted in the store as seen on
    the portal, when that can be. Raises UsageFault for what no sheet can have, NoInput
    for what sheet or source do not speak of, Refused for what cannot be adopted, or would make a sheet invalid, Unavailable.
    """
    if not words:
        raise UsageFault(project.say(_("nothing is named that could be adopted: --target ADDRESS")))
    source = " + ".join(told_sources(sources))
    files = sheets_by_root(project)
    snapshot = observed_by_project(project, listed(sources), _asked_for(words, files), pace)
    found = _drift(project, snapshot, {root: sheets[0][1] for root, sheets in files.items()})
    targets = _targets(words, snapshot, files, project.say)
    sheets: dict[str, _Sheet] = {}
    for target in targets:
        root = target.address.root
        sheet = sheets.setdefault(root, _only(root, files, project.say))
        _adopt(sheet, target, _reported(root, source, snapshot, project.say), found, project.say)
    _write(project, sheets.values())
    for target in targets:
        root = target.address.root
        _note_left(project, sheets[root], target, snapshot.records[root].body, found)
    done = [one for sheet in sheets.values() for one in sheet.done]
    seen = note_as_seen(project, snapshot, done, writer or Writer())
    return tuple(Adopted(sheet.text.path, one, root in seen) for root, sheet in sheets.items() for one in sheet.done)


def _asked_for(words: Sequence[str], files: Collection[str]) -> Asked:
    """Return the structures that are named and have a sheet: of the others, nothing is asked over a network."""
    named = (parse_target(word).address for word in words)
    return Asked(frozenset(one.root for one in named if one.group != "comptes" and one.root in files), only=True)


def _drift(project: OpenProject, source: Snapshot, sheets: Mapping[str, Body]) -> Drift | None:
    """Return what moved, None without a store."""
    store = project.store()
    state = store.read()
    return compare_states(state.snapshot, store.ledger(), source, (), sheets) if state.snapshot.lineage is not None else None


def _targets(
    words: Sequence[str], source: Snapshot, files: Mapping[str, Sequence[tuple[TextFile, Body]]], say: Translator
) -> list[AdoptionTarget]:
    """Read what is to be adopted, each once. Raises UsageFault for what no sheet can have."""
    targets: dict[AdoptionTarget, None] = {}
    for word in words:
        root = parse_address(word).root
        bodies = [body for _text, body in files.get(root, ())] + [one.body for one in (source.records.get(root),) if one]
        target = parse_target(word, {address for body in bodies for address in expand(body).resources})
        fault = target_fault(word, target)
        if fault is not None:
            raise UsageFault(say(fault.told, **{name: printable(text) for name, text in fault.places.items()}))
        targets[target] = None
    return list(targets)


def _only(root: str, files: Mapping[str, list[tuple[TextFile, Body]]], say: Translator) -> _Sheet:
    texts = files.get(root, [])
    if not texts:
        raise NoInput(say(_("no sheet describes {root}"), root=printable(root)))
    if len(texts) > 1:
        raise Refused(say(_("{root} is described by two files"), root=printable(root)))
    text, _body = texts[0]
    return _Sheet(text, text.raw, [])


def _reported(root: str, source: str, snapshot: Snapshot, say: Translator) -> Body:
    """Return what a source says of a root. Raises NoInput when it says nothing."""
    if root not in snapshot.records:
        raise NoInput(say(_("{name} says nothing about {root}"), name=printable(source), root=printable(root)))
    return snapshot.records[root].body


def _adopt(sheet: _Sheet, target: AdoptionTarget, observed: Body, found: Drift | None, say: Translator) -> None:
    """Adopt into the bytes of a sheet. Raises Refused."""
    try:
        for one in adoptions_for(sheet.body, observed, target, moved_fields(found, target.address)):
            sheet.raw = adopt_into(sheet.raw, one)
            sheet.done.append(one)
    except CannotEdit as error:
        message = _("nothing was written: {address} cannot be adopted into {path}: {why}")
        why = say(error.reason, **{name: printable(text) for name, text in error.places.items()})
        raise Refused(say(message, address=printable(_name(target)), path=printable(sheet.text.path), why=why)) from None


def _write(project: OpenProject, sheets: Collection[_Sheet]) -> None:
    """Replace the files of the sheets that something was adopted into, all or none. Raises Refused."""
    for sheet in sheets:
        _refuse_new_errors(project, sheet)
    replace_all([_replacement(project, sheet) for sheet in sheets if sheet.done], project.root, project.say)


def _note_left(project: OpenProject, sheet: _Sheet, target: AdoptionTarget, observed: Body, found: Drift | None) -> None:
    """Say what differs below a structure that was named, or that there was nothing to adopt."""
    name = printable(_name(target))
    left = () if target.field or target.address.group else entries_left(sheet.body, observed, target.address, found)
    if left:
        message = _(
            "note: of {address} itself only the fields are adopted; the entries that differ are adopted one by one: {left}"
        )
        project.note(message, address=name, left=", ".join(printable(str(one)) for one in left))
    elif any(covers(target, one) for one in sheet.done):
        return
    elif target.field or moved_fields(found, target.address) != frozenset():
        project.note(_("note: the sheet already says what the portal says of {address}"), address=name)
    else:
        message = _("note: nothing of {address} changed on the portal; a named field (ADDRESS#/FIELD) is adopted anyway")
        project.note(message, address=name)


def _name(target: AdoptionTarget) -> str:
    return f"{target.address}#{target.field}" if target.field else str(target.address)


def _refuse_new_errors(project: OpenProject, sheet: _Sheet) -> None:
    """Refuse values with which a sheet would have an error that it does not have: not all that the portal shows is valid."""
    say, known = project.say, {(one.rule, one.pointer) for one in _errors(project, sheet.text)}
    found = _errors(project, replace(sheet.text, raw=sheet.raw)) if sheet.done else ()
    new = [one for one in found if (one.rule, one.pointer) not in known]
    if new:
        message = _("nothing was written: with what the portal says, {path} would have errors: {errors}")
        errors = say(_("; ")).join(f"{one.rule} {printable(one.pointer)}: {one.message}" for one in new)
        raise Refused(say(message, path=printable(sheet.text.path), errors=errors))


def _errors(project: OpenProject, text: TextFile) -> tuple[Finding, ...]:
    return tuple(one for one in check_file(text, project.settings).findings if one.level == "error")


def _replacement(project: OpenProject, sheet: _Sheet) -> Replacement:
    # Behind a link stands the file that is meant.
    return Replacement(Path(os.path.realpath(project.root / sheet.text.path)), sheet.text.raw, sheet.raw)
