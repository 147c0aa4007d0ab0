"""How these tests ask: a request to a simulated platform, and the notes that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chorus_config.i18n.translator import translator_for
from chorus_config.model.observed.source import Asked
from chorus_config.model.project import ProjectConfig
from chorus_config.model.snapshot import Snapshot
from chorus_config.sources.afnor.read import read_afnor
from chorus_config.sources.request import SourceRequest
from tests.servers.afnor import AfnorServer, Structure

SIREN = "211699996"
SIRET = "21169999600016"
OTHER = "21169999600024"
STRANGER = "21169999600032"
AT = "2026-11-26T09:00:00Z"


class Asking:
    """A request, with what was noted on the side."""

    def __init__(
        self,
        environ: Mapping[str, str],
        *identifiants: str,
        sirens: tuple[str, ...] = (),
        project: ProjectConfig | None = None,
        parallel: int = 2,
        lines: bool = False,
    ) -> None:
        self.notes: list[str] = []
        self.request = SourceRequest(
            Path(),
            translator_for("en"),
            Asked(frozenset(identifiants), frozenset(sirens), lines=lines),
            self.notes.append,
            environ=environ,
            project=project or ProjectConfig(),
            at=AT,
            most_parallel=parallel,
            per_second=None,
        )

    def read(self, where: str = "") -> Snapshot:
        """Return what is read."""
        return read_afnor(where, self.request)


def bodies(snapshot: Snapshot) -> dict[str, Any]:
    """Return the bodies that were read, by SIRET."""
    return {root: record.body for root, record in snapshot.records.items()}


def one_body(structure: Structure) -> Any:
    """Return what is read of a structure that is alone in the directory."""
    with AfnorServer([structure]) as server:
        return bodies(Asking(server.environ, structure.siret).read())[structure.siret]
