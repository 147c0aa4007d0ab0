"""CP707: a project owner (MOA) is announced before the portal knows any.

In force until 31 December 2016: the guide has the function delivered at the end of that year.
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
    title=_("Project owner (MOA) before 2017"),
    why=_("The guide says that this function is not available before the end of 2016: nobody can count on what it announces."),
    source=_(
        "guide 2016, « Paramètres » block: « Fonctionnalité non disponible dans la version actuelle de Chorus Pro. "
        "(livraison fin 2016) »"
    ),
    messages={"": _("« {label} » is ticked before 2017: an empty box is expected, the portal does not offer it yet")},
    remedy=_("Write `structure_avec_moa: false`, or correct `date_de_reference` if the current portal is meant."),
    fails="""\
parametres:
  structure_avec_moa: true
""",
    passes="""\
parametres:
  structure_avec_moa: false
""",
)


def check(body: dict[str, Any], context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at the ticked box of a sheet, as long as the portal does not offer it."""
    if block(body, "parametres").get("structure_avec_moa") is True and context.day <= LAST_DAY:
        yield Fault("CP707", ("parametres", "structure_avec_moa"))
