"""CP305: two bank accounts of one sheet share their label.

The label is the address of a bank account in plans: two accounts under one label cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import repeated

TEXTS = RuleTexts(
    title=_("Bank account labels are unique"),
    why=_("A change meant for one account could be entered on the other, and money would follow."),
    source=_("project advice"),
    messages={
        "": _("The bank account label {value} is written twice"),
        "first": _("first written here"),
    },
    remedy=_("Give each bank account a label of its own."),
    fails="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie"
  - libelle: "Régie"
""",
    passes="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie eau"
  - libelle: "Régie camping"
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterable[Fault]:
    """Yield a fault at each bank account label that an earlier entry has already."""
    return repeated("CP305", body, "coordonnees_bancaires", "libelle")
