"""CP504: works invoices pass by a project owner (MOA), and the space « Factures de travaux » is not open.

In force until 20 February 2023, for the portal that had spaces. Without `espaces` on the sheet, nothing is known of
what is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import block, words

LAST_DAY: Final = date(2023, 2, 20)

_WORKS: Final = "factures de travaux"

TEXTS = RuleTexts(
    title=_("Project owner (MOA) without « Factures de travaux »"),
    why=_("Every party to a works contract needs this space: without it, works invoices cannot be handled here."),
    source=_("weka.fr, article 94695, and the portal's knowledge base on works invoices"),
    messages={
        "": _("« {label} » is ticked, but `espaces` lacks « Factures de travaux »: it is expected there"),
    },
    remedy=_("Add « Factures de travaux » to `espaces`, and give it to the users who follow the works."),
    fails="""\
espaces: []
parametres:
  structure_avec_moa: true
""",
    passes="""\
espaces: ["Factures de travaux"]
parametres:
  structure_avec_moa: true
""",
)


def check(body: dict[str, Any], context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at the first box of a sheet that brings in a project owner, when the sheet lacks their space."""
    if not isinstance(body.get("espaces"), list) or context.day > LAST_DAY:
        return
    if any(name.casefold() == _WORKS for _index, name in words(body, "espaces")):
        return
    flags = block(body, "parametres")
    for flag in ("structure_avec_moa", "moa_uniquement"):
        if flags.get(flag) is True:
            yield Fault("CP504", ("parametres", flag))
            return
