"""CP201: the address, postal code, town or country is written but blank.

It holds for the address of the structure, and for every service that has one of its own.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Blank field in the address"),
    why=_(
        "The address identifies the structure for suppliers and for support: a request about a structure "
        "whose address is not complete is not handled."
    ),
    source=_(
        "guide 2016, « Adresse postale du siège » block; AIFE, « Demande de création ou de désactivation de "
        "structures publiques »"
    ),
    messages={"": _("« {label} » is blank: a value is expected")},
    remedy=_("Write the real value, such as `{example}`; in the address of a service, the line may be deleted instead."),
    fails="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: ""
  pays: "France"
""",
    passes="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
""",
)
