"""What a branch changes in the project's own decisions: a reviewer must see who loosens a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chorus_config.words.document import Body
from chorus_config.words.plan import Decision

# A list of exceptions, and the keys that name an entry.
_EXCEPTIONS: Final = {"derogations": ("regle", "fiche"), "acceptations": ("regle", "adresse")}
_TABLES: Final = ("regles", "seuils")
# What moves the ground under all sheets: which files count, the day of the rules.
_WHOLE: Final = ("structures", "comptes", "date_de_reference")


def decided(before: Body, after: Body) -> tuple[Decision, ...]:
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
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, Mapping):
                name = "/".join([group, *(str(row.get(key, "")) for key in keys)])
                yield name, {key: value for key, value in row.items() if key not in keys}
