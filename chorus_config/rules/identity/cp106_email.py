"""CP106: the e-mail address of the structure is blank or not valid.

Its form alone is judged: whether somebody reads it, nobody can tell from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import block, is_blank
from chorus_config.rules.judges.mailbox import is_valid

TEXTS = RuleTexts(
    title=_("Valid e-mail address of the structure"),
    why=_(
        "The address is shown in the public list of structures: suppliers and support write to it. If it can receive "
        "none, their questions are lost."
    ),
    source=_(
        "guide 2016, « Information générale » block: « Renseigner l'adresse électronique valide »; AIFE, public list "
        "of structures (column « Courriel »)"
    ),
    messages={
        "": _("« {label} » is {value}: a valid address such as « factures@valmont.example » is expected"),
        "blank": _("« {label} » is blank: a valid address such as « factures@valmont.example » is expected"),
    },
    remedy=_("Write one address, without blanks or a name around it."),
    remedies={"blank": _("Write an address that somebody reads every day.")},
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont"
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


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at the e-mail address of a sheet that mail cannot reach; a missing one is CP008's."""
    address = block(body, "informations_generales").get("adresse_electronique")
    if isinstance(address, str) and not is_valid(address):
        case = "blank" if is_blank(address) else ""
        yield Fault("CP106", ("informations_generales", "adresse_electronique"), case, args={"value": address})
