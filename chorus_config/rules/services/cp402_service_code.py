"""CP402: a service code is blank, or longer than 100 characters.

Suppliers copy the code onto their invoices.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Service code blank or too long"),
    why=_(
        "The supplier copies this code onto the invoice. One that cannot be written there is unknown, and "
        "the invoice is rejected."
    ),
    source=_("AIFE, CPPFacturePivot V2.02: 100 characters"),
    messages={
        "blank": _("The service code is blank: 1 to 100 characters are expected"),
        "long": _("The service code has {length} characters: {limit} at most are expected"),
    },
    remedy=_("Write the code that suppliers are to put on their invoices, such as `{example}`."),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: ""
    libelle: "Services techniques"
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
""",
)
