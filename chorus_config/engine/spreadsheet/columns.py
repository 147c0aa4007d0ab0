"""The columns of the tables that people fill in, one table a list of the portal, made from the schemas.

The schemas alone know the fields: labels, hints, words that people use for them, values of lists.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final, Literal

from msgspec import Struct, field

from chorus_config.model.address import KINDS
from chorus_config.schema.lookup import resolved
from chorus_config.schema.packaged import STRICT, Schema, schema

Form = Literal["name", "text", "lines", "code", "siret", "postal", "phone", "date", "tick", "choice", "words", "spaces"]
ColumnPath = tuple[str, ...]

# To which structure a row belongs, and what it is called there: no field of the entry.
OWNER: Final[ColumnPath] = ("structure", "identifiant")
OWNER_NAME: Final[ColumnPath] = ("structure", "libelle")
# What stands for a list that is written, and empty.
NONE: Final = "aucun"
# What stands for a text that is written, and empty: the portal is to have nothing there.
EMPTY: Final = "(vide)"

_FORMS: Final[Mapping[str, Form]] = {
    "identifiant": "siret", "code_postal": "postal", "telephone": "phone", "fax": "phone", "code": "code", "ref": "code",
    "description": "lines",
}  # fmt: skip
_PARENTHESES: Final = re.compile(r"\([^)]*\)")


class Column(Struct, frozen=True):
    """A column: where its value stands in the body (of an entry: in the entry), and what people call it.

    `choices` are the values of a list with their labels; `node` is what the schema says of the field.
    """

    path: ColumnPath
    title: str
    form: Form
    hint: str = ""
    words: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    node: Mapping[str, Any] = field(default_factory=dict)
    required: bool = False

    def is_of(self, day: date) -> bool:
        """Tell whether the portal of a day has the field."""
        first, last = self.node.get("x-portail-depuis", ""), self.node.get("x-portail-jusqu-au", "9999-12-31")
        return bool(first <= day.isoformat() <= last)

    def offered(self, day: date) -> list[str]:
        """Return the values of a list that the portal of a day offers."""
        notes = _value_notes(self.node)
        own = ((value, notes.get(value, {})) for value in self.choices)
        return [value for value, note in own if note.get("x-from", "") <= day.isoformat() <= note.get("x-until", "9999-12-31")]


class TableKind(Struct, frozen=True):
    """A table: the list that it holds ("" structures, `comptes` accounts), its name, its columns, the path of its own key."""

    group: str
    name: str
    columns: tuple[Column, ...]
    key: ColumnPath

    @property
    def needed(self) -> tuple[ColumnPath, ...]:
        """The columns without which nothing can be read."""
        return (self.key,) if self.group in {"", "comptes"} else (OWNER, self.key)

    def column(self, path: ColumnPath) -> Column:
        """Return the column of a path."""
        return next(one for one in self.columns if one.path == path)

    def meant(self, title: str) -> Column | None:
        """Return the column that a title means: the portal's label, a key, a word for it; None for a stranger.

        Accents, case, blanks and stars do not count, nor does what stands in parentheses.
        """
        known = _words_of(self.group)
        return known.get(plain_title(title)) or known.get(plain_title(_PARENTHESES.sub("", title)))


def plain_title(title: str) -> str:
    """Return a title as it is compared: letters and digits alone, without accents and case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", title).casefold()))


@cache
def table_kinds() -> tuple[TableKind, ...]:
    """Return all tables, in the order of a workbook."""
    sheet, account = schema(STRICT["fiche-structure"]), schema(STRICT["compte-utilisateur"])
    own = ("informations_generales", "identifiant")
    structures = sorted(_columns(sheet, sheet, ()), key=lambda one: _rank(one.path))
    return (
        TableKind("", "Structures", tuple(structures), own),
        _list_kind(sheet, "services", "Services"),
        _list_kind(sheet, "utilisateurs", "Utilisateurs"),
        _list_kind(sheet, "coordonnees_bancaires", "Coordonnées bancaires"),
        TableKind("comptes", "Comptes", tuple(_columns(account, account, ())), ("ref",)),
    )


def kind_of(group: str) -> TableKind:
    """Return the table of a list, by its group."""
    return next(one for one in table_kinds() if one.group == group)


