"""What people write for a key or a value: its name, the portal's label, words of their own (`x-words`), yes and no.

A value that the portal no longer offers on a day (`x-values`, `x-until`) is never proposed; `x-instead` names its successor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from chorus_config.schema.lookup import nearest, plain
from chorus_config.schema.packaged import Schema

_YES: Final = frozenset(
    ("true", "oui", "vrai", "yes", "y", "o", "x", "1", "on", "ok", "coche", "cochee", "actif", "active", "activee")
)
_NO: Final = frozenset(
    ("false", "non", "faux", "no", "n", "0", "off", "decoche", "decochee", "inactif", "inactive", "desactivee")
)
_NEGATIONS: Final = frozenset(("non", "pas", "sans", "hors", "not", "no", "without"))
# An abbreviation is taken as it is: `tel` is not nearly `tva`.
_SHORTEST: Final = 5


def meant_key(word: str, block: Schema, known: Iterable[str] = ()) -> str:
    """Return the key of a block that `word` most likely meant, or ""; those `known` to stand there already are not proposed."""
    taken = frozenset(known)
    return _meant(word, {name: key_words(node) for name, node in block.get("properties", {}).items() if name not in taken})


def is_word_for(word: str, key: str, block: Schema) -> bool:
    """Tell whether people call a key of a block so, to the letter."""
    return plain(word) in {plain(name) for name in (key, *key_words(block.get("properties", {}).get(key)))}


def key_words(node: Any) -> tuple[str, ...]:
    """Return what people call a key beside its name: the portal's label, and words of their own."""
    if not isinstance(node, dict):
        return ()
    return (node["title"], *node.get("x-words", ())) if "title" in node else tuple(node.get("x-words", ()))


def meant_value(word: str, node: Schema, day: date) -> str:
    """Return the value of a list (`enum`, `const`) that `word` most likely meant and that a portal of `day` offers, or ""."""
    notes = node.get("x-values", {})
    words = {value: tuple(notes.get(value, {}).get("x-words", ())) for value in _texts(node)}
    found = _meant(word, words)
    return found if not found or _is_offered(notes, found, day) else str(notes[found].get("x-instead", ""))


def value_named(word: str, node: Schema) -> frozenset[str]:
    """Return the values of a list that a word names to the letter, by name or by a word for it, and those that are the same."""
    notes, wanted = node.get("x-values", {}), plain(word)
    own = [value for value in _texts(node) if wanted in map(plain, (value, *notes.get(value, {}).get("x-words", ())))]
    return frozenset((*own, *(notes[value]["x-same"] for value in own if "x-same" in notes.get(value, {}))))


def offered(node: Schema, day: date) -> tuple[object, ...]:
    """Return the values of a list that the portal of a day offers, in the order of the schema."""
    return tuple(value for value in _values(node) if _is_offered(node.get("x-values", {}), value, day))


def meant_boolean(value: object) -> str:
    """Return `true` or `false` for a word that people write for one, or ""."""
    word = plain(value) if isinstance(value, str) else ""
    return "true" if word in _YES else "false" if word in _NO else ""


def _is_offered(notes: Mapping[str, Any], value: object, day: date) -> bool:
    note = notes.get(value, {}) if isinstance(value, str) else {}
    return bool(note.get("x-from", "") <= day.isoformat() <= note.get("x-until", "9999-12-31"))


def _values(node: Schema) -> list[object]:
    return list(node["enum"]) if "enum" in node else [node["const"]] if "const" in node else []


def _texts(node: Schema) -> list[str]:
    return [value for value in _values(node) if isinstance(value, str)]


def _meant(word: str, names: Mapping[str, Iterable[str]]) -> str:
    """Return the name that a word is, is a word for, or is nearly."""
    wanted = plain(word)
    known = {plain(name): name for name in names}
    for name, others in names.items():
        for other in others:
            known.setdefault(plain(other), name)
    if wanted in known:
        return known[wanted]
    # Between two names near enough, the nearer wins; a word for a name must be nearer than the name itself.
    close = nearest(wanted, [alias for alias in known if len(alias) >= _SHORTEST], 0.82) or nearest(wanted, map(plain, names))
    return known[close] if close and not _is_opposite(wanted, close) else ""


def _is_opposite(word: str, other: str) -> bool:
    """Tell whether one of two words denies what the other says: `hors_helios` and `helios`."""
    return bool(_NEGATIONS & set(word.split("_"))) is not bool(_NEGATIONS & set(other.split("_")))
