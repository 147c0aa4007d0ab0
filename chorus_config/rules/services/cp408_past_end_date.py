"""CP408: a service is active, and its end date has passed.

The end date is the last day on which it receives invoices. A service that does not say `actif` is active.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import day_in, entries, is_guarded

TEXTS = RuleTexts(
    title=_("Active service past its end date"),
    why=_("Its box says that it receives invoices, its date that they are rejected: suppliers believe the box."),
    source=_("inferred"),
    messages={"": _("The service is active, but its end date {value} has passed: a later day or `actif: false` is expected")},
    remedy=_(
        "Write `actif: false` if the service is closed; otherwise correct `date_fin`, or delete it here and on the portal."
    ),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    date_fin: "2020-12-31"
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    actif: false
    date_fin: "2020-12-31"
""",
)


def check(body: dict[str, Any], context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each end date of a sheet's active services that has passed.

    FACTURES_PUBLIQUES is CP401's, an end before the start CP405's.
    """
    for index, service in entries(body, "services"):
        start, end = day_in(service, "date_debut"), day_in(service, "date_fin")
        if end is None or end >= context.day or service.get("actif", True) is not True:
            continue
        if (start is None or start <= end) and not is_guarded(body, service.get("code")):
            yield Fault("CP408", ("services", index, "date_fin"), args={"value": service["date_fin"]})
