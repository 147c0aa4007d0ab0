"""CP108: the structure is inactive.

The guide shows sheets that Hélios created in this state; each must be active before suppliers send their
invoices. An error with `--ready`.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Inactive structure"),
    why=_("Nobody can deposit an invoice for an inactive structure, however right the rest of the sheet may be."),
    source=_("AIFE, guide « Déposer une facture », 20 October 2017"),
    messages={"": _("« Statut » is INACTIF: ACTIF is expected before suppliers send their invoices")},
    remedy=_("Have the structure activated on the portal and write `statut: ACTIF`."),
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  statut: INACTIF
""",
    passes="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  statut: ACTIF
""",
)
