"""CP112: two active sheets of one SIREN bear the same libellé.

In the search of the portal they look the same: suppliers pick one at random.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleTexts
from chorus_config.model.project import CrossFileFault, OtherPlace, ProjectIndex, SheetFacts

TEXTS = RuleTexts(
    title=_("Two active sheets of one SIREN share a libellé"),
    why=_(
        "Suppliers who search the portal by name see the same one twice, and send the invoice to the wrong budget. In the "
        "national directory the SIRET and the address still tell them apart."
    ),
    source=_(
        "project advice; guide 2016, « Information générale » block: « ex : Commune de XXX »; DGFiP, external specifications "
        "of electronic invoicing v3.1 (31 October 2025), annex 3, Etablissement block (no libellé)"
    ),
    messages={
        "": _("The libellé {value} is also that of {other}: suppliers cannot tell the two apart"),
        "first": _("the same libellé here"),
    },
    remedy=_("Add the budget to the libellé, such as « Commune de Valmont - Eau »."),
    fails='# 21169999600016.yaml: libelle: "Commune de Valmont"\n# 21169999600024.yaml: libelle: "Commune de Valmont"',
    passes='# 21169999600016.yaml: libelle: "Commune de Valmont"\n# 21169999600024.yaml: libelle: "Commune de Valmont - Eau"',
)

_AT: Final[Path] = ("informations_generales", "libelle")


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault at the libellé of each active sheet that an earlier one of its legal unit bears, case ignored."""
    active = [fact for fact in index.sheets() if fact.active and len(fact.owner) == 14]
    # Of a legal unit with one sheet nothing is looked for: in a great portfolio, that is nearly all of them.
    several = Counter(fact.owner[:9] for fact in active)
    first: dict[tuple[str, str], SheetFacts] = {}
    for fact in active:
        name = " ".join(fact.label.split()).casefold() if several[fact.owner[:9]] > 1 else ""
        if not name:
            continue
        earlier = first.setdefault((fact.owner[:9], name), fact)
        if earlier.owner != fact.owner:
            fault = Fault("CP112", _AT, args={"value": fact.label, "other": earlier.owner})
            yield CrossFileFault(
                fact.path, fact.kind, fact.owner, fault, (OtherPlace(earlier.path, earlier.kind, _AT, "first"),)
            )
