"""CP701: the legal commitment number is made mandatory on a Hélios sheet.

The guide advises against it: every invoice without the number is rejected at the entrance.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("Legal commitment number mandatory on a Hélios sheet"),
    why=_(
        "Every invoice without the number is rejected at the entrance, and the supplier must send a new one. "
        "A body may begin without it, and require it once every order carries its number."
    ),
    source=_(
        "guide 2016, « Paramètres » block: « Non conseillé »; DGFiP, « Les paramétrages possibles dans Chorus Pro »; "
        "DGFiP and AIFE, external specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro file v1.0, "
        "p. 22-24 and 45 (REJ_CONT_B2G); general file, p. 40 and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "": _("« Le numéro d’engagement juridique doit être renseigné » is ticked on a Hélios sheet: an empty box is expected"),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "« Le numéro d’engagement juridique doit être renseigné » is ticked on a Hélios sheet: an empty box is "
                "expected, since invoices without the number come back to their suppliers as « 213 Rejetée » "
                "(REJ_CONT_B2G)"
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_(
        "Write `engagement_juridique_obligatoire: false`. If every supplier already gives the number, say so in a waiver."
    ),
    fails="""\
parametres:
  engagement_juridique_obligatoire: true
""",
    passes="""\
parametres:
  engagement_juridique_obligatoire: false
""",
)
