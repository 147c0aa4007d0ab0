"""CP905: the principal manager changes by an edit of the sheet.

A role edited from or to GESTIONNAIRE_PRINCIPAL, or a user with that role added or removed: the same swap in other
words. The role passes by a transfer on the portal, or by support when its holder is gone.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Principal manager changed in the sheet"),
    why=_(
        "The role passes by a transfer on the portal, never by an edit: until then, requests for attachment wait for somebody "
        "who is no longer there, and the person named here can set up nothing."
    ),
    source=_("inferred; AIFE, « Administrer les structures et les utilisateurs »"),
    messages={
        "given": _("{entry} becomes the principal manager: a transfer of the role is expected"),
        "taken": _("{entry} is the principal manager no more: a transfer of the role is expected"),
        "added": _("{entry} is added as the principal manager: a transfer of the role is expected"),
        "removed": _("The principal manager, {entry}, is removed: a transfer of the role is expected"),
    },
    remedy=_(
        "Have the present principal manager transfer the role on the portal or, if they are gone, ask Chorus Pro support "
        "(`chorus-config letter principal` writes the request); then accept the change with that as the reason."
    ),
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
    role: UTILISATEUR_SIMPLE
  - ref: "compta"
    role: GESTIONNAIRE_PRINCIPAL
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
