"""CP205: a text is longer than the national directory of electronic invoicing allows.

Its limits are 255 characters for a line of address and a town, 100 for the name of a service.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Longer than the national directory allows"),
    why=_(
        "The national directory of electronic invoicing is fed by the sheets, addresses and services included: beyond"
        " its lengths, a text may be cut or refused."
    ),
    source=_(
        "DGFiP, external specifications of electronic invoicing v3.1 (31 October 2025), annex 3 (format of the "
        "directory, V1.7), DT-4-9, DT-5-4, DT-5-5, DT-5-9"
    ),
    messages={"": _("« {label} » has {length} characters: {limit} at most are expected")},
    remedy=_("Shorten the text; the end of an address can go to `complement_1`."),
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques, de la voirie, des espaces verts, du patrimoine bâti et des réseaux de la
      commune nouvelle de Valmont-sur-Charente"
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
""",
)
