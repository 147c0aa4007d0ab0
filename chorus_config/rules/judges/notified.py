"""Whether the person of an account is notified of invoices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from chorus_config.rules.judges.body import block

APPLICATIONS: Final = ("FACTURATION_CPRO", "ENGAGEMENTS", "CERTIFICATS_DE_CESSIBILITE")
_INVOICES: Final = APPLICATIONS[0]


def is_notified(body: Mapping[str, Any]) -> bool | None:
    """Tell whether the person of an account is notified of invoices, by its list or, without one, by the box of before.

    None where that is not known: nothing is written, or something that is neither.
    """
    settings = block(dict(body), "parametres")
    if "notifications" not in settings:
        ticked = settings.get("recevoir_notifications")
        return ticked if isinstance(ticked, bool) else None
    listed = settings["notifications"]
    if not isinstance(listed, list):
        return None
    if _INVOICES in listed:
        return True
    return False if all(one in APPLICATIONS for one in listed) else None
