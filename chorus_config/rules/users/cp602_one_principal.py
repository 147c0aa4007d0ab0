"""CP602: the users are listed, and not exactly one of them is the principal manager.

The portal has one principal manager per structure, and speaks of transferring the role.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Exactly one principal manager"),
    why=_(
        "Without a principal manager, requests for attachment stay blocked until support names one; with "
        "two, nobody knows who answers for the sheet."
    ),
    source=_("inferred; AIFE, « Administrer les structures et les utilisateurs »"),
    messages={
        "none": _("No user is GESTIONNAIRE_PRINCIPAL: exactly one is expected"),
        "several": _("Several users are GESTIONNAIRE_PRINCIPAL: exactly one is expected"),
    },
    remedy=_("Write `role: GESTIONNAIRE_PRINCIPAL` for the person who holds the role on the portal, and for no other."),
    fails="""\
utilisateurs:
  - ref: "dgs"
    role: UTILISATEUR
  - ref: "compta"
    role: UTILISATEUR
    habilitations: ["Organisation modification"]
""",
    passes="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR
    habilitations: ["Organisation modification"]
""",
)
