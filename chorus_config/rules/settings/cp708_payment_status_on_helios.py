"""CP708: a Hélios sheet withholds the status « Mise en paiement » from suppliers.

The guide says that bodies attached to Hélios are not concerned by this box.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("« Mise en paiement » withheld on a Hélios sheet"),
    why=_("Hélios sends this status back by itself: on its sheets the box is of no use."),
    source=_(
        "guide 2016, « Paramètres » block: « Collectivités rattachées à Hélios non concernées »; DGFiP and AIFE, "
        "external specifications of electronic invoicing v3.1 (31 October 2025), annex 3, DT-4-13-6, and Chorus Pro "
        "file v1.0, p. 45 (status 211); general file, p. 40 and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "": _(
            "The box that withholds « Mise en paiement » from suppliers is ticked on a Hélios sheet: an empty box is expected"
        ),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "The box that withholds « Mise en paiement » from suppliers is ticked on a Hélios sheet: an empty box "
                "is expected, since the platforms of suppliers get no « 211 Paiement transmis » otherwise"
            ),
        },
        why=(
            _(
                "Ticked, the box says in the national directory that the structure does not manage payment statuses: "
                "suppliers' platforms then get no « 211 Paiement transmis »."
            ),
            WHEN_SEEN,
        ),
    ),
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
