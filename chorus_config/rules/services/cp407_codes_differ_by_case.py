"""CP407: two service codes of one sheet differ by capitals alone.

Whether the portal tells them apart is not documented; people do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Later, Path, RuleContext, RuleTexts
from chorus_config.rules.judges.body import entries, text_in
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("Service codes that differ by capitals alone"),
    why=_("A supplier who copies the code by hand reaches the wrong service, or is rejected."),
    source=_(
        "inferred; DGFiP and AIFE, external specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro "
        "file v1.0, p. 19, 22-24 and 45 (statuses 210 and 213); general file, p. 40 and 45, and annex 7, G1.87 "
        "(national directory)"
    ),
    messages={
        "": _("The service code {value} differs from another by capitals alone: a code of its own is expected"),
        "first": _("the other code is written here"),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "The service code {value} differs from another by capitals alone, and so do their addresses: a code of "
                "its own is expected, since an invoice to the wrong one may come back to its supplier as « 210 Refusée "
                "», or as « 213 Rejetée » (REJ_ADR)"
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_("Before invoices use it, give one of the two another code; otherwise deactivate the one that nobody uses."),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
  - code: "St-Tech"
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


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each service code of a sheet that is an earlier one in other capitals; the very same is CP403's."""
    first: dict[str, Path] = {}
    seen: set[str] = set()
    for index, service in entries(body, "services"):
        code = text_in(service, "code")
        if code is None or code in seen:
            continue
        seen.add(code)
        path: Path = ("services", index, "code")
        other = first.setdefault(code.casefold(), path)
        if other != path:
            yield Fault("CP407", path, args={"value": code}, related=((other, "first"),))
