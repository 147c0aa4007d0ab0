"""CP404: a service has no label, or a blank one.

The label is the name under which suppliers see the service.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Service without a label"),
    why=_(
        "The supplier picks the service by its name: without one the choice is made blindly, and the invoice "
        "reaches the wrong desk."
    ),
    source=_("AIFE, API « input-structure-service-generalities »"),
    messages={
        "missing": _("{parent} has no `libelle`: the name of the service is expected"),
        "blank": _("The label of the service is blank: its name is expected"),
    },
    remedy=_("Write the name that suppliers know, such as `{example}`."),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
""",
)
