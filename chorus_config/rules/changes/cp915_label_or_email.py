"""CP915: the label or the e-mail address of the structure changes.

The one is what suppliers search for, the other where notices go.
"""

from __future__ import annotations

from chorus_config.i18n.mark import _
from chorus_config.model.rule import RuleTexts

TEXTS = RuleTexts(
    title=_("Label or e-mail address of the structure changed"),
    why=_(
        "Suppliers who search for the old label no longer find the structure, and notices go to a mailbox that perhaps nobody "
        "reads yet."
    ),
    source=_("guide 2016, « Information générale » block"),
    messages={
        "label": _("« {label} » becomes {value}: suppliers will search the directory for it"),
        "mailbox": _("« {label} » becomes {value}: notices will go there"),
    },
    remedy=_("Tell the suppliers who know the old label."),
    remedies={
        "mailbox": _("Make sure that somebody reads the new mailbox before the change is entered."),
    },
    fails="""\
address: "21169999600016"
identifiant: "21169999600016"
kind: structure
key: null
op: update
before:
  identifiant: "21169999600016"
  libelle: "Mairie de Valmont"
after:
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
fields:
  /libelle:
    before: "Mairie de Valmont"
    after: "Commune de Valmont"
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
address: "21169999600016"
identifiant: "21169999600016"
kind: structure
key: null
op: update
before:
  identifiant: "21169999600016"
after:
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
fields:
  /libelle:
    before: null
    after: "Commune de Valmont"
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
