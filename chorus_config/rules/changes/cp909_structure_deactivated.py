"""CP909: the structure is deactivated.

On the portal this is a request, which is examined, not a box to tick.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("Structure deactivated"),
    why=_("No supplier can deposit an invoice for an inactive structure any more."),
    source=_(
        "AIFE, « Demande de création ou de désactivation de structures publiques »; DGFiP and AIFE, external "
        "specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro file v1.0, p. 19 and 22-24 "
        "(REJ_ADR, ERREUR_ROUTAGE); general file, p. 40 and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "": _("The structure becomes inactive: a request for deactivation is expected, no invoice can be deposited afterwards"),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "The structure becomes inactive: a request for deactivation is expected; afterwards all its addresses "
                "are closed, and invoices come back to their suppliers as « 213 Rejetée » (REJ_ADR) or 221 "
                "(ERREUR_ROUTAGE)"
            ),
        },
        remedies={
            "": _(
                "Make the request on the portal once the last invoices are in: platforms may see it from the day after "
                "it is granted; if the structure goes on, write `statut: ACTIF`."
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_("Make the request on the portal once the last invoices are in; if the structure goes on, write `statut: ACTIF`."),
    fails=ChangeExample(
        before="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  statut: ACTIF
""",
        after="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  statut: INACTIF
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
  statut: INACTIF
""",
        after="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  statut: ACTIF
""",
    ),
    about="changement",
)
