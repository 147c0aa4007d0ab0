"""CP104: the label of the structure is blank.

The guide asks for it: it is what suppliers search the directory for.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Blank label"),
    why=_(
        "In the portal, suppliers look for the structure by its label: if it is blank, they do not find it there, and"
        " the invoice goes to another sheet or is not sent."
    ),
    source=_("guide 2016, « Information générale » block: « Renseigner le Libellé de la structure »"),
    messages={
        "": _("« Libellé de la structure » is blank: a name such as « Commune de Valmont » is expected"),
    },
    remedy=_(
        "Write the name under which suppliers look for the structure, budget included if it has several, such as `{example}`."
    ),
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: ""
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
