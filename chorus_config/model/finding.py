"""Where something stands in a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from chorus_config.model.rule import Level


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: lines and columns count from 1, columns count code points, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)

Path = tuple[str | int, ...]
Place = Literal["key", "value"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A breach of a rule, before language and position: what is wrong, and at which path of which document.

    `path` leads to the node at fault; for a missing key it leads to the parent and `args["key"]` names the key.
    `span` is set by whoever already knows the position (the loader); otherwise `path` and `at` lead to it.
    """

    rule: str
    path: Path = ()
    case: str = ""
    at: Place = "value"
    args: Mapping[str, object] = field(default_factory=dict)
    span: Span | None = None
    related: tuple[tuple[Path | Span, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a finding speaks of."""

    path: str
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault as it is told: rendered in one language, at one level, with its place in a file.

    `path` is a file, relative to the project, with forward slashes; `pointer` is RFC 6901 into that file.
    """

    rule: str
    level: Level
    message: str
    path: str
    span: Span
    pointer: str
    help: str
    related: tuple[Related, ...] = ()
