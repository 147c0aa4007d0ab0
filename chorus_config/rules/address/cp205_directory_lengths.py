"""CP205: a text is longer than the electronic invoicing directory of 2025 allows.

Its limits are 255 characters for a line of address, 100 for a town and for the name of a service.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Longer than the 2025 directory allows"),
    why=_(
        "The directory of 2025 takes over the addresses and services of the sheets: beyond its lengths, a "
        "text may be cut or refused."
    ),
    source=_("XP Z12-013 (electronic invoicing directory, 2025)"),
    messages={"": _("« {label} » has {length} characters: {limit} at most are expected")},
    remedy=_("Shorten the text; the end of an address can go to `complement_1`."),
    fails="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT-SUR-CHARENTE, COMMUNE NOUVELLE ISSUE DE VALMONT, DE SAINT-AUBIN-LES-VIGNES
    ET DE SAINT-MARTIN-DU-CLOCHER"
  pays: "France"
""",
    passes="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT-SUR-CHARENTE"
  pays: "France"
""",
)
