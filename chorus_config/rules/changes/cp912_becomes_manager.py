"""CP912: a user becomes a secondary manager.

Who becomes the principal manager is CP905's affair.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import ChangeExample, RuleTexts

TEXTS = RuleTexts(
    title=_("User becomes a manager"),
    why=_("A manager sets up the structure and manages its accounts: one tick of theirs can reject every invoice."),
    source=_(
        "guide 2016, « Utilisateurs rattachés à la structure » block: « Paramétrer les structures. Gérer les comptes "
        "utilisateurs. »"
    ),
    messages={
        "given": _("{entry} becomes a secondary manager: they will set up the structure and manage its accounts"),
        "added": _("{entry} is added as a secondary manager: they will set up the structure and manage its accounts"),
    },
    remedy=_("Make sure that the person is meant to have these rights; otherwise write `role: UTILISATEUR_SIMPLE`."),
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
    role: GESTIONNAIRE_SECONDAIRE
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
""",
    ),
    about="changement",
)
