"""CP406: a service code holds a character that the electronic invoicing directory of 2025 refuses.

It takes unaccented letters, digits, hyphen, underscore and slash. The code remains valid in Chorus Pro.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Service code that the 2025 directory refuses"),
    why=_(
        "Service codes become the routing codes of the directory of 2025: one that it refuses will have to "
        "be replaced at every supplier's."
    ),
    source=_("XP Z12-013 (electronic invoicing directory, 2025)"),
    messages={
        "": _("The service code is {value}: only unaccented letters, digits, hyphen, underscore and slash are expected"),
    },
    remedy=_(
        "Choose another code if no supplier uses this one yet; otherwise open a second service, tell the "
        "suppliers, and deactivate the first later."
    ),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST TECH"
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
