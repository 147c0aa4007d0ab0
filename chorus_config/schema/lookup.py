"""Looking things up in a schema: what describes a path, which rule a keyword belongs to, the nearest name there is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from chorus_config.model.finding import Path
from chorus_config.schema.packaged import Schema

_LONGEST = 64


def node_at(schema: Schema, path: Path) -> Schema:
    """Return the base subschema of the value at `path` (through properties, items, `$ref`), {} where there is none."""
    node = resolved(schema, schema)
    for step in path:
        node = resolved(schema, _inner(node, step))
    return node


def is_sensitive(schema: Schema, path: Path) -> bool:
    """Tell whether the value at `path` must be masked: it, something around it or something inside it is marked so.

    What no schema describes is masked too: a mistyped key may hold an IBAN.
    """
    node = resolved(schema, schema)
    for step in path:
        node = resolved(schema, _inner(node, step))
        if not node or node.get("x-sensitive"):
            return True
    return bool(path) and _holds_sensitive(schema, node)


def _holds_sensitive(schema: Schema, node: Schema) -> bool:
    inner = [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]
    return any(sub.get("x-sensitive") or _holds_sensitive(schema, sub) for sub in (resolved(schema, one) for one in inner))


def resolved(schema: Schema, node: Any) -> Schema:
    """Return a subschema with what its local `$ref` adds; its own annotations win."""
    if not isinstance(node, dict):
        return {}
    if "$ref" not in node:
        return node
    return {**resolved(schema, definition(schema, node["$ref"])), **node}


def definition(schema: Schema, reference: str) -> Any:
    """Return what a local reference (`#/$defs/name`) names."""
    node: Any = schema
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return node


def annotated(schema: Schema, path: tuple[str | int, ...]) -> Schema:
    """Return the deepest subschema with `x-rule` on the way to a keyword, {} when there is none.

    jsonschema leaves `$ref` out of its paths, jsonschema-rs names it: both are followed.
    """
    node: Any = schema
    found: Schema = {}
    for step in path:
        way = (*_followed(schema, node, step),)
        found = next((one for one in reversed(way) if isinstance(one, dict) and "x-rule" in one), found)
        node = way[-1]
    return found


def example_of(schema: Schema, node: Schema) -> Any:
    """Return a value that a subschema accepts and people can start from: its own example, else one made of its parts."""
    if "examples" in node:
        return node["examples"][0]
    if "const" in node or "enum" in node:
        return node["const"] if "const" in node else node["enum"][0]
    kind = node.get("type")
    if kind == "object":
        inner = node.get("properties", {})
        return {key: example_of(schema, resolved(schema, inner.get(key))) for key in node.get("required", ())}
    if kind == "array":
        return [example_of(schema, resolved(schema, node.get("items")))]
    return {"boolean": False, "integer": 1}.get(str(kind), "…")


def _inner(node: Schema, step: str | int) -> Any:
    if isinstance(step, int):
        return node.get("items", {})
    named = node.get("properties", {}).get(step)
    if named is not None:
        return named
    return next((sub for name, sub in node.get("patternProperties", {}).items() if re.search(name, step)), {})


def _followed(schema: Schema, node: Any, step: str | int) -> Iterator[Any]:
    """Yield what one step of a path leads through: the definitions that are named on the way, then what it leads to."""
    if step == "$ref":
        yield definition(schema, node["$ref"])
    elif isinstance(node, dict):
        while step not in node and "$ref" in node:
            node = definition(schema, node["$ref"])
            yield node
        yield node.get(step)
    else:
        yield node[step] if isinstance(node, list) and isinstance(step, int) else None


def nearest(word: str, known: Iterable[str], likeness: float = 0.65) -> str:
    """Return the known word that `word` most likely meant, or "". Accents, case, blanks and hyphens do not count."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a file with a fault pays for it

    names = {plain(name): name for name in known}
    close = get_close_matches(plain(word), names, n=1, cutoff=likeness)
    return names[close[0]] if close else ""


def plain(word: str) -> str:
    """Return a word as it is compared: without accents, case, blanks, hyphens and apostrophes, its beginning only."""
    base = "".join(c for c in unicodedata.normalize("NFKD", word.strip()[:_LONGEST]) if not unicodedata.combining(c))
    return re.sub("[ '\u2019-]+", "_", base.casefold())
