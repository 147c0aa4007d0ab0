"""CP906: a service is removed or deactivated.

FACTURES_PUBLIQUES is CP901's affair, a service that comes back under another code CP907's.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("Service removed or deactivated"),
    why=_(
        "Suppliers who go on using its code are rejected at the entrance, and each must send a new invoice under a new number."
    ),
    source=_(
        "AGEDI, knowledge base, sheet 2166: « inconnu ou inactif dans Chorus Pro »; DGFiP and AIFE, external "
        "specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro file v1.0, p. 19 and 22-24 "
        "(REJ_ADR, ERREUR_ROUTAGE); general file, p. 40 and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "removed": _("The service {entry} is removed: invoices addressed to it will be rejected"),
        "deactivated": _("The service {entry} is deactivated: invoices addressed to it will be rejected"),
    },
    later=Later(
        SINCE,
        messages={
            "removed": _(
                "The service {entry} is removed, and its address with it: invoices to {address} will come back to "
                "their suppliers as « 213 Rejetée » (REJ_ADR) or 221 (ERREUR_ROUTAGE)"
            ),
            "deactivated": _(
                "The service {entry} is deactivated, and its address closes: invoices to {address} will come back to "
                "their suppliers as « 213 Rejetée » (REJ_ADR) or 221 (ERREUR_ROUTAGE)"
            ),
        },
        remedies={
            "": _(
                "Tell the suppliers which code to use before this is entered on the portal: platforms may see it from "
                "the next day on. Rather than removing the service, write `actif: false`: it keeps its place and can "
                "come back."
            ),
            "deactivated": _(
                "Tell the suppliers which code to use before this is entered on the portal: platforms may see it from "
                "the next day on. If the service still receives invoices, write `actif: true`."
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_(
        "Tell the suppliers which code to use; rather than removing the service, write `actif: false`: it keeps its place and "
        "can come back."
    ),
    remedies={
        "deactivated": _(
            "Tell the suppliers first which code to use; if the service still receives invoices, write `actif: true`."
        ),
    },
    fails=ChangeExample(
        before="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
""",
        after="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
""",
        entry="services/ST-TECH",
    ),
    passes=ChangeExample(
        before="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    actif: false
""",
        after="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    actif: true
""",
    ),
    about="changement",
)
