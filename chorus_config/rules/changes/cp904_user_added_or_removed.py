"""CP904: a user is added to a known sheet, or removed from it.

Accounts and attachments are made elsewhere; until the portal of 21 February 2023 only the role could be edited on
a sheet, hence an error until then and a warning since. A first record, or a list that was not managed, adds nobody.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import Later, RuleTexts

TEXTS = RuleTexts(
    title=_("User added to or removed from a known sheet"),
    why=_(
        "Accounts and attachments are not made from the sheet: a user who is only added here has no access and their invoices "
        "wait; one who is only removed here keeps their access."
    ),
    source=_(
        "guide 2016, « Utilisateurs rattachés à la structure » block: « Seul le Rôle peut être modifié »; AIFE, « Administrer "
        "les structures publiques et les comptes utilisateurs »"
    ),
    messages={
        "added": _("The user {entry} is added: an account attached to the structure is expected first"),
        "removed": _("The user {entry} is removed: the end of their attachment is expected first"),
    },
    remedy=_(
        "Hélios supplies accounts and attachments, and the portal only lets the role be changed: ask the public accountant "
        "(comptable public) to have the user attached, or Chorus Pro support outside Hélios. Then accept the change with that "
        "as the reason."
    ),
    remedies={
        "removed": _(
            "Hélios supplies accounts and attachments, and the portal only lets the role be changed: ask the public accountant "
            "(comptable public) to have the attachment ended, or Chorus Pro support outside Hélios. Then accept the change "
            "with that as the reason."
        ),
    },
    later=Later(
        "2023-02-21",
        remedies={
            "": _(
                "Have the principal manager attach the user's account to the structure on the portal. Simple users create "
                "their account there themselves; that of a manager of a local body is asked of the public accountant "
                "(comptable public)."
            ),
            "removed": _("Have the principal manager detach the user on the portal; their account stays."),
        },
    ),
    fails=ChangeExample(
        before="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
""",
        after="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR_SIMPLE
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
