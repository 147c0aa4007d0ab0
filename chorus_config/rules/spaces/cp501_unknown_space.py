"""CP501: the name of a space is not one of those known on the portal.

In force until 20 February 2023, for the portal that had spaces. Capitals do not matter. AIFE published no
closed list.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Unknown space"),
    why=_("A space that the portal does not list can be opened neither on the structure nor for its users."),
    source=_(
        "guide 2016, « Espaces » block; names found in AIFE's documentation until 2023 (« Demande de remboursement "
        "TIC »: AIFE, memento « S'inscrire à Chorus Pro », farm professions)"
    ),
    messages={"": _("The space {value} is not known: a name from the portal's list is expected")},
    remedy=_("Copy the name from the « Espaces » block of the portal, such as « Factures de travaux »."),
    fails="""\
espaces: ["Factures travaux"]
""",
    passes="""\
espaces: ["Factures de travaux"]
""",
)
