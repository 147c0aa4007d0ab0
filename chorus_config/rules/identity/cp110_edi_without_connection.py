"""CP110: an EDI box is ticked, and the sheet declares no connection in EDI or API mode.

Three boxes are concerned: life cycles by EDI, emitter of EDI flows, data received by EDI.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("EDI box without a connection"),
    why=_(
        "Without a connection nothing carries the flows: what is received stays on the portal while the finance "
        "software awaits it, and nothing can be sent by EDI or API."
    ),
    source=_(
        "guide 2016, « Paramètres » block: « automatisation via connecteur »; inferred; DGFiP, « L'émission de factures "
        "électroniques grâce au PES ASAP »"
    ),
    messages={
        "": _("« {label} » is ticked, but the sheet declares no connection: EDI or API mode is expected"),
        "also": _("ticked here too"),
    },
    remedy=_(
        "Untick the box (a body at Hélios issues its invoices through Hélios, by PES ASAP), or declare the connection in "
        "`raccordement` once the operator has opened it."
    ),
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  emetteur_flux_edi: true
""",
    passes="""\
raccordement:
  mode: EDI
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  emetteur_flux_edi: true
""",
)
