"""CP706: data are received by EDI before the box is available.

In force until 31 December 2016. For the year that follows, CP710 advises.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import block

LAST_DAY: Final = date(2016, 12, 31)

TEXTS = RuleTexts(
    title=_("EDI reception before 2017"),
    why=_("The guide says that this box is not available before 2017: nobody can count on what it announces."),
    source=_("guide 2016, « Paramètres » block: « Disponible uniquement courant 2017 »"),
    messages={"": _("« {label} » is ticked before 2017: an empty box is expected, the portal does not offer it yet")},
    remedy=_("Write `reception_donnees_edi: false`, or correct `date_de_reference` if the current portal is meant."),
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


def check(body: dict[str, Any], context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at the ticked box of a sheet, as long as it is not available."""
    if block(body, "parametres").get("reception_donnees_edi") is True and context.day <= LAST_DAY:
        yield Fault("CP706", ("parametres", "reception_donnees_edi"))
