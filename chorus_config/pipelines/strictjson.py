"""JSON read strictly: what two readers could take for two things is refused."""

from __future__ import annotations

import json
from typing import Any


def strict_json(text: str) -> Any:
    """Return the document of a text. Raises ValueError for a key twice, a fraction or a number that JSON does not have.

    None of our documents holds a fraction. Half a surrogate pair is JSON, but no text: it is refused too.
    """
    try:
        loaded = json.loads(text, object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number)
        json.dumps(loaded, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return loaded


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key is there twice")
    return made


def _no_number(text: str) -> Any:
    raise ValueError(text)
