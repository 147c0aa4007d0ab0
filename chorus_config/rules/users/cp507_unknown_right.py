"""CP507: a habilitation that no source of this program names.

AIFE published no list that could be read; « Organisation modification » is known. Capitals do not matter.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Habilitation that no source names"),
    why=_(
        "Under another name than the portal's, nobody finds it there when it is to be given; and other rules do not see what "
        "the user may do."
    ),
    source=_(
        "AIFE, « Évolution des rôles d'utilisateurs » and « Gérer les structures », which name « Organisation modification »; "
        "the whole list is not verified"
    ),
    messages={
        "": _("The habilitation is {value}, which no source names: the name as the portal shows it is expected"),
        "near": _("The habilitation is {value}: « Organisation modification » is probably meant"),
    },
    remedy=_("Compare it with the list that the portal shows; if it is there under this name, leave it so."),
    remedies={"near": _('Write: `- "Organisation modification"`.')},
    fails="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR
    habilitations: ["Organisation modification", "Factures"]
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
