"""The beginning of a project: the answers that somebody gave, the files that are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    from chorus_config.model.importing import NewFile

Ci = Literal["github", "gitlab", "none"]
CI_SERVICES: Final[tuple[Ci, ...]] = ("github", "gitlab", "none")


class Answers(Struct, frozen=True):
    """What is known of the first structure, "" for what nobody answered. `label` is its libellé, `town` its ville."""

    siret: str = ""
    name: str = ""
    label: str = ""
    email: str = ""
    address: str = ""
    postal_code: str = ""
    town: str = ""


class Origin(Struct, frozen=True):
    """The git repository, and the whole commit, that this program was installed from."""

    url: str
    commit: str


class Scaffold(Struct, frozen=True):
    """What starting a project would write: `files` in the order of reading, `kept` are there already (paths).

    `about` says what each file is for. `apart` is the top of the repository that the project is a folder of, "" where it is
    not. `in_git`: a repository is there. `unfinished` are files that name chorus-config by an address that is to be written.
    """

    files: tuple[NewFile, ...]
    kept: tuple[str, ...]
    about: Mapping[str, str] = field(default_factory=dict)
    apart: str = ""
    in_git: bool = False
    unfinished: tuple[str, ...] = ()
