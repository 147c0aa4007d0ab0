"""CP903: the raison sociale written in the sheet differs from the known one.

It is fed by INSEE or Hélios: the sheet holds it as a memo, and no plan ever speaks of it. The difference is told
by `informational_faults` beside the schema of changes, for a memo is no change.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Raison sociale that differs from the known one"),
    why=_(
        "The portal takes this name from INSEE or Hélios: what the sheet says is never entered, and misleads whoever reads it."
    ),
    source=_("inferred; AIFE, « Gérer les structures »"),
    messages={
        "": _("« {label} » is {value}, but {known} is known: a raison sociale is never planned"),
    },
    remedy=_(
        "If the structure has another name, use « Mettre à jour depuis la base INSEE » on the portal; otherwise write the "
        "known name back."
    ),
    fails=ChangeExample(
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
  raison_sociale: "VILLE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
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
""",
    ),
    about="changement",
)
