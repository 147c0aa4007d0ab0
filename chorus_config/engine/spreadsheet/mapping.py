"""A mapping file: what the columns of somebody's own table are called, list by list (docs/tableurs.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from chorus_config.engine.spreadsheet.columns import ColumnPath, TableKind, plain_title, table_kinds
from chorus_config.engine.spreadsheet.headers import ColumnMapping
from chorus_config.i18n.translator import _
from chorus_config.schema.lookup import nearest
from chorus_config.yamltext.characters import shown
from chorus_config.yamltext.parse import parse

_STRUCTURES: Final = "structures"
_LEFT_ASIDE: Final = "ignorer"
_KEYS: Final = ("feuille", "colonnes")


class BadMapping(Exception):
    """A mapping file cannot be used; `message` is a message id, `places` what stands in it."""

    def __init__(self, message: str, **places: object) -> None:
        super().__init__(message)
        self.message = message
        self.places = places


def read_mapping(raw: bytes) -> ColumnMapping:
    """Return what a mapping file says. Raises BadMapping."""
    data = _parsed(raw)
    lists = {kind.group or _STRUCTURES: kind for kind in table_kinds()}
    pages: dict[str, str] = {}
    titles: dict[str, dict[str, ColumnPath | None]] = {}
    for name, told in data.items():
        kind = lists.get(name)
        if kind is None:
            raise BadMapping(_("{word} is no list: {known} are expected"), word=shown(name), known=", ".join(lists))
        if not isinstance(told, Mapping) or set(told) - set(_KEYS):
            raise BadMapping(_("below {word}, « feuille » and « colonnes » are expected, and nothing else"), word=shown(name))
        if "feuille" in told:
            pages[kind.group] = plain_title(str(told["feuille"]))
        titles[kind.group] = _titles(kind, told.get("colonnes", {}))
    return ColumnMapping(pages, titles)


def _parsed(raw: bytes) -> Mapping[str, Any]:
    parsed = parse(raw)
    data: Any = parsed.data
    if parsed.stopped or parsed.faults or not isinstance(data, Mapping):
        raise BadMapping(_("it is no mapping in YAML: lists, with « feuille » and « colonnes » below each"))
    return data


def _titles(kind: TableKind, told: Any) -> dict[str, ColumnPath | None]:
    if not isinstance(told, Mapping):
        raise BadMapping(_("« colonnes » is expected to have a line for each column: its title, then what it means"))
    return {plain_title(str(title)): _path(kind, str(meaning)) for title, meaning in told.items()}


def _path(kind: TableKind, meaning: str) -> ColumnPath | None:
    if plain_title(meaning) == _LEFT_ASIDE:
        return None
    column = kind.meant(meaning)
    if column is None:
        near = nearest(meaning, [one.title for one in kind.columns] + [".".join(one.path) for one in kind.columns])
        message = (
            _("{word} is no column of « {table} »: {near} is probably meant")
            if near
            else _("{word} is no column of « {table} »: « ignorer », a label of the portal or a key of the sheet is expected")
        )
        raise BadMapping(message, word=shown(meaning), table=kind.name, near=near)
    return column.path
