"""CP911: bank details are added, changed or removed on a known sheet.

The account is named by its label; its IBAN and BIC are never shown.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Bank details changed"),
    why=_(
        "Invoices that the structure issues are paid to this account: a change slipped in by a fraudster sends the money to "
        "somebody else."
    ),
    source=_("project advice"),
    messages={
        "added": _("The bank account {entry} is added: a check with its holder is expected"),
        "changed": _("The bank account {entry} changes: a check with its holder is expected"),
        "removed": _("The bank account {entry} is removed: a check with its holder is expected"),
    },
    remedy=_(
        "Call the holder at a number that you already know, not one given with the request, and have a second person read the "
        "change."
    ),
    fails=ChangeExample(
        before="""\
depot_factures_hors_helios: true
coordonnees_bancaires: []
""",
        after="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie"
""",
        entry="coordonnees_bancaires/Régie",
    ),
    passes=ChangeExample(
        before="""\
depot_factures_hors_helios: true
""",
        after="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie"
""",
    ),
    about="changement",
)
