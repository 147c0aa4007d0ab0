"""CP409: the structure demands a commitment number, and services say that they demand none.

The demand of the structure holds for all its invoices; suppliers' software asks for what the service demands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import block, entries, is_guarded

TEXTS = RuleTexts(
    title=_("Commitment demanded by the structure, not by its service"),
    why=_(
        "Suppliers' software reads the service that it invoices: where the service demands no commitment number, the supplier"
        " is asked for none, and the invoice is rejected because the structure demands it."
    ),
    source=_("inferred from what public invoicing software does with both boxes (package pyfrctc 0.24)"),
    messages={
        "": _(
            "The structure demands a commitment number, the service {value} says that it demands none:"
            " `engagement_obligatoire: true` is expected"
        ),
        "several": _(
            "The structure demands a commitment number, the service {value} and {more} more say that they demand none:"
            " `engagement_obligatoire: true` is expected"
        ),
        "demanded": _("the structure demands it here"),
    },
    remedy=_("Write `engagement_obligatoire: true` for each service that suppliers use, or tell them of it on the order."),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    engagement_obligatoire: false
comptabilite: autre
parametres:
  engagement_juridique_obligatoire: true
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    engagement_obligatoire: true
comptabilite: autre
parametres:
  engagement_juridique_obligatoire: true
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield one fault, at the first active service that says `engagement_obligatoire: false` under a structure that demands it.

    FACTURES_PUBLIQUES never demands one (CP401). A service that does not write the box leaves it as it is.
    """
    if block(body, "parametres").get("engagement_juridique_obligatoire") is not True:
        return
    silent = [
        (index, service["code"])
        for index, service in entries(body, "services")
        if service.get("engagement_obligatoire") is False
        and service.get("actif", True) is True
        and isinstance(service.get("code"), str)
        and not is_guarded(body, service["code"])
    ]
    if silent:
        (index, code), more = silent[0], len(silent) - 1
        yield Fault(
            "CP409",
            ("services", index, "engagement_obligatoire"),
            "several" if more else "",
            args={"value": code, "more": more},
            related=((("parametres", "engagement_juridique_obligatoire"), "demanded"),),
        )
