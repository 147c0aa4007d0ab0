"""CP103: a public structure is identified otherwise than by its SIRET.

The other types of identifier are for private recipients and suppliers.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Public structure without a SIRET"),
    why=_("A public body receives its invoices under its SIRET only: sent to another identifier, they find no recipient."),
    source=_("AIFE, CPPFacturePivot V2.02: the type of a public debtor is 1, SIRET"),
    messages={"": _("A public structure is identified by {value}: SIRET is expected")},
    remedy=_("Write `type_identifiant: SIRET` and the 14 digits, or `structure_privee: true` if the structure is private."),
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: RIDET
  identifiant: "0123456789"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
""",
    passes="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
""",
)
