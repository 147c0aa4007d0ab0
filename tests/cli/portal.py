"""What the portal says, in the tests of the commands that look at it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from .desk import SIRET, Desk

NAME: Final = "releve.json"
TAKEN: Final = "2026-10-05T08:30:00Z"
# After whatever the tests write today.
LATER: Final = "2999-01-01T00:00:00Z"
PUBLIC: Final = {"code": "FACTURES_PUBLIQUES", "libelle": "Service des factures publiques", "actif": True}


def general(label: str = "SDITEC", **fields: Any) -> dict[str, Any]:
    """Return a body that reports the libellé and other fields of the general block."""
    return {"informations_generales": {"libelle": label, **fields}}


def document(*rows: tuple[str, Any], **changed: Any) -> dict[str, Any]:
    """Return a snapshot document."""
    records = [{"root": root, "body": body} for root, body in rows]
    made = {"format_version": "1.0", "type": "snapshot", "source": "Lu à l'écran", "taken_at": TAKEN, "records": records}
    return {**made, **changed}


def snapshot(desk: Desk, *bodies: Any, name: str = NAME, **changed: Any) -> Path:
    """Write a snapshot of the first structure (a body) or of others (root, body)."""
    rows = [body if isinstance(body, tuple) else (SIRET, body) for body in bodies]
    return desk.write(name, json.dumps(document(*rows, **changed), ensure_ascii=False))
