"""CP912: a user becomes a secondary manager.

Who becomes the principal manager is CP905's affair.
"""

from __future__ import annotations

from chorus_config.i18n.mark import _
from chorus_config.model.rule import RuleTexts

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
  role: GESTIONNAIRE_SECONDAIRE
fields:
  /role:
    before: UTILISATEUR_SIMPLE
    after: GESTIONNAIRE_SECONDAIRE
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
