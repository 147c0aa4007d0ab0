"""What a source is asked for, and what it can report at all."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct, field


class Asked(Struct, frozen=True):
    """Which structures a source is asked for: identifiants, and all structures of some SIRENs; without both, all it knows.

    `only`: these alone are meant, also when there are none: a project without a structure is no wish for the whole country.
    `lines`: their electronic invoicing addresses, too, where the source has them.
    """

    identifiants: frozenset[str] = field(default_factory=frozenset)
    sirens: frozenset[str] = field(default_factory=frozenset)
    only: bool = False
    lines: bool = False

    @property
    def everything(self) -> bool:
        """Tell whether nothing in particular is asked for."""
        return not (self.identifiants or self.sirens or self.only)

    def covers(self, identifiant: str) -> bool:
        """Tell whether a structure is asked for."""
        return self.everything or identifiant in self.identifiants or identifiant[:9] in self.sirens

    def concerns(self, number: str) -> bool:
        """Tell whether a SIRET is asked for; a SIREN is, too, where one of its structures is."""
        return self.covers(number) or (len(number) == 9 and any(one.startswith(number) for one in self.identifiants))

    def unanswered(self, known: Collection[str]) -> tuple[str, ...]:
        """Return the identifiants and SIRENs that are asked for, and that none of some `known` structures is of."""
        sirens = self.sirens - {identifiant[:9] for identifiant in known}
        return (*sorted(self.identifiants - {*known}), *sorted(sirens))


class Reported(Struct, frozen=True):
    """A field that a source can report: the group and path of the field (`diff/fields.py`), and what the source calls it.

    `path` "" is the entry of a list itself. `note` is what there is to know of it, a message id, "" for nothing.
    """

    group: str
    path: str
    origin: str
    note: str = ""
