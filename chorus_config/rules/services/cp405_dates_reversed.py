"""CP405: a service ends before it begins.

Beginning and ending on one day is allowed: both days count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import day_in, entries, is_guarded

TEXTS = RuleTexts(
    title=_("End date before start date"),
    why=_("There is no day on which this service can be reached: every invoice that names it is rejected."),
    source=_("inferred"),
    messages={"": _("The end date {value} comes before the start date {start}: the same day or a later one is expected")},
    remedy=_("Correct `date_fin` or `date_debut`; the two may have been swapped."),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    date_debut: "2050-12-31"
    date_fin: "2050-01-01"
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    date_debut: "2050-01-01"
    date_fin: "2050-12-31"
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each end date of a sheet's services that comes before the start; FACTURES_PUBLIQUES is CP401's."""
    for index, service in entries(body, "services"):
        start, end = day_in(service, "date_debut"), day_in(service, "date_fin")
        if start is None or end is None or end >= start or is_guarded(body, service.get("code")):
            continue
        dates = {"value": service["date_fin"], "start": service["date_debut"]}
        yield Fault("CP405", ("services", index, "date_fin"), args=dates)
