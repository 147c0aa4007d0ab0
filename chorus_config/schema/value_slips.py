"""What is told of a value that a schema refuses: nothing where a list is due, « oui » for a box, a word for one of a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec.structs import replace

from chorus_config.model.finding import Fault, Path, Place
from chorus_config.schema.lookup import nearest, plain
from chorus_config.schema.packaged import Schema
from chorus_config.schema.suggestions import meant_boolean, meant_value, offered

# What a reader of YAML gives for nothing; the text is kept as it is written.
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_NAMED: Final = {"array": "list", "object": "block", "string": "text", "integer": "number", "boolean": "boolean"}
_AS_GOOD_AS: Final = 0.85


def fault_of_value(rule: str, path: Path, error: Any, day: date) -> Fault:
    """Return the fault of a plain breach of shape, as jsonschema found it."""
    value, wanted, node = error.instance, error.validator_value, error.schema
    args: dict[str, object] = {"value": value}
    case = ""
    if error.validator in {"enum", "const"} or (error.validator == "type" and offered(node, day)):
        case, more = _of_a_list(value, node, day)
        # A rule of its own for a list has that to say first of all.
        case = "" if case == "enum" and rule != "CP009" else case
        args |= more
    elif error.validator == "type":
        case, more = _of_a_type(value, wanted, node) if path else ("root", {})
        args |= more
    elif node.get("format") == "date":
        case = "date"
    elif error.validator in {"maxLength", "maxItems", "maximum"}:
        case, args["limit"] = "length", wanted
    return Fault(rule, path, case, key_or_value(value), args)


def misnamed_entry(usual: Fault, near: Schema | None, entries: Any) -> Fault:
    """Return the fault of a list that lacks an entry at the entry that was most likely meant; `usual` where there is none.

    `near` (`x-near`) says which words in which keys of an entry betray it: nearly its code, or the label that belongs to it.
    """
    if near is None or not isinstance(entries, list):
        return usual
    if not entries:
        return replace(usual, case=near["x-empty"])
    (key, *_others) = near["words"]
    for index, entry in enumerate(entries):
        if isinstance(entry, dict) and any(_is_nearly(entry.get(name), words) for name, words in near["words"].items()):
            path = (*usual.path, index, key) if key in entry else (*usual.path, index)
            return replace(usual, path=path, case=near["x-case"], at="value", args={**usual.args, "value": entry.get(key, "")})
    return usual


def key_or_value(value: object) -> Place:
    """Return where a value is told: a block or list at its key, since its own first character is somewhere below."""
    return "key" if isinstance(value, (dict, list)) else "value"


def _of_a_list(value: object, node: Schema, day: date) -> tuple[str, Mapping[str, object]]:
    """Return case and places of a value that is none of the words that are due."""
    allowed = offered(node, day)
    written = _as_written(value)
    if written in _NOTHING:
        return "nothing", {"allowed": allowed}
    near = meant_value(written or "", node, day)
    if "const" in node and not near:
        return "constant", {"allowed": allowed}
    return ("near" if near else "enum"), {"allowed": allowed, "suggestion": near}


def _as_written(value: object) -> str | None:
    """Return a text or a truth value as it stands in the file, None for all else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None


def _of_a_type(value: object, wanted: object, node: Schema) -> tuple[str, Mapping[str, object]]:
    """Return case and places of a value of another type than the one that is due."""
    kind = _NAMED.get(str(wanted), "")
    if kind and isinstance(value, str) and value in _NOTHING:
        return _case_of_nothing(kind, node), {"expected": wanted}
    if wanted == "boolean" and meant_boolean(value):
        return "meant_boolean", {"expected": wanted, "suggestion": meant_boolean(value)}
    if wanted == "array" and isinstance(value, dict) and value:
        return "dash", {"expected": wanted, "first": next(iter(value))}
    return kind, {"expected": wanted}


def _case_of_nothing(kind: str, node: Schema) -> str:
    # What is left out of a list of the portal is to be removed there; the lists of the project file are its own.
    if kind == "list" and node.keys().isdisjoint({"x-bloc", "x-constatable"}):
        return "nothing_items"
    return f"nothing_{kind}"


def _is_nearly(value: object, words: list[str]) -> bool:
    return isinstance(value, str) and (plain(value) in map(plain, words) or bool(nearest(value, words, _AS_GOOD_AS)))
