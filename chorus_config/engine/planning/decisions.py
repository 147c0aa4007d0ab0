"""What a branch changes in the project's own decisions: a reviewer must see who loosens a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from chorus_config.diff.seal import canonical
from chorus_config.model.plan import Decision
from chorus_config.model.text_file import Body

# A list of exceptions, and the keys that name an entry.
_EXCEPTIONS: Final = {"derogations": ("regle", "fiche"), "acceptations": ("regle", "adresse")}
_TABLES: Final = ("regles", "seuils")
# What moves the ground under all sheets: which files count, the day of the rules.
_WHOLE: Final = ("structures", "comptes", "date_de_reference")


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
