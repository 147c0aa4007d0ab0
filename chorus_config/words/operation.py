"""What somebody must enter on the portal, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operation:
    """One approved change to be entered; `fields` are those of the change, sensitive values masked."""

    address: str
    op: str
    fields: tuple[Mapping[str, object], ...]
