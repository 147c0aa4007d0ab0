"""CP702: the service code is mandatory, and FACTURES_PUBLIQUES is the only active service.

FACTURES_PUBLIQUES is reserved for invoices between public bodies: a private supplier has no code to give.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Service code mandatory, and no service to name"),
    why=_(
        "FACTURES_PUBLIQUES is reserved for invoices between public bodies: with no other service, every "
        "invoice of a private supplier is rejected."
    ),
    source=_("inferred"),
    messages={
        "": _("The service code is mandatory, but no service is active beside FACTURES_PUBLIQUES: at least one is expected"),
    },
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
