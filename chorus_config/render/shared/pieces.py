"""Values in pieces, as people read them: of a list each entry, of a block each key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from chorus_config.i18n.translator import Translator, _
from chorus_config.yamltext.characters import cut


class Piece(Struct, frozen=True):
    """A piece of a value: words of ours, or (`literal`) a text as somebody wrote it; `more` is said after it."""

    text: str
    literal: bool = False
    more: str = ""


def pieces(value: object, say: Translator, limit: int | None = None, absent: str = _("not reported")) -> tuple[Piece, ...]:
    """Return a value in pieces, one for each entry of a list or key of a block; `absent` is said of None."""
    if isinstance(value, str):
        return (_cut(value, limit),)
    if value is None:
        return (_said(say(absent)),)
    if isinstance(value, bool):
        return (_said(say(_("yes")) if value else say(_("no"))),)
    if isinstance(value, Mapping):
        return tuple(_cut(f"{key}: {_entry(item)}", limit) for key, item in value.items()) or (Piece(say(_("none"))),)
    if isinstance(value, (list, tuple)):
        return tuple(_listed(value, limit)) or (Piece(say(_("none"))),)
    return (Piece(str(value)),)


@lru_cache(maxsize=64)
def _said(words: str) -> Piece:
    # Our own words for a value are few, and said of many fields.
    return Piece(words)


def _listed(items: Iterable[Any], limit: int | None) -> Iterator[Piece]:
    for item in items:
        if isinstance(item, dict) and item.keys() <= {"nom", "mode"}:
            name = _cut(str(item.get("nom")), limit)
            yield Piece(name.text, name.literal, _cut(str(item.get("mode")), limit).text)
        else:
            piece = _cut(_entry(item), limit)
            yield piece if isinstance(item, str) else Piece(piece.text)


def _entry(item: object) -> str:
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False, default=str)


def _cut(text: str, limit: int | None) -> Piece:
    return Piece(cut(text, limit), literal=True)
