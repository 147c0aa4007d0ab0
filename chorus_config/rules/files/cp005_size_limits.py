"""CP005: the file is larger, deeper or fuller than a sheet can be.

The limits are 256 KiB, 32 levels and 50,000 keys and values a file.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("File too large or too deep"),
    why=_(
        "A sheet takes a few KiB. Beyond the limits the file is something else, or was made to block the check for everybody."
    ),
    source=_("project advice"),
    messages={
        "size": _("The file is larger than {limit} KiB"),
        "depth": _("The blocks are nested more than {limit} levels deep"),
        "nodes": _("The file holds more than {limit} keys and values"),
    },
    remedy=_("Check that this is the right file; write one sheet per file."),
    fails="""\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
espaces: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["Factures de travaux"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
""",
    passes="""\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
""",
)
