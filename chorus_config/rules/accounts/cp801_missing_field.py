"""CP801: a field that « Mon Compte » requires is missing or blank.

The starred fields are name, first name, address, postal code, town, country and language.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Required field of the account"),
    why=_(
        "« Mon Compte » stars these fields: as long as one of them is empty, the page is not complete and "
        "the account is not set up."
    ),
    source=_("guide 2016, « Mes informations personnelles » and « Mes paramètres » blocks"),
    messages={
        "missing": _("`{key}` (« {label} ») is missing: « Mon Compte » requires it"),
        "blank": _("« {label} » is blank: « Mon Compte » requires it"),
        "empty": _("{parent} is empty: « Mon Compte » requires {keys}"),
    },
    remedy=_("Write the value that is to appear in « Mon Compte », such as `{example}`."),
    remedies={"empty": _("Write, with the real values: `{whole}`.")},
    fails="""\
informations_personnelles:
  adresse_electronique_contact: "dgs@valmont.example"
  nom: ""
  prenom: "Alix"
""",
    passes="""\
informations_personnelles:
  adresse_electronique_contact: "dgs@valmont.example"
  nom: "MARTIN"
  prenom: "Alix"
""",
    about="compte-utilisateur",
)
