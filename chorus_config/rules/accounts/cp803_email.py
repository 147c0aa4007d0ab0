"""CP803: the contact e-mail address of an account is blank or not valid.

It is not the login: every notification goes there. Its form alone is judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import block, is_blank
from chorus_config.rules.judges.mailbox import is_valid

TEXTS = RuleTexts(
    title=_("Valid contact address of the account"),
    why=_("All notifications go to this address: if it can receive none, an invoice waits and nobody knows."),
    source=_("guide 2016, « Mes informations personnelles » block: « que l'adresse électronique soit toujours valide »"),
    messages={
        "": _("« {label} » is {value}: a valid address such as « factures@valmont.example » is expected"),
        "blank": _("« {label} » is blank: a valid address such as « factures@valmont.example » is expected"),
    },
    remedy=_("Write one address, without blanks or a name around it."),
    remedies={"blank": _("Write an address that somebody reads every day.")},
    fails="""\
informations_personnelles:
  adresse_electronique_contact: "dgs@valmont"
  nom: "MARTIN"
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


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at the contact address of an account that mail cannot reach; a missing one is CP008's."""
    address = block(body, "informations_personnelles").get("adresse_electronique_contact")
    if isinstance(address, str) and not is_valid(address):
        case = "blank" if is_blank(address) else ""
        yield Fault("CP803", ("informations_personnelles", "adresse_electronique_contact"), case, args={"value": address})
