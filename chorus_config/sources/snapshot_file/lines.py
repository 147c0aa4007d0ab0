"""The invoicing addresses that a snapshot keeps beside its records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chorus_config.model.observed.directory_line import DirectoryLine


def lines_in(document: Mapping[str, Any]) -> dict[str, tuple[DirectoryLine, ...]]:
    """Return the addresses by owner, of a document that is as its schema says; nothing where it has none."""
    found: dict[str, tuple[DirectoryLine, ...]] = {}
    for row in document.get("lines", ()):
        owner = row["owner"]
        siret = owner if len(owner) == 14 else ""
        own = (DirectoryLine(one["address"], siret, one["active"], one.get("platform") or "") for one in row["addresses"])
        found[owner] = (*found.get(owner, ()), *own)
    return found
