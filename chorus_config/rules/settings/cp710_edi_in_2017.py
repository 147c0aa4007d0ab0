"""CP710: data are received by EDI during 2017, the year in which the connector arrives.

The guide gives no day: « courant 2017 ».
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("EDI reception during 2017"),
    why=_(
        "The connector comes in the course of 2017. Ticked too early, the box announces a flow that nothing "
        "carries, and invoices wait."
    ),
    source=_("guide 2016, « Paramètres » block: « Disponible uniquement courant 2017 »"),
    messages={
        "": _(
            "« L’entité peut recevoir des données via EDI » is ticked in 2017: an empty box is expected "
            "until the connector is open"
        ),
    },
    remedy=_("Write `reception_donnees_edi: false` until the operator has confirmed the date."),
    fails="""\
raccordement:
  mode: EDI
parametres:
  reception_donnees_edi: true
""",
    passes="""\
raccordement:
  mode: EDI
parametres:
  reception_donnees_edi: false
""",
)
