"""What an action says on the side while it is at work: notes for a person, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chorus_config.model.text_file import TextFile

# Hands on so many files one by one, and may show how far that is, under a label in the user's language.
Track = Callable[[Iterable[TextFile], int, str], Iterable[TextFile]]


def _silent(_message: str) -> None:
    """Say nothing."""


def _untracked(files: Iterable[TextFile], _count: int, _label: str) -> Iterable[TextFile]:
    """Hand on the files as they come."""
    return files


@dataclass(frozen=True, slots=True)
class Events:
    """Who hears of an action at work: `note` takes a sentence in the user's language, `track` follows long checks.

    By default nobody does: a program that calls an action gets its result and its errors, and nothing is printed.
    """

    note: Callable[[str], None] = _silent
    track: Track = _untracked


SILENT = Events()
