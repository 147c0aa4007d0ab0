"""CP303: a BIC has not the form of one.

Four letters for the bank, two for a country that exists, two signs for the place, then three for the branch or
nothing. The BIC itself is never shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import entries, text_in
from chorus_config.rules.judges.checksums import bic_holds

TEXTS = RuleTexts(
    title=_("Form of the BIC"),
    why=_("A BIC that names no bank can have the payment refused or delayed."),
    source=_("ISO 9362 (BIC)"),
    messages={
        "": _(
            "This is not a BIC: 8 or 11 capitals and digits are expected, those in fifth and sixth place being the country's"
        ),
    },
    remedy=_("Copy the BIC from the bank's own document (RIB), in capitals and without blanks, or delete the key."),
    fails="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie"
    bic: "BDFEFRP"
""",
    passes="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie"
    bic: "BDFEFRPPCCT"
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each BIC of a sheet that has not the form of one; the fault does not carry it."""
    for index, account in entries(body, "coordonnees_bancaires"):
        bic = text_in(account, "bic")
        if bic is not None and not bic_holds(bic):
            yield Fault("CP303", ("coordonnees_bancaires", index, "bic"))
