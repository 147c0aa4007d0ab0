"""CP304: an IBAN is written in the sheet.

It is masked in everything shown, but the file itself is read by all who read the repository.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("IBAN in the repository"),
    why=_(
        "All who read the repository read the IBAN, and its history keeps it; whoever changes it unnoticed diverts payments."
    ),
    source=_("project advice"),
    messages={"": _("The sheet holds an IBAN: whoever can change it can divert payments")},
    remedy=_(
        "Restrict access to the repository and have every change checked with the holder of the account, or "
        "leave the IBAN out of the sheet: the portal's is then left as it is."
    ),
    fails="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie"
    iban: "FR7630006000011234567890189"
""",
    passes="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie"
""",
)
