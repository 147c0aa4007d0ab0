"""CP011: one identifiant in two sheets, or one ref in two accounts.

Which of the two is meant cannot be known; nothing is planned for either. Both places are shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.texts.mark import _
from chorus_config.words.census import Census, Elsewhere, Fact, Wide
from chorus_config.words.document import Kind
from chorus_config.words.finding import Fault, Path
from chorus_config.words.rule import RuleTexts

TEXTS = RuleTexts(
    title=_("One sheet per structure, one account per ref"),
    why=_("Two files that describe the same structure contradict each other sooner or later; whichever is entered last wins."),
    source=_("project advice"),
    messages={
        "": _("{value} is already described in {other}"),
        "first": _("described here too"),
    },
    remedy=_("Keep one of the two files, or correct the identifiant (for an account, the ref) of the other."),
    fails='# two files: identifiant: "25160278500015" in both',
    passes='# two files: identifiant: "25160278500015" and identifiant: "25160278500023"',
)

NAMES: dict[Kind, Path] = {
    "fiche-structure": ("informations_generales", "identifiant"),
    "compte-utilisateur": ("ref",),
}


def check(census: Census) -> Iterator[Wide]:
    """Yield a fault in each file whose name an earlier file bears."""
    first: dict[tuple[Kind, str], Fact] = {}
    for fact in census.facts:
        earlier = first.setdefault((fact.kind, fact.owner), fact)
        if earlier is not fact:
            at = NAMES[fact.kind]
            fault = Fault("CP011", at, args={"value": fact.owner, "other": earlier.path})
            yield Wide(fact.path, fact.kind, fact.owner, fault, Elsewhere(earlier.path, earlier.kind, at, "first"))
