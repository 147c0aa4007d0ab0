"""CP908: a code or a commitment number becomes mandatory, on the structure or for one service.

FACTURES_PUBLIQUES never asks for a commitment number (CP901).
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import ChangeExample, RuleTexts

TEXTS = RuleTexts(
    title=_("Code or commitment number becomes mandatory"),
    why=_(
        "As soon as the box is ticked, every invoice that lacks the information is rejected at the entrance, and the supplier "
        "must send a new one."
    ),
    source=_("guide 2016, « Paramètres » block: « Rend obligatoire »; DGFiP, « Les paramétrages possibles dans Chorus Pro »"),
    messages={
        "": _("« {label} » is ticked: invoices without the information will be rejected"),
        "service": _("The service {entry} will require a commitment number: invoices without it will be rejected"),
    },
    remedy=_("Tell the suppliers first, and give the information on every order; until that is done, leave the box empty."),
    fails=ChangeExample(
        before="""\
parametres:
  code_service_obligatoire: false
""",
        after="""\
parametres:
  code_service_obligatoire: true
""",
    ),
    passes=ChangeExample(
        before="""\
parametres:
  code_service_obligatoire: true
""",
        after="""\
parametres:
  code_service_obligatoire: false
""",
    ),
    about="changement",
)
