"""CP802: the account does not receive notifications.

The guide asks that the box be ticked. In force until 20 February 2023: the portal of today has a list of applications in
its place (CP805). A waiver is possible, for instance when another account watches the
same sheets.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Notifications switched off"),
    why=_("Nobody is told that an invoice is waiting, while its deposit date already starts the payment period."),
    source=_("guide 2016, « Mes paramètres » block: « Assurez-vous que la case Recevoir des notifications soit bien cochée »"),
    messages={"": _("« Recevoir des notifications » is not ticked: a ticked box is expected")},
    remedy=_("Write `recevoir_notifications: true`."),
    fails="""\
parametres:
  langue: "Français"
  recevoir_notifications: false
""",
    passes="""\
parametres:
  langue: "Français"
  recevoir_notifications: true
""",
    about="compte-utilisateur",
)
