"""An import: the files that it would write, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from chorus_config.model.fixing import FileChange

if TYPE_CHECKING:
    from chorus_config.model.finding import Finding, Path
    from chorus_config.model.plan import Change
    from chorus_config.model.project import FileKind
    from chorus_config.model.snapshot import Snapshot


class Remark(Struct, frozen=True):
    """What there is to say of a place in a sheet: a message id and its places.

    `absent` says that nothing stands there: a required key that the source does not report. `repaired`: what the source says
    was put right, and a plan against it asks for just that.
    """

    path: Path
    message: str
    places: Mapping[str, str] = field(default_factory=dict)
    absent: bool = False
    repaired: bool = False


class NewFile(Struct, frozen=True):
    """A file to be written: relative to the project, its bytes so far (None when it is not there) and to be."""

    path: str
    old: bytes | None
    new: bytes


class Way(Struct, frozen=True):
    """How a file that is there is written: by the spans of what differs, so that its comments stay, or anew.

    `why` says in the user's language why it cannot be the former, "" where nobody tried.
    """

    keeps_comments: bool
    why: str = ""


ANEW: Final = Way(keeps_comments=False)


class NewSheet(Struct, frozen=True):
    """A sheet to be written: its file, the structure, its name, what there is to say of it, what stands against it.

    `way` counts for a file that is there. `warnings` are the findings of that level that the file does not have yet.
    """

    file: NewFile
    root: str
    name: str
    remarks: tuple[Remark, ...]
    findings: tuple[Finding, ...]
    way: Way = ANEW
    warnings: tuple[Finding, ...] = ()

    @property
    def to_fill_in(self) -> tuple[str, ...]:
        """The required keys that the source does not report, as people write them: `adresse_postale.ville`."""
        return tuple(".".join(map(str, one.path)) for one in self.remarks if one.absent and one.path != ("services",))

    @property
    def kind(self) -> FileKind:
        """What the file describes: a structure, or an account."""
        return "compte-utilisateur" if self.root.startswith("comptes/") else "fiche-structure"

    @property
    def loses_comments(self) -> bool:
        """Whether a file that is there is written anew."""
        return self.file.old is not None and not self.way.keeps_comments

    @property
    def repaired(self) -> bool:
        """Whether something was put right that the source says otherwise."""
        return any(one.repaired for one in self.remarks)


class ImportDraft(Struct, frozen=True):
    """All that an import would write; `kept` have a sheet already (root and path), `unknown` are not in the source.

    `unknown` are identifiants and SIRENs. `without_structure` are budgets (identifiant and name) that the portfolio gets and
    that no structure of the source is. `of_table`: people wrote what the source says. `otherwise` are the paths of those kept
    that say it in another writing, which `fix` puts right.
    """

    sheets: tuple[NewSheet, ...]
    project_file: NewFile | None
    schemas: tuple[NewFile, ...]
    kept: Mapping[str, str]
    unknown: tuple[str, ...]
    snapshot: Snapshot
    without_structure: Mapping[str, str] = field(default_factory=dict)
    of_table: bool = False
    otherwise: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[FileChange, ...]:
        """How sheets, accounts and the project file would change; one that is not there yet is empty before."""
        found: list[tuple[NewFile, FileKind]] = [(one.file, one.kind) for one in self.sheets]
        if self.project_file is not None:
            found.append((self.project_file, "projet"))
        return tuple(FileChange(file.path, kind, file.old or b"", file.new) for file, kind in found)


class Imported(Struct, frozen=True):
    """What an import ended with: the changes that a plan against the same source has (none is the proof).

    `whole` says that errors hid nothing from that plan. `recorded` says that what was seen stands in the store, so that nobody
    is asked to enter it; `left` are the changes that a plan against the store has then, `waiting` the addresses of operations
    that wait to be entered there. `why` says in the user's language why it could not be noted or proven, "" when nobody asked
    for it.
    """

    changes: tuple[Change, ...]
    recorded: bool
    why: str = ""
    whole: bool = True
    left: tuple[Change, ...] = ()
    waiting: tuple[str, ...] = ()
