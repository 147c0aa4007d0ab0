"""The kinds of lists, known by their columns: which are needed, which are read, in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.sources.annuaire.cells import plain_name, words_of
from chorus_config.sources.annuaire.fields import SERVICES, STRUCTURES, Row


class Kind(Struct, frozen=True):
    """A kind of list. `marks` are columns that no other has; without those that are `needed` it is of no use.

    `known` are all columns that are read or knowingly left; None where nobody knows what columns there are.
    `words` finds a column by words instead, for lists whose exact columns no source gives. `called` is the title in a sentence.
    """

    name: str
    title: str
    marks: frozenset[str]
    needed: tuple[str, ...]
    known: frozenset[str] | None
    several: bool = False
    words: Mapping[str, Callable[[frozenset[str]], bool]] | None = None
    called: str = ""


_STATUS: Final = frozenset({"statut", "etat", "actif", "active"})


def _names(text: str) -> frozenset[str]:
    return frozenset(map(plain_name, text.split()))


def _columns(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(plain_name(name) for row in rows for name in row.columns)


STRUCTURE_LIST: Final = Kind(
    "structures",
    _("list of structures"),
    _names("EmetteurEdi RecepteurEdi GestionStatutMiseEnPaiement GestionEngagement GestionService GestionServiceEngagement")
    | _names("EstMOA EstMOAUniquement StructureActive"),
    ("Identifiant",),
    _columns(STRUCTURES) | _names("TypeIdentifiant Identifiant"),
    called=_("the list of structures"),
)
SERVICE_LIST: Final = Kind(
    "services",
    _("list of services"),
    _names("GestionEGMT ServiceActif"),
    ("Identifiant", "Code"),
    # A sheet has no mailbox of a service; the name of its structure is that of the other list.
    _columns(SERVICES) | _names("Identifiant Code RaisonSociale Courriel"),
    called=_("the list of services"),
)
ESTABLISHMENT_LIST: Final = Kind(
    "sirene",
    _("establishments of INSEE"),
    _names("etatAdministratifEtablissement codePostalEtablissement libelleCommuneEtablissement typeVoieEtablissement"),
    ("siret", "etatAdministratifEtablissement"),
    None,
    called=_("the list of INSEE's establishments (Sirene)"),
)
BUDGET_LIST: Final = Kind(
    "budgets",
    _("DGFiP's list of budgets (« balances comptables »)"),
    _names("LBUDG NOMEN CBUDG NDEPT CTYPE CSTYP"),
    ("IDENT", "LBUDG", "SIREN"),
    # One row an account: the columns of amounts are not looked at.
    None,
    several=True,
    called=_("the list of DGFiP's budgets (« balances comptables »)"),
)
ADDRESS_LIST: Final = Kind(
    "adresses",
    _("the portal's own CSV of the directory"),
    frozenset(),
    ("siren", "adresse"),
    None,
    words={
        "siren": lambda words: words == {"siren"},
        "adresse": lambda words: {"adresse", "facturation"} <= words and not words & {"active", "statut", "etat"},
        "active": lambda words: {"adresse", "facturation"} <= words and bool(words & {"active", "statut", "etat"}),
    },
)
USER_LIST: Final = Kind(
    "utilisateurs",
    _("export of users"),
    frozenset(),
    ("email", "last_name"),
    None,
    words={
        "email": lambda words: bool(words & {"mail", "email", "courriel", "mel"}) or {"adresse", "electronique"} <= words,
        "last_name": lambda words: "nom" in words and not words & {"structure", "service", "prenom", "utilisateur", "usage"},
        "first_name": lambda words: "prenom" in words,
        "role": lambda words: bool(words & {"role", "roles", "profil", "profils"}),
        "rights": lambda words: bool(words & {"habilitation", "habilitations"}),
        # That of a structure or service says nothing of the person.
        "status": lambda words: bool(words & _STATUS) and not words & {"structure", "service", "organisation"},
        "structure": lambda words: bool(words & {"structure", "siret", "identifiant", "organisation"}) and not words & _STATUS,
    },
)
EXTRACT: Final = Kind("extrait", _("XML extract of the directory"), frozenset(), (), None, several=True)
KINDS: Final = (STRUCTURE_LIST, SERVICE_LIST, ESTABLISHMENT_LIST, BUDGET_LIST, ADDRESS_LIST, USER_LIST)
_FEWEST_MARKS: Final = 2


def kind_of(header: Sequence[str]) -> Kind | None:
    """Return the kind of list that a row of names heads, None for no such list (or no row of names)."""
    names = {plain_name(name) for name in header}
    marked = [(len(kind.marks & names), kind) for kind in KINDS]
    count, kind = max(marked, key=lambda one: one[0])
    if count >= _FEWEST_MARKS:
        return kind
    # A list of few columns: what names a service, and no more.
    if {"identifiant", "code", "nom"} <= names:
        return SERVICE_LIST
    by_words = (kind for kind in KINDS if kind.words and set(kind.needed) <= set(columns_of(kind, header)))
    return next(by_words, None)


def columns_of(kind: Kind, header: Sequence[str]) -> dict[str, int]:
    """Return where the columns of a list stand, by their plain names (or by what they were found as). The first one counts."""
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        if kind.words is None:
            found.setdefault(plain_name(name), index)
        else:
            meant = next((key for key, fits in kind.words.items() if fits(words_of(name)) and key not in found), None)
            if meant is not None:
                found[meant] = index
    return found


def missing_columns(kind: Kind, header: Sequence[str]) -> list[str]:
    """Return the needed columns that a list lacks, as they are called."""
    found = columns_of(kind, header)
    return [name for name in kind.needed if (name if kind.words else plain_name(name)) not in found]


def repeated_columns(kind: Kind, header: Sequence[str]) -> list[str]:
    """Return the columns that are read and stand there more than once: nobody knows which one counts."""
    names = [plain_name(name) for name in header]
    known = kind.known if kind.known is not None else frozenset(map(plain_name, kind.needed))
    return [name for index, name in enumerate(header) if names[index] in known and names[index] in names[:index]]


def unknown_columns(kind: Kind, header: Sequence[str]) -> list[str]:
    """Return the columns that nobody knows, where it is known which there are."""
    if kind.known is None:
        return []
    return [name for name in header if name.strip() and plain_name(name) not in kind.known]
