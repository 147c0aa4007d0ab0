"""The line by which an editor finds the schema of a file, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class ModelineFault(Struct, frozen=True):
    """What there is to say of the modeline of a file: a message id and its places.

    `path` is relative to the project; `line` counts from 1. `wrong`: an editor is misled; else it is merely left alone.
    """

    path: str
    line: int
    message: str
    places: Mapping[str, str] = field(default_factory=dict)
    wrong: bool = True
