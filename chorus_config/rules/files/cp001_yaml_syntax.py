"""CP001: the file is not valid YAML.

Reading stops at the fault, and nothing else in the file is checked. The fault is often on the line before the
one shown: a quotation mark left open, a colon too many, a key out of line.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("YAML syntax"),
    why=_(
        "A file that cannot be read is not checked at all: none of its values is compared, planned or entered on the portal."
    ),
    source=_("YAML 1.2.2"),
    messages={
        "": _("Syntax error: {problem}"),
        "complex": _("A key is itself a block or a list: a word followed by a colon is expected"),
    },
    remedy=_("Correct the line shown; if it looks right, the cause is on the line before."),
    fails="""\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont
  adresse_electronique: "factures@valmont.example"
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
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
