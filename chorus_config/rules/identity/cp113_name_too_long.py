"""CP113: a name is longer than an invoice to the public sector may hold, from 1 September 2026.

Such an invoice names its buyer in 99 characters at most, the raison sociale and the libellé alike.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Name too long for an invoice"),
    why=_(
        "Since 1 September 2026 an invoice to a public body names it in 99 characters at most: suppliers cannot copy a longer"
        " name as it is, and Chorus Pro rejects the invoice that bears it."
    ),
    source=_(
        "rules BR-FR-CPRO-34 and BR-FR-CPRO-44 of Chorus Pro (names of the buyer; REJ_CONT_B2G), as public invoicing software "
        "applies them; AIFE publishes them in no text that could be read"
    ),
    messages={
        "": _(
            "« {label} » has {length} characters: {limit} at most are expected on an invoice, and one that bears more may come "
            "back to its supplier as « 213 Rejetée » (REJ_CONT_B2G)"
        ),
    },
    remedy=_(
        "Shorten the libellé; the raison sociale is corrected at its source (Hélios or INSEE), and suppliers write it "
        "shortened."
    ),
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune nouvelle de Valmont-sur-Charente, Saint-Aubin-les-Vignes et Saint-Martin-du-Clocher - Eau potable"
  adresse_electronique: "factures@valmont.example"
""",
    passes="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont-sur-Charente - Eau potable"
  adresse_electronique: "factures@valmont.example"
""",
)
