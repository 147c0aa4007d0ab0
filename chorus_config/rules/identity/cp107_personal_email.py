"""CP107: the e-mail address of the structure is at a personal provider.

A functional mailbox, at the structure's own name or at its shared-service body's, outlives the people who read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import block, text_in
from chorus_config.rules.judges.mailbox import is_valid

# Providers under one name, then those under a name in every country.
_PROVIDERS: Final = {
    "9online.fr", "aliceadsl.fr", "aol.com", "aol.fr", "bbox.fr", "cegetel.net", "club-internet.fr", "free.fr",
    "gmail.com", "googlemail.com", "icloud.com", "laposte.net", "libertysurf.fr", "mac.com", "mail.com", "mailo.com",
    "me.com", "msn.com", "neuf.fr", "noos.fr", "numericable.fr", "orange.fr", "proton.me", "protonmail.com",
    "rocketmail.com", "sfr.fr", "tele2.fr", "tiscali.fr", "tutanota.com", "voila.fr", "wanadoo.fr", "yandex.com",
    "ymail.com", "zoho.com",
}  # fmt: skip
_EVERYWHERE: Final = frozenset({"gmx", "hotmail", "live", "outlook", "yahoo"})
_SECOND_LEVELS: Final = frozenset({"co", "com"})

TEXTS = RuleTexts(
    title=_("E-mail address at a personal provider"),
    why=_(
        "A personal mailbox leaves with its owner: what suppliers and support write then reaches somebody who has "
        "left, or nobody."
    ),
    source=_("project advice"),
    messages={
        "": _(
            "{value} is at a personal provider: a mailbox of the structure, such as « factures@valmont.example », is expected"
        ),
    },
    remedy=_("Write a mailbox that several people of the structure read; the shared-service body can often open one."),
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "mairie.valmont@orange.fr"
""",
    passes="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "mairie@valmont.example"
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at the valid e-mail address of a sheet that a personal provider gave."""
    address = text_in(block(body, "informations_generales"), "adresse_electronique")
    if address is not None and _is_personal(address.rpartition("@")[2].lower()) and is_valid(address):
        yield Fault("CP107", ("informations_generales", "adresse_electronique"), args={"value": address})


def _is_personal(domain: str) -> bool:
    if domain in _PROVIDERS:
        return True
    name, *rest = domain.split(".")
    return name in _EVERYWHERE and (len(rest) == 1 or (len(rest) == 2 and rest[0] in _SECOND_LEVELS))
