"""CP603: nobody beside the principal manager can change the sheet.

A second person has « Organisation modification », or the role of secondary manager until 20 February 2023.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Nobody to stand in for the principal manager"),
    why=_(
        "If the principal manager leaves without handing over, nobody can change the sheet and requests for "
        "attachment wait until support names a successor."
    ),
    source=_("inferred; AIFE, « Ma demande de rattachement est en cours de validation, que faire ? »"),
    messages={
        "": _(
            "Nobody beside the principal manager can change the sheet: a second user with « Organisation modification » is "
            "expected"
        ),
        "secondary": _("Nobody beside the principal manager can change the sheet: a GESTIONNAIRE_SECONDAIRE is expected"),
    },
    remedy=_("Give « Organisation modification » to a second user."),
    remedies={"secondary": _("Give the role GESTIONNAIRE_SECONDAIRE to a second user.")},
    fails="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
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
