"""CP912: a user is given the rights of a manager: « Organisation modification », or the former role of secondary manager.

Who has them already is given nothing. Who becomes the principal manager is CP905's affair.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("User becomes a manager"),
    why=_(
        "Whoever has these rights changes the sheet of the structure and manages its users: one tick of theirs can have every "
        "invoice rejected."
    ),
    source=_(
        "AIFE, « Gérer votre structure et ses utilisateurs » and « Évolution des rôles d'utilisateurs »; guide 2016, "
        "« Utilisateurs rattachés à la structure » block: « Paramétrer les structures. Gérer les comptes utilisateurs. »"
    ),
    messages={
        "right": _("{entry} is given « Organisation modification »: they will change the structure and manage its users"),
        "right_added": _(
            "{entry} is added with « Organisation modification »: they will change the structure and manage its users"
        ),
        "given": _("{entry} becomes a secondary manager: they will set up the structure and manage its accounts"),
        "added": _("{entry} is added as a secondary manager: they will set up the structure and manage its accounts"),
    },
    remedy=_("Make sure that the person is meant to have these rights; otherwise take them out of the sheet."),
    fails=ChangeExample(
        before="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR_SIMPLE
""",
        after="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR_SIMPLE
    habilitations: ["Organisation modification"]
""",
        entry="utilisateurs/compta",
    ),
    passes=ChangeExample(
        before="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: GESTIONNAIRE_SECONDAIRE
""",
        after="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR_SIMPLE
    habilitations: ["Organisation modification"]
""",
    ),
    about="changement",
)
