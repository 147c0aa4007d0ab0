"""CP608: a user has « Organisation modification » on the portal that did not have it yet.

In force before 21 February 2023, when this profile took the place of the secondary manager.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("« Organisation modification » before 21 February 2023"),
    why=_("The profile cannot be given on that portal: the user will not be able to change the sheet."),
    source=_(
        "AIFE, « Évolution des rôles d'utilisateurs »; date: AIFE, « Point de situation suite à la mise en place du "
        "nouveau portail de services Chorus Pro »"
    ),
    messages={
        "": _("« Organisation modification » exists since 21 February 2023 only: GESTIONNAIRE_SECONDAIRE is expected before"),
    },
    remedy=_("Write `role: GESTIONNAIRE_SECONDAIRE`, or correct `date_de_reference` if the current portal is meant."),
    fails="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR_SIMPLE
    habilitations: ["Organisation modification"]
""",
    passes="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: GESTIONNAIRE_SECONDAIRE
""",
)
