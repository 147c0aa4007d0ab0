"""CP702: the service code is mandatory, and FACTURES_PUBLIQUES is the only active service.

FACTURES_PUBLIQUES is reserved for invoices between public bodies: a private supplier has no code to give.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("Service code mandatory, and no service to name"),
    why=_(
        "FACTURES_PUBLIQUES is reserved for invoices between public bodies: with no other service, every "
        "invoice of a private supplier is rejected."
    ),
    source=_(
        "inferred; DGFiP and AIFE, external specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro "
        "file v1.0, p. 22-24 and 45 (REJ_CONT_B2G); general file, p. 40 and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "": _("The service code is mandatory, but no service is active beside FACTURES_PUBLIQUES: at least one is expected"),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "The service code is mandatory, but no service is active beside FACTURES_PUBLIQUES: at least one is "
                "expected, since invoices without a code come back to their suppliers as « 213 Rejetée » (REJ_CONT_B2G)"
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_("Add an active service, or write `code_service_obligatoire: false`."),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
parametres:
  code_service_obligatoire: true
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
parametres:
  code_service_obligatoire: true
""",
)
