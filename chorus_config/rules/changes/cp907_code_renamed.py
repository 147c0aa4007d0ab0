"""CP907: the code of a service is renamed in place.

A service is gone, and another with the same label appears under a new code. Labels are compared without regard to
case or runs of blanks.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("Service code renamed"),
    why=_(
        "For the portal this is one service lost and another one made: suppliers who know the old code are rejected at the "
        "entrance."
    ),
    source=_(
        "AGEDI, knowledge base, sheet 2166: « inconnu ou inactif dans Chorus Pro »; DGFiP and AIFE, external "
        "specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro file v1.0, p. 19 and 22-24 "
        "(REJ_ADR, ERREUR_ROUTAGE); general file, p. 40 and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "": _("The service {value} comes back as {renamed_to} with the same label: a code that does not change is expected"),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "The service {value} comes back as {renamed_to} with the same label: a code that does not change is "
                "expected, since invoices to {address} will come back to their suppliers as « 213 Rejetée » (REJ_ADR) "
                "or 221 (ERREUR_ROUTAGE)"
            ),
        },
        remedies={
            "": _(
                "Write the code {value} again. If another is needed, add it as a second service, which platforms may see "
                "from the next day on, and keep the first until no supplier uses it; then write `actif: false`."
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_(
        "Write the code {value} again. If another is needed, add it as a second service and keep the first until no supplier "
        "uses it; then write `actif: false`."
    ),
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
  - code: "TECHNIQUE"
    libelle: "Services techniques"
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
""",
        after="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
  - code: "TECHNIQUE"
    libelle: "Services techniques"
""",
    ),
    about="changement",
)
