"""The entries of the lists that a project file holds: waivers, members of a syndicat, approved platforms."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Waiver(Struct, frozen=True):
    """One rule waived for one sheet (identifiant) or account (ref), with its reason and last day."""

    rule: str
    sheet: str
    reason: str
    until: date | None


class Platform(Struct, frozen=True):
    """Where an approved platform is asked: the address of its API, and that of its authorization."""

    api: str
    oauth: str


class Member(Struct, frozen=True):
    """A body whose sheets a syndicat keeps; `deadline` is the first day that is too late, `agent` who looks after it."""

    name: str
    siren: str
    deadline: date | None = None
    agent: str = ""
