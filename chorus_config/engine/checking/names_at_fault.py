"""Names at fault: where an identifiant, a ref or a service code is wrong, nothing else is concluded from it.

One cause, one finding: what merely follows from a name at fault is not told beside it. Only an error hides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from chorus_config.diff.expand import root_of
from chorus_config.diff.fields import pointer, steps
from chorus_config.model.address import KINDS, LISTS, ResourceKind
from chorus_config.model.finding import Finding
from chorus_config.model.project import Body, FileKind
from chorus_config.rules.files.cp011_two_files_one_name import NAMES

# Rules under which a name is the right one all the same: it only lacks its quotes, or is asked for elsewhere.
_STILL_RIGHT: Final = frozenset({"CP006", "CP401", "CP505", "CP606"})
_WRITTEN_TWICE: Final = frozenset({"CP305", "CP403", "CP605"})
_KIND_OF_NAME: Final = "/informations_generales/type_identifiant"


def document_name_errors(findings: Iterable[Finding], kind: FileKind, body: Body) -> tuple[Finding, ...]:
    """Return the errors under which nobody knows whom a document describes: those of its name, all where it has none."""
    errors = tuple(one for one in findings if one.level == "error")
    if root_of(body) is None or not errors:
        return errors
    own = {pointer(NAMES[kind]), _KIND_OF_NAME} if kind != "projet" else ()
    return tuple(one for one in errors if one.pointer in own and one.rule not in _STILL_RIGHT)


def groups_in_doubt(errors: Iterable[Finding], body: Body) -> Mapping[str, frozenset[str]]:
    """Return the lists that hold an entry whose name is at fault or missing, each with the names written twice in it.

    Of such a list nobody knows what it lacks, nor of a name written twice which entry is meant.
    """
    at_fault = {one.pointer: one.rule for one in errors}
    found = {kind.group: _names_in_doubt(kind, body.get(kind.group), at_fault) for kind in LISTS} if at_fault else {}
    return {group: names for group, names in found.items() if names is not None}


def _names_in_doubt(kind: ResourceKind, entries: Any, at_fault: Mapping[str, str]) -> frozenset[str] | None:
    """Return the names written twice in a list, None when no name in it is at fault or missing through one of the errors."""
    twice: set[str] = set()
    in_doubt = False
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        own, name = pointer((kind.group, index)), _name_in(entry, kind)
        at = own + pointer((kind.key,)) if kind.key else own
        if not isinstance(name, str):
            in_doubt |= any(f"{one}/".startswith(f"{own}/") for one in at_fault)
        elif at_fault.get(at, "CP006") not in _STILL_RIGHT:
            in_doubt = True
            twice |= {name} if at_fault[at] in _WRITTEN_TWICE else set()
    return frozenset(twice) if in_doubt else None


def _name_in(entry: Any, kind: ResourceKind) -> object:
    """Return what an entry of a list has for a name, None where it has none."""
    if not kind.key:
        return entry
    return entry.get(kind.key) if isinstance(entry, Mapping) else None


def refs_at_fault(findings: Iterable[Finding]) -> frozenset[int]:
    """Return which users of a sheet, by their place in the list, have a ref at fault."""
    places = (steps(one.pointer) for one in findings if one.level == "error" and one.rule not in _STILL_RIGHT)
    return frozenset(int(place[1]) for place in places if len(place) == 3 and (place[0], place[2]) == ("utilisateurs", "ref"))


def without_consequences(findings: Sequence[Finding], kind: FileKind, body: Body) -> tuple[Finding, ...]:
    """Return the findings of a document without those that only follow from a name at fault in it."""
    if not any(one.level == "error" for one in findings):
        return (*findings,)
    hidden = {"CP012"} if document_name_errors(findings, kind, body) else set()
    kept = tuple(one for one in findings if one.rule not in hidden)
    return _without_lost_services(kept, body) if kind == "fiche-structure" else kept


def _without_lost_services(findings: tuple[Finding, ...], body: Body) -> tuple[Finding, ...]:
    """Return findings without the CP505 of a service that a sheet lacks, where the code of one of its services is at fault.

    Nobody knows whether that is the one that the user has.
    """
    if not any(one.rule == "CP505" for one in findings):
        return findings
    if "services" not in groups_in_doubt([one for one in findings if one.level == "error"], body):
        return findings
    return tuple(one for one in findings if one.rule != "CP505" or not _lacks(one, body))


def _lacks(finding: Finding, body: Body) -> bool:
    """Tell whether the service of a user is none of the sheet; an inactive one is there."""
    entries: Any = body.get("services")
    key = KINDS["services"].key
    codes = {entry.get(key) for entry in entries if isinstance(entry, Mapping) and isinstance(entry.get(key), str)}
    return _value_at(body, finding.pointer) not in codes


def _value_at(body: Body, at: str) -> object:
    found: Any = body
    for step in steps(at):
        found = found[int(step)] if isinstance(found, list) else found.get(step)
    return found
