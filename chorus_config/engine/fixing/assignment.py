"""`FIELD=VALUE`: which field of which kind of file is meant, what value the schema takes there, and the file with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from chorus_config.engine.fixing.days import meant_day
from chorus_config.engine.fixing.set_value import with_value
from chorus_config.i18n.translator import _
from chorus_config.model.address import KINDS
from chorus_config.model.finding import Edit, Path
from chorus_config.model.project import Body, FileKind
from chorus_config.rules.files.cp011_two_files_one_name import NAMES
from chorus_config.schema.key_slips import blocks_of
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import STRICT, Schema, schema
from chorus_config.schema.suggestions import meant_boolean, meant_key, offered, value_named
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.spans import applied, value_span, written_like
from chorus_config.yamltext.values import integer

_FORM: Final = re.compile(r"(?P<field>(?:[^=\[\]]|\[[^\]]*\])+)=(?P<value>.*)", re.DOTALL)
_STEP: Final = re.compile(r"\.?([^.\[\]]+)|\[([^\]]*)\]")
# What a file is, and whom it describes: another one is another file.
_OF_THE_FILE: Final = frozenset({("type",), ("version",), ("informations_generales", "type_identifiant"), *NAMES.values()})


class NoAssignment(Exception):
    """A word is no assignment; `reason` is a message id, `places` what stands in it."""

    def __init__(self, reason: str, **places: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.places: Mapping[str, object] = places


class Entry(Struct, frozen=True):
    """A step into a list: the entry that bears a name (`services[ST-TECH]`)."""

    name: str


class Assignment(Struct, frozen=True):
    """What is to stand in a field; `steps` lead to it, over keys and entries of lists."""

    field: str
    steps: tuple[str | Entry, ...]
    value: object


def parse_assignment(word: str, kind: FileKind, day: date) -> Assignment:
    """Read `FIELD=VALUE`, the value as the schema of a kind of file takes it. Raises NoAssignment."""
    found = _FORM.fullmatch(word)
    if found is None:
        raise NoAssignment(_("{word}: FIELD=VALUE is expected, such as {example}"), word=word, example=_EXAMPLE)
    field = found["field"].strip()
    steps = tuple(Entry(entry) if key is None else key for key, entry in _steps(field))
    node = _node(field, steps, kind)
    value = _typed(field, found["value"].strip(), node, day)
    return Assignment(field, steps, value)


_EXAMPLE: Final = "parametres.code_service_obligatoire=false"


def _steps(field: str) -> list[tuple[str | None, str]]:
    if _STEP.sub("", field):
        raise NoAssignment(_("{word}: FIELD=VALUE is expected, such as {example}"), word=field, example=_EXAMPLE)
    return [(one[1], one[2] or "") for one in _STEP.finditer(field)]


def _node(field: str, steps: tuple[str | Entry, ...], kind: FileKind) -> Schema:
    """Return what the schema says of a field that can be set."""
    whole, path = schema(STRICT[kind]), list[str | int]()
    for step in steps:
        above = node_at(whole, tuple(path))
        if isinstance(step, Entry):
            if above.get("type") != "array" or not _key_of(path):
                raise NoAssignment(
                    _("{field} is no field: {key} is no list whose entries have a name"),
                    field=field,
                    key="".join(map(str, path[-1:])),
                )
            path.append(0)
        elif step not in above.get("properties", {}):
            raise _unknown(field, step, above, whole, path)
        else:
            path.append(step)
    node = node_at(whole, tuple(path))
    is_name = len(path) == 3 and path[2] == _key_of(path[:1])
    if tuple(path) in _OF_THE_FILE or is_name or node.get("not") == {}:
        raise NoAssignment(_("{field} says which structure, account or entry is meant, or is not yours to set"), field=field)
    _refuse_blocks(field, path, node, whole)
    return node


def _refuse_blocks(field: str, path: list[str | int], node: Schema, whole: Schema) -> None:
    if node.get("type") == "array" and _key_of(path[:1]) and len(path) == 1:
        message = _("{field} is a list: name one of its entries and a key, such as {example}")
        keys = (key for key in node_at(whole, (*path, 0)).get("properties", {}) if key != _key_of(path))
        raise NoAssignment(message, field=field, example=f"{field}[{_key_of(path).upper()}].{next(keys, '')}")
    if node.get("type") == "object":
        message = _("{field} is a block: name one of its keys, such as {example}")
        raise NoAssignment(message, field=field, example=f"{field}.{next(iter(node.get('properties', {})), '')}")


def _key_of(path: list[str | int]) -> str:
    """Return the key by which the entries of a list are known, "" where they are not."""
    kind = KINDS.get(str(path[0])) if len(path) == 1 else None
    return kind.key if kind is not None else ""


def _unknown(field: str, step: str, above: Schema, whole: Schema, path: list[str | int]) -> NoAssignment:
    if above.get("type") == "array":
        message = _("{field}: an entry of the list is named between brackets, such as {example}")
        return NoAssignment(message, field=field, example=f"{path[-1]}[{step}]" if path else field)
    near = meant_key(step, above)
    blocks = blocks_of(whole, step) if not path else []
    suggestion = near or (f"{blocks[0]}.{meant_key(step, node_at(whole, (blocks[0],)))}" if blocks else "")
    if suggestion:
        return NoAssignment(_("{field}: {key} is no key there; the nearest is {suggestion}"), field=field, key=step,
                            suggestion=suggestion)  # fmt: skip
    known = ", ".join(above.get("properties", {}))
    return NoAssignment(_("{field}: {key} is no key there; there are: {known}"), field=field, key=step, known=known)


def _typed(field: str, text: str, node: Schema, day: date) -> object:
    """Return the value that a text is where this is due. Raises NoAssignment."""
    kind = node.get("type")
    if kind == "boolean":
        return _flag(field, text)
    if kind == "integer":
        return _number(field, text)
    if "enum" in node or "const" in node:
        return _word(field, text, node, day)
    if kind == "array":
        return [part.strip() for part in text.split(",") if part.strip()]
    meant, certain = meant_day(text) if node.get("format") == "date" else ("", False)
    return meant if certain and meant else text


def _flag(field: str, text: str) -> bool:
    meant = meant_boolean(text)
    if not meant:
        raise NoAssignment(_("{field}: {value} is neither true nor false"), field=field, value=text)
    return meant == "true"


def _number(field: str, text: str) -> int:
    number = integer(text)
    if number is None:
        raise NoAssignment(_("{field}: {value} is no whole number"), field=field, value=text)
    return number


def _word(field: str, text: str, node: Schema, day: date) -> object:
    allowed = offered(node, day)
    named = [value for value in allowed if value == text] or [value for value in allowed if value in value_named(text, node)]
    if not named:
        known = ", ".join(map(str, allowed))
        raise NoAssignment(_("{field}: {value} is none of: {known}"), field=field, value=text, known=known)
    return named[0]


def settable(kind: FileKind, day: date) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield every field that can be set, its label, and its values where these are few; `[]` is an entry of a list."""
    whole = schema(STRICT[kind])
    for steps, path in _leaves(whole, (), ()):
        field = "".join(f"[{one.name}]" if isinstance(one, Entry) else f".{one}" for one in steps)[1:]
        try:
            node = _node(field, steps, kind)
        except NoAssignment:
            continue
        values = ("true", "false") if node.get("type") == "boolean" else tuple(map(str, offered(node, day)))
        yield field, str(node_at(whole, path).get("title", "")), values


