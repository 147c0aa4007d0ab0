"""`set`: the same change in many sheets, by span: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chorus_config.app.fixing.fix import write_changes
from chorus_config.app.observe import sheets_by_root
from chorus_config.app.project import OpenProject
from chorus_config.diff.fields import steps
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.drift.compare import matches_target
from chorus_config.engine.fixing.assignment import Assignment, NoAssignment, assigned, parse_assignment, path_in
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import NoInput, Refused, UsageFault
from chorus_config.model.finding import Finding
from chorus_config.model.fixing import FileChange, SetRun
from chorus_config.model.project import Body, FileKind, TextFile
from chorus_config.rules.catalogue import texts
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.parse import parse

_ACCOUNTS = "comptes/"


def draft_set(project: OpenProject, words: Sequence[str], targets: Sequence[str]) -> SetRun:
    """Return what `FIELD=VALUE` words change in the sheets that patterns name (accounts: `comptes/REF`); nothing is written.

    Raises UsageFault for what no sheet can have, NoInput where nothing is named, Refused where a sheet cannot be changed by its
    span, or would have an error that it does not have.
    """
    if not words or not targets:
        raise UsageFault(project.say(_("what is to be set, and in which sheets? FIELD=VALUE --target ID")))
    files = _named(project, targets)
    kinds = {_kind(body) for _text, body in files}
    wanted: dict[FileKind, list[Assignment]] = {kind: [_assignment(word, kind, project) for word in words] for kind in kinds}
    changes, without = [], []
    for text, body in files:
        change, lacking = _changed(text, _kind(body), wanted[_kind(body)], project)
        changes.append(change)
        without += [(text.path, one.field) for one in lacking]
    return SetRun(tuple(changes), tuple(without))


def write_set(project: OpenProject, run: SetRun) -> SetRun:
    """Write what a draft says, all files or none. Raises Refused for a file that was changed meanwhile, Unavailable, Locked."""
    write_changes(project, run.changed)
    return replace(run, written=True)


def _named(project: OpenProject, targets: Sequence[str]) -> list[tuple[TextFile, Body]]:
    """Return the files that patterns name. Raises NoInput for none."""
    roots = sheets_by_root(project, tell=False).items()
    files = [file for root, listed in roots if _is_target(root, targets) for file in listed]
    if not files:
        raise NoInput(project.say(_("no sheet matches {targets}"), targets=", ".join(map(printable, targets))))
    return files


def _is_target(root: str, targets: Sequence[str]) -> bool:
    """Tell whether a pattern names a root; only one that says so names accounts."""
    return matches_target(root, [one for one in targets if one.startswith(_ACCOUNTS) == root.startswith(_ACCOUNTS)] or [""])


def _kind(body: Body) -> FileKind:
    return "compte-utilisateur" if body.get("type") == "compte-utilisateur" else "fiche-structure"


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
    raw, lacking = text.raw, list[Assignment]()
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
    _refuse_new_errors(text, raw, project)
    return FileChange(text.path, kind, text.raw, raw), lacking


def _value(body: Body, path: tuple[str | int, ...]) -> object:
    found: object = body
    for step in path:
        if isinstance(found, dict):
            found = found.get(step)
        else:
            found = found[step] if isinstance(found, list) and isinstance(step, int) else None
    return found


def _refuse_new_errors(text: TextFile, raw: bytes, project: OpenProject) -> None:
    """Raise Refused for a change with which a sheet would have an error that it does not have."""
    if raw == text.raw:
        return
    known = {(one.rule, one.pointer) for one in _errors(text, project)}
    new = [one for one in _errors(replace(text, raw=raw), project) if (one.rule, one.pointer) not in known]
    if new:
        message = _("nothing was written: with that, {path} would have errors: {errors}")
        errors = ", ".join(dict.fromkeys(_said(one, project.say) for one in new))
        raise Refused(project.say(message, path=printable(text.path), errors=errors))


def _said(finding: Finding, say: Translator) -> str:
    """Return what is wrong and with which key, without the value: a message of refusal names nobody and no mailbox."""
    key = printable(".".join(steps(finding.pointer)))
    return f"{finding.rule} {say(texts(finding.rule).title)}" + (f" ({key})" if key else "")


def _errors(text: TextFile, project: OpenProject) -> list[Finding]:
    return [one for one in check_file(text, project.settings).findings if one.level == "error"]
