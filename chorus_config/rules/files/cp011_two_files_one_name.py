"""CP011: one identifiant in two sheets, or one ref in two accounts.

Which of the two is meant cannot be known; nothing is planned for either. Both places are shown. It is told in the file that is
not named after the identifiant, where one is.
"""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleTexts
from chorus_config.model.project import CrossFileFault, FileKind, OtherPlace, ProjectIndex, SheetFacts
from chorus_config.rules.judges.names import NamedFile

TEXTS = RuleTexts(
    title=_("One sheet per structure, one account per ref"),
    why=_("Two files that describe the same structure contradict each other sooner or later; whichever is entered last wins."),
    source=_("project advice"),
    messages={
        "": _("{value} is already described in {other}"),
        "first": _("described here too"),
    },
    remedy=_("Keep one of the two files, or correct the identifiant (for an account, the ref) of the other."),
    fails='# a.yaml: identifiant: "25160278500015"\n# b.yaml: identifiant: "25160278500015"',
    passes='# a.yaml: identifiant: "25160278500015"\n# b.yaml: identifiant: "25160278500023"',
)

NAMES: dict[FileKind, Path] = {
    "fiche-structure": ("informations_generales", "identifiant"),
    "compte-utilisateur": ("ref",),
}


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault in each file whose name another file bears, but for one of them."""
    first: dict[FileKind, dict[str, SheetFacts]] = {kind: {} for kind in NAMES}
    again: dict[tuple[FileKind, str], list[SheetFacts]] = {}
    for fact in index.facts:
        if fact.named:
            earlier = first[fact.kind].setdefault(fact.owner, fact)
            if earlier is not fact:
                again.setdefault((fact.kind, fact.owner), [earlier]).append(fact)
    for facts in sorted(again.values(), key=lambda found: found[0].path):
        # Sorting is stable: of two that are named so, or of none, the first by path is the one.
        kept, *others = sorted(facts, key=lambda fact: NamedFile(fact.path).stem != fact.owner)
        for fact in others:
            at = NAMES[fact.kind]
            fault = Fault("CP011", at, args={"value": fact.owner, "other": kept.path})
            yield CrossFileFault(fact.path, fact.kind, fact.owner, fault, (OtherPlace(kept.path, kept.kind, at, "first"),))
