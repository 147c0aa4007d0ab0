"""CP709: « engagement ou code service » is ticked, and FACTURES_PUBLIQUES is the only active service.

A private supplier then has no service to name, so that the commitment number alone is accepted.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("« Engagement or service code », and no service to name"),
    why=_(
        "The supplier has no choice left: without a service to name, every private invoice without a "
        "commitment number is rejected."
    ),
    source=_(
        "inferred; DGFiP and AIFE, external specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro "
        "file v1.0, p. 22-24 and 45 (REJ_CONT_B2G); general file, p. 40 and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "": _(
            "« Le numéro d’engagement ou le code service est obligatoire » is ticked, but no service is "
            "active beside FACTURES_PUBLIQUES: at least one is expected"
        ),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "« Le numéro d’engagement ou le code service est obligatoire » is ticked, but no service is active "
                "beside FACTURES_PUBLIQUES: at least one is expected, since invoices without a commitment number come "
                "back to their suppliers as « 213 Rejetée » (REJ_CONT_B2G)"
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_("Add an active service, or write `engagement_ou_code_service_obligatoire: false`."),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
parametres:
  engagement_ou_code_service_obligatoire: true
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
parametres:
  engagement_ou_code_service_obligatoire: true
""",
)
