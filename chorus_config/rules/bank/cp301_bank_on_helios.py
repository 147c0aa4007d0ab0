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
        "They serve nothing when invoices are issued from Hélios, as every body at Hélios must since 1 September "
        "2026, and are one more thing that a fraudster may want to change."
    ),
    source=_(
        "guide 2016, « Coordonnées bancaires » block: « hors hélios »; DGFiP, « L'émission de factures électroniques "
        "grâce au PES ASAP »; external specifications of electronic invoicing v3.1, « Chorus Pro » v1.0 (31 October "
        "2025), § 2.3.3"
    ),
    messages={
        "": _("Bank details on a Hélios sheet: none are expected unless a régie deposits its invoices directly in Chorus Pro"),
    },
    remedy=_(
        "Remove them, or write `depot_factures_hors_helios: true` if a régie bills other public bodies directly in Chorus Pro."
    ),
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
