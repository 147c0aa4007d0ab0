"""The entries of the lists that a project file holds: waivers, members of a syndicat, approved platforms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Waiver:
    """One rule waived for one sheet (identifiant) or account (ref), with its reason and last day."""

    rule: str
    sheet: str
    reason: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Platform:
    """Where an approved platform is asked: the address of its API, and that of its authorization."""

    api: str
    oauth: str


@dataclass(frozen=True, slots=True)
class Member:
    """A body whose sheets a syndicat keeps; `deadline` is the first day that is too late, `agent` who looks after it."""

    name: str
    siren: str
    deadline: date | None = None
    agent: str = ""
