"""CP804: a file sets what Hélios or the portal fills in, or holds what gives access to an account.

Attachments, subscriptions, attached documents, dates and the state of the account are not set from here. The
guide allows exceptions for the first two: a waiver records them. A password, a secret question or a login is written in no
file, sheet and project file included: nothing silences that, and the value is never shown.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Account data that are not yours to set"),
    why=_(
        "Hélios supplies attachments and subscriptions, the portal dates and state: set here, they would ask "
        "somebody for an entry that cannot be made, or that undoes what Hélios supplied. A password in a file is known to all "
        "who read the repository, today and in its history."
    ),
    source=_(
        "guide 2016, « Mon Compte »: « n'ont pas (sauf exception) à être modifiés », « Le Bloc Pièces jointes ne vous "
        "concerne pas »"
    ),
    messages={
        "": _("`{key}` is not set here: Hélios or the portal fills it in"),
        "attached": _("`{key}` is not set here: the guide says that this block does not concern you"),
        "secret": _("`{key}` gives access to an account: it is written in no file (its value is not shown here)"),
        "address": _(
            "`{key}` is more than an address: what stands before an @, or after a ? or #, may give access to an account, and "
            "is written in no file (its value is not shown here)"
        ),
    },
    remedy=_("Delete `{key}`; if the exception of the guide applies, record a waiver with its reason."),
    remedies={
        "attached": _("Delete `{key}`."),
        "secret": _(
            "Delete `{key}`; if the file was ever committed or sent, change it on the portal: the history keeps what was "
            "written."
        ),
        "address": _(
            "Write the address alone, such as `{example}`; if the file was ever committed or sent, change the password or "
            "token: the history keeps what was written."
        ),
    },
    fails="""\
parametres:
  langue: "Français"
  recevoir_notifications: true
  etat: "Actif"
""",
    passes="""\
parametres:
  langue: "Français"
  recevoir_notifications: true
""",
    about="compte-utilisateur",
)
