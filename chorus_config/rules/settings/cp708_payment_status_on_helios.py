"""CP708: a Hélios sheet withholds the status « Mise en paiement » from suppliers.

The guide says that bodies attached to Hélios are not concerned by this box.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("« Mise en paiement » withheld on a Hélios sheet"),
    why=_(
        "Hélios sends this status back by itself: the box serves nothing, and lets people believe that suppliers are not told."
    ),
    source=_("guide 2016, « Paramètres » block: « Collectivités rattachées à Hélios non concernées »"),
    messages={
        "": _(
            "The box that withholds « Mise en paiement » from suppliers is ticked on a Hélios sheet: an empty box is expected"
        ),
    },
    remedy=_("Write `mise_en_paiement_non_remontee: false`."),
    fails="""\
parametres:
  mise_en_paiement_non_remontee: true
""",
    passes="""\
parametres:
  mise_en_paiement_non_remontee: false
""",
)