def _leaves(whole: Schema, steps: tuple[str | Entry, ...], path: Path) -> Iterator[tuple[tuple[str | Entry, ...], Path]]:
    """Yield the way to every value that is no block, over keys and entries of lists."""
    node = node_at(whole, path)
    keys, is_list = node.get("properties", {}), node.get("type") == "array" and bool(_key_of(list(path)))
    for key in keys:
        yield from _leaves(whole, (*steps, key), (*path, key))
    if is_list:
        yield from _leaves(whole, (*steps, Entry("")), (*path, 0))
    elif path and not keys:
        yield steps, path


def path_in(body: Body, assignment: Assignment) -> Path | None:
    """Return where a field stands in a file, or is to stand; None where the list has no such entry, or is not written."""
    path: Path = ()
    node: Any = body
    for step in assignment.steps:
        if isinstance(step, Entry):
            key = KINDS[str(path[-1])].key
            entries = node if isinstance(node, list) else []
            index = next((n for n, one in enumerate(entries) if isinstance(one, dict) and one.get(key) == step.name), None)
            if index is None:
                return None
            path, node = (*path, index), entries[index]
        else:
            path, node = (*path, step), node.get(step) if isinstance(node, dict) else None
    return path


def field_at(body: Body, path: Path) -> str:
    """Return how a field is named in an assignment: the entries of lists by their names, as far as they have one."""
    named = ""
    node: Any = body
    for depth, step in enumerate(path):
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
        key = _key_of(list(path[:depth]))
        name = node.get(key, step) if isinstance(node, dict) and key else step
        named += f"[{name}]" if isinstance(step, int) else f".{step}"
    return named.removeprefix(".")


def entry_of(assignment: Assignment) -> tuple[str, str]:
    """Return the list and the name of the entry that a field is of, ("", "") where it is of none."""
    pairs = zip(assignment.steps, assignment.steps[1:], strict=False)
    return next(((str(group), entry.name) for group, entry in pairs if isinstance(entry, Entry)), ("", ""))


def entries_in(body: Body, group: str) -> list[str]:
    """Return the names of the entries of a list, as far as they have one."""
    entries, key = body.get(group), KINDS[group].key
    return [str(one[key]) for one in entries if isinstance(one, dict) and key in one] if isinstance(entries, list) else []


def assigned(raw: bytes, kind: FileKind, path: Path, value: object, body: Body) -> bytes:
    """Return the file with a value in its place, all else untouched. Raises CannotEdit."""
    document = Document("", kind, body, raw)
    span = document.positions.values.get(path)
    node = node_at(schema(STRICT[kind]), path)
    if span is not None and isinstance(value, str) and "enum" in node:
        # A word of a list stays without quotes where it had none.
        source, place = value_span(document.source(span), span)
        if source and "\n" not in source:
            return applied(raw, [Edit(place, written_like(source, value, bare=True))])
    return with_value(raw, path, value)
