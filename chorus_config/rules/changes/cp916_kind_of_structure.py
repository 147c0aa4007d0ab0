"""CP916: the structure becomes private or public, or begins or ceases to be a farm management centre.

A box that was not known and stays empty changes nothing.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Kind of structure changed"),
    why=_("A public body that is ticked as private, or as a farm management centre, is treated as another kind of recipient."),
    source=_("inferred; AIFE, memento « S'inscrire à Chorus Pro », farm professions"),
    messages={
        "on": _("« {label} » is ticked: an empty box is expected for a public body"),
        "off": _("« {label} » is unticked: a public body is expected"),
    },
    remedy=_("Leave both boxes empty for a local body; for any other, make sure of what it is before the change is entered."),
    fails=ChangeExample(
        before="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  structure_privee: false
""",
        after="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  structure_privee: true
""",
    ),
    passes=ChangeExample(
        before="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
""",
        after="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  structure_privee: false
""",
    ),
    about="changement",
)
