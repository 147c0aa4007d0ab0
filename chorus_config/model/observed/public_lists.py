"""What the public lists that a project keeps say of the structures it is about: small facts, for the rules that compare."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field


class ListedStructure(Struct, frozen=True):
    """What the lists say of one SIRET.

    `listed` says that the list of public structures has it, with the `name` (raison sociale) that stands there, "" for none;
    `active` is what that list says of it, None for nothing. `closed` says that INSEE has closed the establishment. `budget` is
    its name in the list of budgets, "" where it is not in there.
    """

    siret: str
    listed: bool = False
    name: str = ""
    active: bool | None = None
    closed: bool = False
    budget: str = ""


class PublicLists(Struct, frozen=True):
    """What public lists say of the structures of some `sirens`; of all others they were not asked.

    `path` is where they are, as the project file says, `day` that of the oldest of them, None when it is not known. `complete`
    says that a list of all public structures is among them: what it lacks is not there. An excerpt of it may be whole for some
    SIRENs, `whole`: those of which it holds a structure. `problem` says why nothing could be read, "" when it could.
    """

    path: str
    sirens: frozenset[str] = frozenset()
    structures: Mapping[str, ListedStructure] = field(default_factory=dict)
    complete: bool = False
    whole: frozenset[str] = frozenset()
    day: date | None = None
    problem: str = ""

    def of(self, siret: str) -> ListedStructure | None:
        """Return what the lists say of a SIRET that they were asked for; None when they say nothing that counts."""
        if self.problem or siret[:9] not in self.sirens:
            return None
        found = self.structures.get(siret, ListedStructure(siret))
        is_told = found.listed or found.closed or self.complete or siret[:9] in self.whole
        return found if is_told else None
