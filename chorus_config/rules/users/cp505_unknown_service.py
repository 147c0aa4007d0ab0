"""CP505: a user is attached to a service that the sheet lacks, or that is inactive.

An inactive service is only told: agents finish its invoices. Codes are compared as written, capitals included. Without
`services` on the sheet, nothing is known of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleContext, RuleTexts
from chorus_config.rules.judges.body import entries, is_guarded, text_in, words

TEXTS = RuleTexts(
    title=_("Service of a user that the sheet lacks"),
    why=_(
        "The user is attached to nothing: of the service that was meant, the principal manager sees the invoices, and not the "
        "person who should handle them."
    ),
    source=_("inferred; guide 2016, rights of the users"),
    messages={
        "": _("The user has the service {value}, which the sheet lacks: the code of an active service is expected"),
        "inactive": _("The user has the service {value}, which is inactive: fine while its last invoices are being finished"),
        "lacking here": _("the services of the sheet"),
        "inactive here": _("the service that is inactive"),
    },
    remedy=_("Correct the code, add the service to `services`, or remove it from the user."),
    remedies={"inactive": _("Remove the service from the user once its invoices are finished.")},
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR
    habilitations: ["Organisation modification"]
    services: ["ST-TECH"]
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR
    habilitations: ["Organisation modification"]
    services: ["ST-TECH"]
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each service of a sheet's users that is not one of its active ones; an inactive one is only told.

    FACTURES_PUBLIQUES missing or inactive is CP401's.
    """
    if not isinstance(body.get("services"), list):
        return
    known, places = _services(body)
    for index, user in entries(body, "utilisateurs"):
        for place, code in words(user, "services"):
            if not known.get(code, False) and not is_guarded(body, code):
                case = "inactive" if code in known else ""
                other: Path = places.get(code, ("services",))
                path: Path = ("utilisateurs", index, "services", place)
                related = ((other, f"{case or 'lacking'} here"),)
                yield Fault("CP505", path, case, args={"value": code}, related=related, level="info" if case else None)


def _services(body: dict[str, Any]) -> tuple[dict[str, bool], dict[str, Path]]:
    """Return whether each service code is active, and where it stands."""
    known: dict[str, bool] = {}
    places: dict[str, Path] = {}
    for number, service in entries(body, "services"):
        code = text_in(service, "code")
        if code is not None:
            places[code] = ("services", number, "code")
            known[code] = known.get(code, False) or service.get("actif", True) is not False
    return known, places
