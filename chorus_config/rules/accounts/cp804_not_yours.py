"""CP804: the account file sets what Hélios or the portal fills in.

Attachments, subscriptions, attached documents, dates and the state of the account are not set from here. The
guide allows exceptions for the first two: a waiver records them.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Account data that are not yours to set"),
    why=_(
        "Hélios supplies attachments and subscriptions, the portal dates and state: set here, they would ask "
        "somebody for an entry that cannot be made, or that undoes what Hélios supplied."
    ),
    source=_("guide 2016, « Mon Compte »: « n'ont pas (sauf exception) à être modifiés »"),
    messages={"": _("`{key}` is not set here: Hélios or the portal fills it in")},
    remedy=_("Delete `{key}`; if the exception of the guide applies, record a waiver with its reason."),
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
