"""CP604: a user is a secondary manager, a role that the portal no longer has.

In force from 21 February 2023, when the current portal opened; the profile « Organisation modification » took
its place.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Secondary manager, gone from the portal"),
    why=_("The role cannot be given any more: whoever relies on it may find on the day that nobody else can change the sheet."),
    source=_(
        "AIFE, « Évolution des rôles d'utilisateurs »; date: AIFE, « Point de situation suite à la mise en place du "
        "nouveau portail de services Chorus Pro »"
    ),
    messages={
        "": _(
            "GESTIONNAIRE_SECONDAIRE is gone from the portal since 21 February 2023: UTILISATEUR with "
            "« Organisation modification » is expected"
        ),
    },
    remedy=_('Write `role: UTILISATEUR` and `habilitations: ["Organisation modification"]`.'),
    fails="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: GESTIONNAIRE_SECONDAIRE
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
