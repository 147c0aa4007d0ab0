"""CP915: the label or the e-mail address of the structure changes.

The one is what suppliers search for, the other where notices go.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Label or e-mail address of the structure changed"),
    why=_(
        "Suppliers who look for the old label in the portal no longer find the structure, and what is written to it "
        "goes to a mailbox that perhaps nobody reads yet."
    ),
    source=_("guide 2016, « Information générale » block"),
    messages={
        "label": _("« {label} » becomes {value}: suppliers will find it under this name in the portal"),
        "mailbox": _("« {label} » becomes {value}: suppliers and support will write there"),
    },
    remedy=_("Tell the suppliers who know the old label."),
    remedies={
        "mailbox": _("Make sure that somebody reads the new mailbox before the change is entered."),
    },
    fails=ChangeExample(
        before="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Mairie de Valmont"
  adresse_electronique: "factures@valmont.example"
""",
        after="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
""",
    ),
    passes=ChangeExample(
        before="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
""",
        after="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Voirie"
""",
    ),
    about="changement",
)
