"""CP601: the role of a user is not one of those that a sheet knows.

What is told names the roles of the day that is meant: since 21 February 2023 the portal has two.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Unknown role"),
    why=_("The portal offers no such role: the user would keep the former one, with rights that nobody decided."),
    source=_(
        "guide 2016, « Utilisateurs rattachés à la structure » block: « Seul le Rôle peut être modifié »; since 2023: AIFE, "
        "« Évolution des rôles d'utilisateurs »"
    ),
    messages={
        "": _("The role is {value}: one of the list is expected: {allowed}"),
        "nothing": _("No role is written: one of the list is expected: {allowed}"),
        "near": _("The role is {value}: {suggestion} is expected, or another of the list: {allowed}"),
    },
    remedy=_("Choose one of: {allowed}; whoever only consults invoices has the last of these roles."),
    remedies={"near": _("Write: `{pasted}`.")},
    fails="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: COMPTABLE
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