def _list_kind(sheet: Schema, group: str, name: str) -> TableKind:
    entry = resolved(sheet, resolved(sheet, sheet["properties"][group])["items"])
    own = sheet["$defs"]["informations_generales"]["properties"]
    owner = Column(
        OWNER, own["identifiant"]["title"], "siret", _hint(own["identifiant"]),
        tuple(own["identifiant"]["x-words"]), required=True,
    )  # fmt: skip
    called = Column(OWNER_NAME, own["libelle"]["title"], "name")
    return TableKind(group, name, (owner, called, *_columns(sheet, entry, ())), (KINDS[group].key,))


def _rank(path: ColumnPath) -> int:
    """Return where a column of structures goes: what identifies it, the blocks of the portal, what the portal does not have."""
    if path == ("informations_generales", "identifiant"):
        return 0
    first = ("informations_generales", "adresse_postale", "parametres", "espaces")
    return 1 + first.index(path[0]) if path[0] in first else 1 + len(first)


def _columns(whole: Schema, node: Schema, path: ColumnPath) -> Iterator[Column]:
    """Yield the columns of an object; lists of entries have tables of their own, and what no file may say has none."""
    required: Collection[str] = node.get("required", ()) if path[-1:] != ("remplace",) else ()
    for key, inner in node.get("properties", {}).items():
        field_node, at = resolved(whole, inner), (*path, key)
        if "const" in field_node or "type" not in field_node or _has_own_table(whole, field_node):
            continue
        if field_node["type"] == "object":
            yield from _columns(whole, field_node, at)
        else:
            yield _column(whole, field_node, at, required=key in required)


def _has_own_table(whole: Schema, node: Schema) -> bool:
    """Tell whether a field is a block of the portal with entries, such as services."""
    return "x-bloc" in node and resolved(whole, node.get("items", {})).get("type") == "object"


def _column(whole: Schema, node: Schema, path: ColumnPath, *, required: bool) -> Column:
    told = {**node, **({"x-values": _value_notes(node)} if "x-values" in node else {})}
    items = resolved(whole, node.get("items", {}))
    choices = _choices(_entries(whole, items)) if "items" in node else _choices(node)
    words = tuple(node.get("x-words", ()))
    return Column(
        path, node["title"], _form(node, items, path), _hint(node), words, choices,
        {**told, "items": items} if items else told, required,
    )  # fmt: skip


def _hint(node: Schema) -> str:
    """Return what a field is: as spreadsheets say it (`x-tableur`), where a sheet writes it otherwise."""
    return str(node.get("x-tableur", node.get("description", "")))


def _entries(whole: Schema, items: Schema) -> Schema:
    """Return what the words of a list are taken from: of spaces, the mode."""
    return resolved(whole, items["properties"]["mode"]) if items.get("type") == "object" else items


def _form(node: Schema, items: Schema, path: ColumnPath) -> Form:
    if node["type"] == "array":
        return "spaces" if items.get("type") == "object" else "words"
    if node["type"] == "boolean":
        return "tick"
    if "enum" in node:
        return "choice"
    return "date" if node.get("format") == "date" else _FORMS.get(path[-1], "text")


def _value_notes(node: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = node.get("x-values") or node.get("items", {}).get("x-values") or {}
    return found


def _choices(node: Schema) -> dict[str, str]:
    """Return the values of a list, each with its label on the portal, else with the word of spreadsheets for it."""
    notes = node.get("x-values", {})
    return {value: _word(value, notes.get(value, {})) for value in node.get("enum", ())}


def _word(value: str, note: Mapping[str, Any]) -> str:
    return str(note.get("x-label", note.get("x-tableur", value)))


@cache
def _words_of(group: str) -> Mapping[str, Column]:
    """Return the columns of a table by what people call them: labels and keys first, then words, the first column wins."""
    columns = kind_of(group).columns
    found: dict[str, Column] = {}
    for one in columns:
        found.setdefault(plain_title(one.title), one)
    for one in columns:
        for name in (".".join(one.path), *one.path[-1:]):
            if one.path != OWNER_NAME:
                found.setdefault(plain_title(name), one)
    for one in columns:
        for word in one.words:
            found.setdefault(plain_title(word), one)
    return found
