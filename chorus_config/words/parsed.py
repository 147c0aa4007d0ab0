"""What the loader makes of one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chorus_config.words.finding import Fault, Path
    from chorus_config.words.position import Span


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain scalar that other readers would alter: where it stands, and the container that holds it as text."""

    path: Path
    holder: dict[str, object] | list[object]
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Parsed:
    """The data of one document, or None when a fault stopped it; `faults` are the loader's, each with its span."""

    data: object
    faults: tuple[Fault, ...] = ()
    plains: tuple[Plain, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Positions by path: of keys (absent for list items and the root) and of values."""

    keys: Mapping[Path, Span] = field(default_factory=dict)
    values: Mapping[Path, Span] = field(default_factory=dict)
