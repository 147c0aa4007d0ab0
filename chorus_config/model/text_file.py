"""The files people write, at the stages of their journey: text, then document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FileKind = Literal["fiche-structure", "compte-utilisateur", "projet"]
Body = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as it was read, once: `path` relative to the project with forward slashes, `kind` as its place suggests.

    `read_error` names the case of CP014 when it could not be read as a file at all; `raw` is then empty.
    """

    path: str
    raw: bytes
    kind: FileKind = "fiche-structure"
    read_error: str = ""
