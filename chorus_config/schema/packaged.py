"""The schemas that ship with the program: the only ones that are ever read."""

from __future__ import annotations

import json
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
    "worksheet", "confirm", "history", "state", "locks", "apply", "record", "import",
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
