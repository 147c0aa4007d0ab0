"""CP905: the principal manager changes by an edit of the sheet.

A role edited from or to GESTIONNAIRE_PRINCIPAL, or a user with that role added or removed: the same swap in other
words. The role passes by a transfer on the portal, or by support when its holder is gone.
"""

from __future__ import annotations

from chorus_config.i18n.mark import _
from chorus_config.model.rule import RuleTexts

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
        "Have the present principal manager transfer the role on the portal or, if they are gone, ask Chorus Pro support; then"
        " accept the change with that as the reason."
    ),
    fails="""\
address: "21169999600016/utilisateurs/compta"
identifiant: "21169999600016"
kind: utilisateur
key: "compta"
op: update
before:
  ref: "compta"
  role: UTILISATEUR_SIMPLE
after:
  ref: "compta"
  role: GESTIONNAIRE_PRINCIPAL
fields:
  /role:
    before: UTILISATEUR_SIMPLE
    after: GESTIONNAIRE_PRINCIPAL
context:
  as_of: "2026-11-23"
  known: true
  list_managed: true
  public: true
  same_file_as: null
  replaced: false
  renamed_to: null
""",
    passes="""\
address: "21169999600016/utilisateurs/compta"
identifiant: "21169999600016"
kind: utilisateur
key: "compta"
op: update
before:
  ref: "compta"
  role: GESTIONNAIRE_SECONDAIRE
after:
  ref: "compta"
  role: UTILISATEUR_SIMPLE
fields:
  /role:
    before: GESTIONNAIRE_SECONDAIRE
    after: UTILISATEUR_SIMPLE
context:
  as_of: "2026-11-23"
  known: true
  list_managed: true
  public: true
  same_file_as: null
  replaced: false
  renamed_to: null
""",
    about="changement",
)
