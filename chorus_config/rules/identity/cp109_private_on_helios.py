"""CP109: a Hélios sheet says that the structure is private, or a farm management centre.

A body whose accounts are kept in Hélios is neither.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Private structure or farm management centre on a Hélios sheet"),
    why=_(
        "A body whose accounts are kept in Hélios is public. Declared otherwise, it is treated as another kind of "
        "recipient: a farm management centre, for one, has no space « Demande de remboursement TIC »."
    ),
    source=_("inferred; AIFE, memento « S'inscrire à Chorus Pro », farm professions"),
    messages={
        "agricole": _(
            "« La structure est un centre de gestion agricole » is ticked on a Hélios sheet: an empty box is expected"
        ),
        "privee": _("« Structure Privée » is ticked on a Hélios sheet: an empty box is expected"),
    },
    remedy=_("Write `false`, or `comptabilite: autre` if the accounts are not kept in Hélios."),
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  structure_privee: true
""",
    passes="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  structure_privee: false
""",
)
