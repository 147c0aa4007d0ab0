"""CP914: an EDI box is ticked or unticked.

Three boxes are concerned: life cycles by EDI, emitter of EDI flows, data received by EDI. A box that was not known
and stays empty switches nothing.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("EDI box ticked or unticked"),
    why=_(
        "What is received by EDI or API, or sent, then takes another way: unless the connection follows on the same "
        "day, invoices or their statuses stop reaching the finance software, or leaving it."
    ),
    source=_("guide 2016, « Paramètres » block: « automatisation via connecteur »; inferred"),
    messages={
        "on": _("« {label} » is ticked: a connection that is ready on the same day is expected"),
        "off": _("« {label} » is unticked: what the connection carried until now will stop coming"),
    },
    remedy=_(
        "Agree on the day with whoever runs the connection (software vendor, operator); until then, leave the box as it was. "
        "A body at Hélios issues its invoices through Hélios (PES ASAP), without the box of an emitter."
    ),
    fails=ChangeExample(
        before="""\
raccordement:
  mode: EDI
parametres:
  reception_donnees_edi: true
""",
        after="""\
raccordement:
  mode: EDI
parametres:
  reception_donnees_edi: false
""",
    ),
    passes=ChangeExample(
        before="""\
parametres:
  structure_avec_moa: false
""",
        after="""\
parametres:
  structure_avec_moa: false
  reception_donnees_edi: false
""",
    ),
    about="changement",
)
