"""CP701: the legal commitment number is made mandatory on a Hélios sheet.

The guide advises against it: every invoice without the number is rejected at the entrance.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Legal commitment number mandatory on a Hélios sheet"),
    why=_(
        "Every invoice without the number is rejected at the entrance, and the supplier must send a new one. "
        "A body may begin without it, and require it once every order carries its number."
    ),
    source=_("guide 2016, « Paramètres » block: « Non conseillé »; DGFiP, « Les paramétrages possibles dans Chorus Pro »"),
    messages={
        "": _("« Le numéro d'engagement juridique doit être renseigné » is ticked on a Hélios sheet: an empty box is expected"),
    },
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
