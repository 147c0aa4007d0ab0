"""CP016: a text that the portal shows on one line holds a line break or a tab, or blanks too many.

Every text of a sheet or an account is concerned but the description of a service; of the project file, its names and
identifiers. A blank at the edge, or two in a row, is a warning.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Line break, tab or blanks too many in a one-line field"),
    why=_(
        "The portal has one line for it: whoever types it in drops what follows, and what suppliers search for is no longer "
        "what the sheet says."
    ),
    source=_("project advice, after the screens of the guide of 2016"),
    messages={
        "": _("« {label} » is {value}: no line break or tab is expected, since the portal shows it on one line"),
        "blanks": _("« {label} » is {value}: no blank is expected at the edges, and never two in a row"),
    },
    remedy=_("Write it on one line, between double quotes."),
    remedies={"blanks": _("Delete the blanks too many.")},
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune\\nde Valmont"
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
