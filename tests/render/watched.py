"""The one comparison with an earlier snapshot that every format is shown with: each event, what is hostile, folded, masked."""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from chorus_config.engine.drift.since import changes_since
from chorus_config.model.observed.source import Asked
from chorus_config.model.observed.watch import Watch
from chorus_config.model.snapshot import Record, Snapshot
from tests.engine.making import IBAN

from .model import FIRST, FOLDED, HOSTILE, OTHER_IBAN

Body = dict[str, Any]

CLOSED: Final = "21169999600024"
REOPENED: Final = "21169999600032"
GONE: Final = "21169999600040"
NEW: Final = "21169999600099"
STRANGER: Final = "21169999700014"
OUTSIDE: Final = "21169999800012"


def body(root: str, services: list[Body] | None = None, iban: str = IBAN, parameters: Body | None = None, **own: Any) -> Body:
    """Return what a source says of a structure."""
    made: Body = {"type": "fiche-structure", "version": 1, "informations_generales": {"identifiant": root, **own}}
    made["coordonnees_bancaires"] = [{"libelle": "Régie", "iban": iban}]
    made |= {"services": services} if services is not None else {}
    return {**made, "parametres": parameters} if parameters is not None else made


def _snapshot(*bodies: Body, source: str, taken_at: str) -> Snapshot:
    roots = {one["informations_generales"]["identifiant"]: one for one in bodies}
    return Snapshot({root: Record(root, one) for root, one in roots.items()}, source, taken_at)


_TECH: Final = {"code": "ST-TECH", "libelle": "Services techniques", "actif": True}
_CULTURE: Final = {"code": "CULT", "libelle": "Culture", "actif": True}
_FINANCE: Final = {"code": "FIN", "libelle": "Finances", "engagement_obligatoire": False}


def sample_watch() -> Watch:
    """Return the comparison."""
    before = _snapshot(
        body(
            FIRST,
            [_TECH, _CULTURE, _FINANCE],
            parameters={"code_service_obligatoire": False},
            libelle="Commune de Valmont",
            statut="ACTIF",
        ),
        body(CLOSED, raison_sociale="CCAS DE VALMONT", statut="ACTIF"),
        body(REOPENED, libelle="Eau de Valmont", statut="INACTIF"),
        body(GONE, libelle="Transports", statut="ACTIF"),
        *(body(root, libelle=f"Syndicat {root[-3:]}", parameters={"structure_avec_moa": False}) for root in FOLDED),
        body(OUTSIDE, libelle="Autre"),
        source="Listes publiques",
        taken_at="2026-11-16T08:00:00Z",
    )
    now = _snapshot(
        body(
            FIRST,
            [
                {**_TECH, "actif": False},
                {**_CULTURE, "code": "CULTURE"},
                {**_FINANCE, "engagement_obligatoire": True},
                {"code": HOSTILE, "libelle": HOSTILE},
            ],
            OTHER_IBAN,
            {"code_service_obligatoire": True},
            libelle=HOSTILE,
            statut="ACTIF",
        ),
        body(CLOSED, raison_sociale="CCAS DE VALMONT", statut="INACTIF"),
        body(REOPENED, libelle="Eau de Valmont", statut="ACTIF"),
        body(NEW, raison_sociale="ASSAINISSEMENT"),
        body(STRANGER, libelle="Office de tourisme"),
        *(body(root, libelle=f"Syndicat {root[-3:]}", parameters={"structure_avec_moa": True}) for root in FOLDED),
        source="Listes publiques",
        taken_at="2026-11-23T08:00:00Z",
    )
    return changes_since(before, now, Asked(sirens=frozenset({FIRST[:9], STRANGER[:9]})))


def many(count: int) -> Watch:
    """Return a comparison in which each of so many structures was renamed its own way."""
    bodies = [[body(f"{n:014d}", libelle=f"{name} {n} {'x' * 60}") for n in range(count)] for name in ("Avant", "Après")]
    before, now = (_snapshot(*side, source="Listes", taken_at="2026-11-16T08:00:00Z") for side in bodies)
    return replace(changes_since(before, now), older=True)
