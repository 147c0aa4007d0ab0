"""A project: what its file says, and what is known of all its files at once (small facts: nobody holds the files)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field

from chorus_config.model.finding import Environment, Fault, Level, Path

if TYPE_CHECKING:
    from chorus_config.model.observed.public_lists import PublicLists
    from chorus_config.model.project_entries import Member, Platform, Waiver

FileKind = Literal["fiche-structure", "compte-utilisateur", "projet"]
Body = Mapping[str, object]


class TextFile(Struct, frozen=True):
    """A file as it was read, once: `path` relative to the project with forward slashes, `kind` as its place suggests.

    `read_error` names the case of CP014 when it could not be read as a file at all; `raw` is then empty.
    """

    path: str
    raw: bytes
    kind: FileKind = "fiche-structure"
    read_error: str = ""


# The project file, at the root of a project; its absence leaves the defaults.
PROJECT_FILE: Final = "chorus-config.yaml"
# Whether a structure is active, by its statut.
STATUSES: Final = {"ACTIF": True, "INACTIF": False}


class ProjectConfig(Struct, frozen=True):
    """What the project file says, with its defaults; the values are checked when it is built.

    `directory` is the file or folder of public lists, "" for none; `platforms` are by the names that the project gives them.
    `portfolio` is the name of the portfolio, "" for none; `budgets` are its identifiants, `budget_names` what it calls them.
    `deadline` is the first day that is too late.
    A plan that changes more than `most_structures` structures or removes more than `most_removals` resources is held back.
    A saved plan of more than `plan_days` days is not approved any more; None sets no age.
    `decisions` is the part that a plan is bound to: regles, derogations, acceptations, seuils, as written.
    """

    structures: tuple[str, ...] = ("structures/**/*.yaml",)
    accounts: tuple[str, ...] = ("comptes/**/*.yaml",)
    store: str = "sqlite:///.chorus-config/registre.sqlite3"
    directory: str = ""
    environment: Environment = "production"
    platforms: Mapping[str, Platform] = field(default_factory=dict)
    language: str = ""
    reference_date: date | None = None
    levels: Mapping[str, Level | Literal["off"]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    portfolio: str = ""
    budgets: tuple[str, ...] = ()
    budget_names: Mapping[str, str] = field(default_factory=dict)
    deadline: date | None = None
    members: tuple[Member, ...] = ()
    most_structures: int = 50
    most_removals: int = 5
    plan_days: int | None = None
    decisions: Mapping[str, object] = field(default_factory=dict)


class SheetFacts(Struct, frozen=True):
    """One sheet or account: `owner` is its identifiant or ref; `refs` are the users it names, by their place in the list.

    A place without a good ref holds "".

    `legal_name` is the raison sociale as written, "" for none; `active` is what its status says, None for nothing.
    `users` counts the users that a sheet lists, those without a good ref included. `notified` says whether the person of an
    account is notified of invoices on the portal of today, None where that is not known.
    `ready` says that nothing would stop it from going live, as far as its own file tells. `named`: nothing stands against its
    identifiant or ref; else whom it describes is not known, and nothing is concluded from it.
    """

    path: str
    kind: FileKind
    owner: str
    label: str = ""
    active: bool | None = None
    refs: tuple[str, ...] = ()
    users: int = 0
    notified: bool | None = None
    ready: bool = True
    named: bool = True
    legal_name: str = ""

    @property
    def root(self) -> str:
        """The address of what it describes: an identifiant, or `comptes/REF`."""
        return f"comptes/{self.owner}" if self.kind == "compte-utilisateur" else self.owner


class NamelessFile(Struct, frozen=True):
    """A sheet or account of which nobody knows whom it describes: it cannot be read, or its identifiant or ref is at fault.

    `written` is what seems to stand there as its name. A finding of its own has told what is wrong with it.
    """

    path: str
    kind: FileKind
    written: tuple[str, ...] = ()


class OtherPlace(Struct, frozen=True):
    """A second place that a fault between files speaks of: a file, a path in it, the case of the rule that words it."""

    path: str
    kind: FileKind
    at: Path
    case: str


class CrossFileFault(Struct, frozen=True):
    """A fault that only shows between files, in the file where it is told; `others` are the other places it speaks of."""

    path: str
    kind: FileKind
    owner: str
    fault: Fault
    others: tuple[OtherPlace, ...] = ()


class ProjectIndex(Struct, frozen=True):
    """All facts of a project on a day, in the order of the paths.

    `nameless` are the files of which nobody knows whom they describe: what a budget or a user lacks may be there.
    `used_waivers` are the waivers (rule, sheet) that were needed; it is meaningful only when the `whole` project was checked.
    `ready`: sheets must be ready to go live. `lists` is what public lists say, None where none is to be compared with.
    """

    facts: tuple[SheetFacts, ...]
    project: ProjectConfig
    project_file: str | None
    day: date
    used_waivers: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    whole: bool = True
    nameless: tuple[NamelessFile, ...] = ()
    ready: bool = False
    lists: PublicLists | None = None

    def sheets(self) -> Iterator[SheetFacts]:
        """Yield the facts of the sheets that are known to describe a structure."""
        return iter([fact for fact in self.facts if fact.kind == "fiche-structure" and fact.named])


CrossFileCheck = Callable[[ProjectIndex], Iterator[CrossFileFault]]
