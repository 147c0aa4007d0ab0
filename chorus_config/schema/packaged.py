"""The schemas that ship with the program, the only ones that are ever read, and the one format that they use."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from chorus_config.model.finding import TrackedDay

Schema = dict[str, Any]

# Which schemas judge a document of each type: errors first, then advice.
STRICT: Final = {
    "fiche-structure": "fiche-structure",
    "compte-utilisateur": "compte-utilisateur",
    "projet": "projet",
}
ADVICE: Final = {
    "fiche-structure": "fiche-structure.conseils",
    "compte-utilisateur": "compte-utilisateur.conseils",
}
NAMES: Final = (
    *STRICT.values(), *ADVICE.values(), "changement", "findings", "plan", "rules", "snapshot", "drift",
    "worksheet", "confirm", "history", "state", "locks", "apply", "record", "import", "export", "watch", "letter",
    "notice", "doctor", "status", "fix", "set",
)  # fmt: skip

# How a schema writes the first or the last day of a part of it, and how many days later that begins to be, or is no more.
_AFTER: Final = {
    b"x-from": timedelta(0),
    b"x-portail-depuis": timedelta(0),
    b"x-until": timedelta(1),
    b"x-portail-jusqu-au": timedelta(1),
}


def directory() -> Path:
    """Return the folder of the schemas: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent / "schemas"


@cache
def schema(name: str) -> Schema:
    """Return a packaged schema by its short name, such as `fiche-structure.conseils`. Callers must not change it."""
    found: Schema = json.loads((directory() / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


@cache
def first_days(names: tuple[str, ...]) -> tuple[date, ...]:
    """Return the days on which something that packaged schemas say begins to be, or ceases to be, in their order."""
    # Looked for in the texts, and not by walking what they say: that takes ten times as long, at every start.
    folder = directory()
    texts = [(folder / f"{name}.schema.json").read_bytes() for name in names]
    found = {
        date.fromisoformat(after[:10].decode()) + days
        for key, days in _AFTER.items()
        for text in texts
        for after in text.split(b'"%s": "' % key)[1:]
    }
    return tuple(sorted(found))


def first_day_alike(names: tuple[str, ...], day: TrackedDay) -> date:
    """Return the first of the days on which packaged schemas say the same as on a day.

    Whoever judges by them is handed that one: nothing that they are asked can then depend on the day itself.
    """
    return day.latest_of(first_days(names))


@cache
def schema_on(name: str, day: date) -> Schema:
    """Return a packaged schema with only the subschemas in force on `day`. Callers must not change it."""
    whole = schema(name)
    kept = _kept(whole, day.isoformat())
    assert isinstance(kept, dict)  # noqa: S101 - a packaged schema is an object
    return kept


def _kept(node: Any, day: str) -> Any:
    if isinstance(node, dict):
        return {key: _kept(value, day) for key, value in node.items()}
    if isinstance(node, list):
        return [_kept(item, day) for item in node if _in_force(item, day)]
    return node


def _in_force(node: Any, day: str) -> bool:
    return not isinstance(node, dict) or node.get("x-from", "") <= day <= node.get("x-until", "9999-12-31")


# Of our own: verdicts must not depend on what else is installed.
def is_date(value: Any) -> bool:
    """Tell whether a text is a calendar date written `2016-10-31` (RFC 3339 full-date); other types are not judged."""
    if not isinstance(value, str):
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
