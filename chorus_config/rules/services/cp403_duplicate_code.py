"""CP403: one service code twice in the same sheet.

The code is the service's address on the portal and on every invoice: two services cannot share it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import repeated

TEXTS = RuleTexts(
    title=_("Service codes are unique"),
    why=_("A supplier who writes this code reaches one service or the other, and nobody can tell which."),
    source=_("inferred"),
    messages={
        "": _("The service code {value} is written twice"),
        "first": _("first written here"),
    },
    remedy=_("Give one of the two services another code, or keep only one entry."),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
  - code: "ST-TECH"
    libelle: "Services scolaires"
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
  - code: "SCOLAIRE"
    libelle: "Services scolaires"
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterable[Fault]:
    """Yield a fault at each service code that an earlier entry has already."""
    return repeated("CP403", body, "services", "code")
