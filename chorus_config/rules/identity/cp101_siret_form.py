"""CP101: the SIRET is not made of exactly 14 digits.

Spaces, dots and letters are refused; `fix` removes the spaces.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("SIRET of 14 digits"),
    why=_(
        "The SIRET designates the sheet on the portal and on every invoice: if it is written otherwise, "
        "neither the supplier nor the finance software finds the recipient."
    ),
    source=_("guide 2016, « Information générale » block: « Vérifier le SIRET »; AIFE, CPPFacturePivot V2.02"),
    messages={"": _("The SIRET is {value}: exactly 14 digits are expected, without spaces")},
    remedy=_("Copy the 14 digits from the portal or from Hélios, between double quotes and without spaces."),
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "211 699 996 00016"
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
