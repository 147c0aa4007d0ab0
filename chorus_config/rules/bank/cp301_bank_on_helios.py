"""CP301: a Hélios sheet holds bank details.

They serve only a structure that deposits invoices itself, directly in Chorus Pro: a régie that bills public
bodies.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Bank details on a Hélios sheet"),
    why=_(
        "They serve nothing when invoices are issued from Hélios, and are one more thing that a fraudster may want to change."
    ),
    source=_("guide 2016, « Coordonnées bancaires » block: « hors hélios »"),
    messages={
        "": _("Bank details on a Hélios sheet: none are expected unless a régie deposits its invoices directly in Chorus Pro"),
    },
    remedy=_("Remove them, or write `depot_factures_hors_helios: true` if a régie bills public bodies directly in Chorus Pro."),
    fails="""\
coordonnees_bancaires:
  - libelle: "Régie"
""",
    passes="""\
depot_factures_hors_helios: true
coordonnees_bancaires:
  - libelle: "Régie"
""",
)
