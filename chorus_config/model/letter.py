"""Letters: what is asked of the comptable public or of the support, before it has a language and a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, get_args

from msgspec import Struct, field

# To whom: the comptable public of the body, or the support of Chorus Pro.
Recipient = Literal["accountant", "support"]
# What is asked for; each is `engine/letters/<kind>.py`, with `_` for `-`.
LetterKind = Literal["structure", "account", "budget", "public-invoices", "principal", "status", "identity"]
LETTER_KINDS: Final[tuple[LetterKind, ...]] = get_args(LetterKind)

# A day is written in words, in the language of the letter; a message of ours is said in it; a text stands as somebody wrote it.
Value = str | date


class Said(Struct, frozen=True):
    """A sentence before it has a language: its message id with its values; with `many`, the one for `number` is said."""

    message: str
    values: Mapping[str, Value] = field(default_factory=dict)
    many: str = ""
    number: int = 1


class Blank(Struct, frozen=True):
    """What nobody here knows, to be filled in by hand: what belongs there."""

    what: Said


class Row(Struct, frozen=True):
    """A piece of reference data: its label, and its value (several stand below each other); a blank is to be filled in."""

    label: Said
    values: tuple[str | Said | Blank, ...]


class LetterTexts(Struct, frozen=True):
    """The words of one kind of letter, as message ids: of a pair, the second is for several things that are asked for.

    `before` and `after` are not part of the letter: what whoever sends it does first, and once it is answered. `set_up` says
    that it is about setting up, for which a project names a deadline; what is broken is mended as soon as possible.
    """

    subject: str | tuple[str, str]
    paragraphs: tuple[str | tuple[str, str], ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    enclosures: tuple[str | tuple[str, str], ...] = ()
    set_up: bool = True


class LetterCase(Struct, frozen=True):
    """One structure (`root`) for which something is asked, and the numbers of the operations that wait for it.

    `rows` are its reference data beside those that every letter has; `number` counts what is asked for it. `to_check` says that
    nothing shows yet that it has to be asked for: the portal is looked at first. `persons` are the references of the accounts
    that get something by it.
    """

    root: str
    recipient: Recipient
    texts: LetterTexts
    rows: tuple[Row, ...] = ()
    operations: tuple[int, ...] = ()
    number: int = 1
    to_check: bool = False
    persons: tuple[str, ...] = ()


class Sender(Struct, frozen=True):
    """Whoever signs: the principal manager that a sheet names, and the structure of that sheet; "" for what it does not say.

    `holds` says that the person has that role on the portal already, and is not to be given it. `has_siret` says of which kind
    the identifiant is.
    """

    root: str = ""
    label: str = ""
    legal_name: str = ""
    address: tuple[str, ...] = ()
    telephone: str = ""
    mailbox: str = ""
    person: str = ""
    holds: bool = True
    has_siret: bool = True
    person_telephone: str = ""
    person_mailbox: str = ""

    @property
    def body(self) -> str:
        """The body as letters name it: its raison sociale, else its libellé, else its identifiant."""
        return self.legal_name or self.label or self.root


class Reference(Struct, frozen=True):
    """The reference data of one structure, and what people call it."""

    root: str
    name: str
    rows: tuple[Row, ...]


class Letter(Struct, frozen=True):
    """One letter, ready to be said in a language.

    `last` is the last day that counts, None where the project names none or it is past. `operations` are the numbers of those
    that wait for the answer. `to_check` says that it is only sent if the portal, looked at first, does not show it.
    """

    kind: LetterKind
    recipient: Recipient
    sender: Sender
    day: date
    last: date | None
    subject: Said
    references: tuple[Reference, ...]
    paragraphs: tuple[Said, ...]
    enclosures: tuple[Said, ...]
    before: tuple[Said, ...]
    after: tuple[Said, ...]
    operations: tuple[int, ...]
    to_check: bool = False

    @property
    def roots(self) -> tuple[str, ...]:
        """The structures that it is about."""
        return tuple(one.root for one in self.references)


class Letters(Struct, frozen=True):
    """The letters of a project on a day; `kind` None is every kind, `targets` what they were narrowed to.

    `source` says what the portal's side was taken from. `left_out` are private structures that were named, for which this kind
    of letter has nothing to ask.
    """

    letters: tuple[Letter, ...]
    kind: LetterKind | None = None
    targets: tuple[str, ...] = ()
    source: str = ""
    left_out: tuple[str, ...] = ()
