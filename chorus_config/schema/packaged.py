"""The schemas that ship with the program, the only ones that are ever read, and the one format that they use."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

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
