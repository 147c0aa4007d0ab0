"""From two states of the files to a plan that leads from one to the other, and the decisions of the project that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.expand import root_of
from chorus_config.diff.sensitive import canonical, masked
from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.invoicing.notice import supplier_summary
from chorus_config.engine.planning.desired_sheet import KnownErrors
from chorus_config.engine.planning.draft import draft_plan
from chorus_config.engine.planning.inputs import PlanningInputs, in_scope
from chorus_config.engine.planning.one_sheet import duplicate_claim, named_document
from chorus_config.model.address import Address
from chorus_config.model.iban import masked_text
from chorus_config.model.plan import Decision, Move, Plan
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.yamltext.document import Document

# A list of exceptions, and the keys that name an entry.
_EXCEPTIONS: Final = {"derogations": ("regle", "fiche"), "acceptations": ("regle", "adresse")}
_TABLES: Final = ("regles", "seuils")
# What moves the ground under all sheets: which files count, the day of the rules.
_WHOLE: Final = ("structures", "comptes", "date_de_reference")


class ComparedFiles(Struct, frozen=True):
    """The two states: the files that differ (and those that speak of the same structures), checked by the same rules.

    `source` names the first: `git:COMMIT`.
    """

    before: Sequence[CheckedFile]
    after: Sequence[CheckedFile]
    source: str


def compare_files(files: ComparedFiles, inputs: PlanningInputs, settings: CheckSettings) -> Plan:
    """Return the comparison as a plan of kind `diff`. Errors that stood in the first state are shown and block nothing."""
    first = dict(_records(_trusted(files)))
    moves = tuple(
        Move(root, first[root].path, record.path)
        for root, record in sorted(dict(_records(files.after)).items())
        if root in first and first[root].path != record.path and in_scope(root, inputs.options)
    )
    known = Snapshot(first, files.source)
    made = draft_plan(
        files.after, known, replace(inputs, kind="diff", known_errors=_errors_before(files), moves=moves), settings
    ).plan
    return replace(made, suppliers=supplier_summary(files.before, files.after, settings.day, inputs.options.targets))


def masked_token(value: str, _address: Address) -> str:
    """Return a sensitive value as a comparison may hold it: masked. It is never applied, and needs no key."""
    shown = masked_text(value)
    return shown if shown != value else str(masked(value))


def _named_documents(checked: Sequence[CheckedFile]) -> Iterator[tuple[Address, Document]]:
    """Yield each sheet and account with its root, in the order of the files."""
    yield from filter(None, map(named_document, checked))


def _trusted(files: ComparedFiles) -> Sequence[CheckedFile]:
    """Return the files of the first state but those whose name was at fault and is corrected in place.

    What such a file holds counts as new: nobody knew a structure of that name, and none is to be forgotten.
    """
    now = {document.path: root for root, document in _named_documents(files.after)}
    return [one for one in files.before if not (one.name_errors and _renames(one, now))]


def _renames(one: CheckedFile, now: Mapping[str, Address]) -> bool:
    named = named_document(one)
    return named is not None and now.get(one.path, named[0]) != named[0]


def _records(checked: Sequence[CheckedFile]) -> Iterator[tuple[str, Record]]:
    """Yield the records of the files; of two that bear one name, the last by path goes first and is outdone."""
    for root, document in reversed([*_named_documents(checked)]):
        yield str(root), Record(str(root), document.body, document.path)


def _errors_before(files: ComparedFiles) -> Mapping[str, KnownErrors]:
    known_errors: dict[str, KnownErrors] = {}
    for one in files.before:
        root = root_of(one.document.body) if one.document is not None else None
        # A file that names no structure is known by its place only.
        name = one.path if root is None else str(root)
        errors = frozenset((f.rule, f.pointer) for f in one.findings if f.level == "error")
        known_errors[name] = known_errors.get(name, frozenset()) | errors
    for name, claims in _known_claims(files):
        known_errors[name] |= claims
    return known_errors


def _known_claims(files: ComparedFiles) -> Iterator[tuple[str, KnownErrors]]:
    """Yield the quarrels over one name that stood before, when no file but the first asks for anything new."""
    before = {document.path: (root, document.body) for root, document in _named_documents(files.before)}
    by_root: dict[Address, list[Document]] = {}
    for root, document in _named_documents(files.after):
        by_root.setdefault(root, []).append(document)
    for root, (first, *others) in by_root.items():
        same_first = first.path in before and before[first.path][0] == root
        if same_first and all(before.get(other.path) == (root, other.body) for other in others):
            yield str(root), frozenset(duplicate_claim(root, other.body) for other in others)


def changed_decisions(before: Body, after: Body) -> tuple[Decision, ...]:
    """Return each decision that differs between two project files ({} for none), sorted by its name."""
    one, other = dict(_flat(before)), dict(_flat(after))
    return tuple(
        Decision(name, one.get(name), other.get(name))
        for name in sorted({*one, *other})
        if (name in one, one.get(name)) != (name in other, other.get(name))
    )


def _flat(body: Body) -> Iterator[tuple[str, object]]:
    read: dict[str, Any] = dict(body)
    yield from ((name, read[name]) for name in _WHOLE if name in read)
    for table in _TABLES:
        found = read.get(table)
        yield from ((f"{table}/{key}", value) for key, value in (found if isinstance(found, Mapping) else {}).items())
    for group, keys in _EXCEPTIONS.items():
        rows = read.get(group)
        yield from _named([row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else [], group, keys)


def _named(rows: Sequence[Mapping[str, Any]], group: str, keys: Sequence[str]) -> Iterator[tuple[str, object]]:
    """Yield the entries of a list by what they are about; of several about the same, none hides another, in any order."""
    seen: dict[str, int] = {}
    for row in sorted(rows, key=canonical):
        name = "/".join([group, *(str(row.get(key, "")) for key in keys)])
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}#{seen[name]}", {key: row[key] for key in row if key not in keys}
