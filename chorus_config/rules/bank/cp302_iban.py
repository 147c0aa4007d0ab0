"""CP302: an IBAN has not the form of one, or its digits do not agree with its check digits.

Blanks may stand between the groups, as on paper. The IBAN itself is never shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import entries, text_in
from chorus_config.rules.judges.checksums import has_form_of_iban, iban_holds

TEXTS = RuleTexts(
    title=_("Check digits of the IBAN"),
    why=_("A payment to an IBAN with a wrong digit is refused by the bank, or reaches somebody else's account."),
    source=_("ISO 13616 (IBAN)"),
    messages={
        "": _("This IBAN has wrong check digits, or not the length of its country's: the IBAN that the bank gave is expected"),
        "form": _("This is not an IBAN: two capitals, two digits, then capitals and digits are expected"),
    },
    remedy=_("Copy the IBAN from the bank's own document (RIB), and have the holder of the account confirm it."),
    fails="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie"
    iban: "FR7630006000011234567890188"
""",
    passes="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie"
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each IBAN of a sheet that does not hold; the fault does not carry it."""
    for index, account in entries(body, "coordonnees_bancaires"):
        iban = text_in(account, "iban")
        if iban is None:
            continue
        path = ("coordonnees_bancaires", index, "iban")
        if not has_form_of_iban(iban):
            yield Fault("CP302", path, "form")
        elif not iban_holds(iban):
            yield Fault("CP302", path)
