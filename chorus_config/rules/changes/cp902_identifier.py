"""CP902: the identifier of a sheet, or its type, is changed in place.

Another SIRET is another sheet: it is written in a new file that says `remplace`. The rule is never accepted.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Identifier changed in place"),
    why=_(
        "The portal never edits a SIRET: the old sheet is deactivated and another is made (for a local body, by "
        "whoever feeds its sheet: ask the public accountant), without the billing mandate, the technical account and "
        "the connection. A change in place would leave all of that forgotten."
    ),
    source=_("AIFE, news of communaute.chorus-pro.gouv.fr: change of SIRET"),
    messages={
        "identifiant": _("The identifier changes in the same file: a new sheet with `remplace` is expected"),
        "type": _("The type of identifier changes in place: a new sheet with `remplace` is expected"),
    },
    remedy=_("Restore this sheet, and write the new SIRET in another file whose `remplace` names the old one."),
    fails=ChangeExample(
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
