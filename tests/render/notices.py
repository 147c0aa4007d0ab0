"""The notices that every format is shown with: all addresses, what changes, and what somebody hostile wrote."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from chorus_config.diff.names import record_name
from chorus_config.engine.invoicing.addresses import addresses_of
from chorus_config.engine.invoicing.changes import address_changes, supplier_changes
from chorus_config.model.notice import Notice, StructureNotice
from chorus_config.model.snapshot import Record

Body = dict[str, Any]

DAY: Final = date(2026, 11, 26)
FROM: Final = date(2027, 1, 1)
TOWN: Final = "21160999500017"
WATER: Final = "21160999500025"
SCHOOL: Final = "19160999900013"
GONE: Final = "26160999400015"
SLEEPING: Final = "26160999400023"
PUBLIC: Final[Body] = {"code": "FACTURES_PUBLIQUES", "libelle": "Service des factures publiques"}
TECH: Final[Body] = {"code": "ST-TECH", "libelle": "Services techniques", "engagement_obligatoire": False}


def body(root: str, name: str, services: list[Body], boxes: Body | None = None, **own: Any) -> Body:
    """Return a sheet; no box is unsaid."""
    return {
        "type": "fiche-structure",
        "informations_generales": {
            "type_identifiant": "SIRET", "identifiant": root, "statut": "ACTIF", "libelle": name, **own,
        },
        "services": services,
        "parametres": {
            "code_service_obligatoire": False, "engagement_juridique_obligatoire": False,
            "engagement_ou_code_service_obligatoire": False, "moa_uniquement": False, **(boxes or {}),
        },
    }  # fmt: skip


def _described(sheet: Body, day: date) -> StructureNotice:
    root = sheet["informations_generales"]["identifiant"]
    return StructureNotice(root, record_name(Record(root, sheet)), addresses_of(sheet, day))


def sample_notice(text: str = "") -> Notice:
    """Return a notice of all addresses, each state and demand among them; `text` is put wherever somebody may write."""
    town = [
        PUBLIC,
        TECH,
        {"code": "SCOLAIRE", "libelle": f"Affaires scolaires{text}", "engagement_obligatoire": True, "date_fin": "2026-12-31"},
        {"code": "CULTURE", "libelle": "Médiathèque", "date_debut": "2027-01-01", "date_fin": "2030-12-31"},
        {"code": "VOIRIE", "libelle": "Voirie", "actif": False},
        {"code": "ARCHIVES", "libelle": "Archives", "date_fin": "2025-12-31"},
        {"code": "É T" + text, "libelle": "Études"},
    ]
    sheets = (
        body(TOWN, f"Commune de Valmont{text}", town, {"code_service_obligatoire": True}),
        body(WATER, "Valmont - Eau", [PUBLIC], {"moa_uniquement": True}),
        body(SCHOOL, "Lycée des Trois-Rivières", [PUBLIC, TECH], {"engagement_ou_code_service_obligatoire": True}),
        body(SLEEPING, "CCAS", [PUBLIC], {"engagement_juridique_obligatoire": True}, statut="INACTIF"),
        body(f"NC{text}", "Nouméa", [PUBLIC], type_identifiant="RIDET"),
    )
    left_out = (f"structures/illisible{text}.yaml",)
    contacts = {TOWN: f"factures@valmont.example{text}", SCHOOL: "intendance@lycee.example"}
    found = tuple(_described(sheet, DAY) for sheet in sheets)
    return Notice(DAY, found, left_out=left_out, sender=f"Commune de Valmont{text}", contacts=contacts)


def sample_changes(text: str = "", day: date = DAY) -> Notice:
    """Return a notice of changes, each event among them, that holds from the first day of 2027."""
    label = f"Culture{text}"
    before = body(TOWN, f"Commune de Valmont{text}", [PUBLIC, TECH, {"code": "CULT", "libelle": label}])
    after = body(
        TOWN,
        f"Commune de Valmont{text}",
        [
            PUBLIC,
            {**TECH, "engagement_obligatoire": True},
            {"code": "CULT", "libelle": label, "date_fin": "2027-01-31"},
            {"code": "CULTURE", "libelle": label, "date_debut": "2026-12-15"},
        ],
        {"code_service_obligatoire": True},
    )
    asked = {"engagement_juridique_obligatoire": True}
    lycee = (body(SCHOOL, "Lycée", [PUBLIC, TECH], asked), body(SCHOOL, "Lycée", [PUBLIC, TECH]))
    pairs = ((before, after), lycee)
    found = [
        StructureNotice(one.siret, one.name, one.addresses, supplier_changes(first, last, (day, FROM)))
        for first, last in pairs
        for one in [_described(last, FROM)]
    ]
    new = _described(body(WATER, "Valmont - Eau", [PUBLIC]), FROM)
    came = StructureNotice(WATER, new.name, new.addresses, address_changes((), new.addresses, day), "new")
    gone = StructureNotice(GONE, f"CCAS{text}", (), (), "gone")
    return Notice(day, (*found, came, gone), FROM, "git:0123abc")


def changed(before: list[Body], after: list[Body], boxes: tuple[Body, Body] = ({}, {}), **own: Any) -> Notice:
    """Return what changes today of a town whose services and boxes change; `own` is what its later sheet says."""
    first, last = body(TOWN, "Valmont", before, boxes[0]), body(TOWN, "Valmont", after, boxes[1], **own)
    now = _described(last, DAY)
    found = StructureNotice(TOWN, now.name, now.addresses, supplier_changes(first, last, (DAY, DAY)))
    return Notice(DAY, (found,), None, "git:0123abc")


def nothing_changes() -> Notice:
    """Return a notice of no change at all."""
    return Notice(DAY, (), None, "git:0123abc")
