"""What the rules on services share: which one the portal made, and on which days one begins and ends."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from chorus_config.rules.judges.body import block

_FACTURES_PUBLIQUES: Final = "FACTURES_PUBLIQUES"


def is_guarded(body: dict[str, Any], code: object) -> bool:
    """Tell whether CP401 judges this service alone: FACTURES_PUBLIQUES, on a sheet that is not private."""
    return code == _FACTURES_PUBLIQUES and block(body, "informations_generales").get("structure_privee") is not True


def day_in(service: dict[str, Any], key: str) -> date | None:
    """Return the day under `key`, None when what is written is no real day in the form 2016-09-01."""
    text = service.get(key)
    if not isinstance(text, str) or not text.isascii() or len(text) != 10 or not text[4] == text[7] == "-":
        return None
    # Python reads weeks as well: "2016-W01-1".
    if not text.replace("-", "").isdigit():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
