"""CP910: the sheet of a known structure was deleted, and no other sheet says that it replaces it.

A public structure is never deleted from here. Once the deletion is accepted and applied, the structure is no
longer managed, and nothing changes on the portal.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Sheet of a known structure deleted"),
    why=_("The structure stays on the portal and goes on receiving invoices, while nobody watches its sheet any more."),
    source=_("AIFE, « Demande de création ou de désactivation de structures publiques »"),
    messages={
        "": _("The sheet of a known structure is deleted: it is expected to stay, or another to say `remplace`"),
    },
    remedy=_(
        "Restore the file. If the SIRET changed, write `remplace` in the new sheet; if the structure closes, "
        "ask for its deactivation; to stop managing it only, accept the deletion with a reason."
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
        after="",
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
  identifiant: "21169999600024"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
remplace:
  identifiant: "21169999600016"
  motif: "transfert du siège"
""",
        new_file=True,
    ),
    about="changement",
)
