"""CP901: a change removes or alters FACTURES_PUBLIQUES.

Removing, renaming, deactivating or ending it is refused, as is every change of it except towards what CP401
asks. A description, start date or address that is written for the first time notes what the portal shows, and is
only checked there. The rule is never silenced, accepted or forced.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("FACTURES_PUBLIQUES removed or changed"),
    why=_(
        "As soon as the change is entered, invoices between public bodies are rejected, and sending the same "
        "bordereau again causes a second, blocking anomaly."
    ),
    source=_("guide 2016, « Services » block: « Ne surtout pas le modifier / supprimer »; AGEDI, knowledge base, sheet 2166"),
    messages={
        "removed": _("The change removes FACTURES_PUBLIQUES: it is expected to stay"),
        "changed": _("The change alters FACTURES_PUBLIQUES: only a return to its original state is expected"),
    },
    remedy=_("Put the service back in the sheet as it was: active, label « Service des factures publiques », no end date."),
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
  - code: "ST-TECH"
    libelle: "Services techniques"
""",
        entry="services/FACTURES_PUBLIQUES",
    ),
    passes=ChangeExample(
        before="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
    actif: false
""",
        after="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
    actif: true
""",
    ),
    about="changement",
)
