"""`set`: the same change in many sheets, by span: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from chorus_config.app.fixing.fix import write_changes
from chorus_config.app.observe import sheets_by_root
from chorus_config.app.project import OpenProject
from chorus_config.diff.fields import pointer, steps
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.drift.compare import matches_target
from chorus_config.engine.fixing.assignment import (
    Assignment,
    NoAssignment,
    assigned,
    entries_in,
    entry_of,
    field_at,
    parse_assignment,
    path_in,
)
from chorus_config.engine.fixing.rounds import mend_text
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import NoInput, Refused, UsageFault
from chorus_config.model.finding import Finding
from chorus_config.model.fixing import FileChange, SetRun
from chorus_config.model.project import Body, FileKind, TextFile
from chorus_config.rules.catalogue import texts
from chorus_config.schema.lookup import nearest, node_at
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.parse import parse

_ACCOUNTS = "comptes/"


def draft_set(project: OpenProject, words: Sequence[str], targets: Sequence[str]) -> SetRun:
    """Return what `FIELD=VALUE` words change in the sheets that patterns name (accounts: `comptes/REF`); nothing is written.

    A value is written in the form that the rules ask for, where that means the same. Raises UsageFault for what no sheet can
    have, NoInput where nothing is named or no sheet has the entry that is, Refused where a sheet cannot be changed by its span,
    or would have an error that it does not have.
    """
    if not words or not targets:
        raise UsageFault(project.say(_("what is to be set, and in which sheets? FIELD=VALUE --target ID")))
    files = _named(project, targets)
    kinds = {_kind(body) for _text, body in files}
    wanted = {kind: _assignments(words, kind, project) for kind in kinds}
    for kind, listed in wanted.items():
        _refuse_unknown_entries(listed, [body for _text, body in files if _kind(body) == kind], project)
    changes, without, warnings = [], list[tuple[str, str]](), list[Finding]()
    for text, body in project.events.track(files, len(files), project.say(_("Changing"))):
        change, lacking = _changed(text, _kind(body), wanted[_kind(body)], project)
        changes.append(change)
        without += [(text.path, one.field) for one in lacking]
        warnings += _judged(text, change.new, project)
    return SetRun(tuple(changes), tuple(without), tuple(warnings))


def write_set(project: OpenProject, run: SetRun) -> SetRun:
    """Write what a draft says, all files or none. Raises Refused for a file that was changed meanwhile, Unavailable, Locked."""
    write_changes(project, run.changed)
    return replace(run, written=True)


def _named(project: OpenProject, targets: Sequence[str]) -> list[tuple[TextFile, Body]]:
    """Return the files that patterns name. Raises NoInput for none."""
    roots = sheets_by_root(project, tell=False).items()
    files = [file for root, listed in roots if _is_target(root, targets) for file in listed]
    if not files:
        near = nearest(targets[0], (root for root, _files in roots)) if len(targets) == 1 else ""
        message = _("no sheet matches {targets}; the nearest is {near}") if near else _("no sheet matches {targets}")
        raise NoInput(project.say(message, targets=", ".join(map(printable, targets)), near=printable(near)))
    return files


def _is_target(root: str, targets: Sequence[str]) -> bool:
    """Tell whether a pattern names a root; only one that says so names accounts."""
    return matches_target(root, [one for one in targets if one.startswith(_ACCOUNTS) == root.startswith(_ACCOUNTS)] or [""])


def _kind(body: Body) -> FileKind:
    return "compte-utilisateur" if body.get("type") == "compte-utilisateur" else "fiche-structure"


def _assignments(words: Sequence[str], kind: FileKind, project: OpenProject) -> list[Assignment]:
    """Read all words. Raises UsageFault for one that is no assignment, and for a field that is named twice."""
    found: dict[object, Assignment] = {}
    for one in (_assignment(word, kind, project) for word in words):
        if one.steps in found:
            raise UsageFault(project.say(_("{field} is named twice: which value is meant?"), field=printable(one.field)))
        found[one.steps] = one
    return list(found.values())


def _refuse_unknown_entries(wanted: Sequence[Assignment], bodies: Sequence[Body], project: OpenProject) -> None:
    """Raise NoInput for a field of an entry that is in none of the files, with the name that was probably meant."""
    for one in wanted:
        if any(path_in(body, one) is not None for body in bodies):
            continue
        group, name = entry_of(one)
        near = nearest(name, dict.fromkeys(entry for body in bodies for entry in entries_in(body, group)))
        message = _("{field}: no sheet that is named has {name} in its list {group}")
        if near:
            message = _("{field}: no sheet that is named has {name} in its list {group}; the nearest is {near}")
        places = {"field": one.field, "name": name, "group": group, "near": near}
        raise NoInput(project.say(message, **{key: printable(place) for key, place in places.items()}))


def _assignment(word: str, kind: FileKind, project: OpenProject) -> Assignment:
    try:
        return parse_assignment(word, kind, project.settings.day)
    except NoAssignment as fault:
        places = {name: printable(str(place)) for name, place in fault.places.items()}
        raise UsageFault(project.say(fault.reason, **places)) from None


def _changed(
    text: TextFile, kind: FileKind, wanted: Sequence[Assignment], project: OpenProject
) -> tuple[FileChange, list[Assignment]]:
    """Return a file with what is wanted, and what it has no place for. Raises Refused."""
    raw, lacking, pointers = text.raw, list[Assignment](), list[str]()
    for one in wanted:
        data = parse(raw).data
        body: Body = data if isinstance(data, dict) else {}
        path = path_in(body, one)
        if path is None:
            lacking.append(one)
            continue
        if _value(body, path) == one.value:
            continue
        try:
            raw = assigned(raw, kind, path, one.value, body)
        except CannotEdit as error:
            message = _("nothing was written: {field} cannot be set in {path}: {why}")
            why = project.say(error.reason, **{name: printable(place) for name, place in error.places.items()})
            raise Refused(project.say(message, field=printable(one.field), path=printable(text.path), why=why)) from None
        pointers.append(pointer(path))
    if pointers:
        raw = mend_text(replace(text, raw=raw), project.settings, only=pointers).raw
    return FileChange(text.path, kind, text.raw, raw), lacking


def _value(body: Body, path: tuple[str | int, ...]) -> object:
    found: object = body
    for step in path:
        if isinstance(found, dict):
            found = found.get(step)
        else:
            found = found[step] if isinstance(found, list) and isinstance(step, int) else None
    return found


def _judged(text: TextFile, raw: bytes, project: OpenProject) -> list[Finding]:
    """Return the warnings that a sheet would have and does not have. Raises Refused where it would have such an error."""
    if raw == text.raw:
        return []
    from chorus_config.engine.fixing.brought import brought  # noqa: PLC0415 - only a sheet that changes is judged

    new = brought(text, check_file(replace(text, raw=raw), project.settings).findings, project.settings)
    errors = [one for one in new if one.level == "error"]
    if errors:
        message = _("nothing was written: {path} would be in error then: {errors}; see `chorus-config explain {rule}`")
        told = project.say(_("; ")).join(dict.fromkeys(_said(one, replace(text, raw=raw), project.say) for one in errors))
        raise Refused(project.say(message, path=printable(text.path), errors=told, rule=errors[0].rule))
    return [one for one in new if one.level == "warning"]


def _said(finding: Finding, text: TextFile, say: Translator) -> str:
    """Return what is wrong and with which field, without the value: a message of refusal names nobody and no mailbox."""
    path = tuple(int(step) if step.isdecimal() else step for step in steps(finding.pointer))
    label, data = node_at(schema(STRICT[text.kind]), path).get("title"), parse(text.raw).data
    rule = f"{finding.rule} {say(texts(finding.rule).title)}"
    return f"{label} ({printable(field_at(data, path))}), {rule}" if label and path and isinstance(data, dict) else rule
