"""CP004: the same key is written twice in a block.

Two spellings of an accented letter count as the same key. A forgotten dash or two sheets in one file repeat several keys at
once: that is told once.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Key written twice"),
    why=_(
        "YAML readers keep the first value or the last without saying so: what is entered on the portal may "
        "be the one that nobody reviewed."
    ),
    source=_("YAML 1.2.2: the keys of a block are unique"),
    messages={
        "": _("`{key}` is already written in this block, line {line}: once is expected"),
        "dash": _("`{key}` is already written in this entry, line {line}: the dash of the next entry is probably missing here"),
        "sheets": _("A second sheet begins here, after the one that begins at line {line}: one sheet per file is expected"),
        "first": _("first written here"),
    },
    remedy=_("Keep the right value and delete the other line."),
    remedies={
        "dash": _("Begin the line with a dash in the column of the others: `- {key}: …`."),
        "sheets": _("Move all from this line on into a file of its own."),
    },
    fails="""\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  libelle: "Mairie de Valmont"
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
