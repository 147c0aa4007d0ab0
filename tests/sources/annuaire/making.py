"""Lists of the directory made for tests, and reading them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from chorus_config.i18n.translator import translator_for
from chorus_config.model.observed.directory import Directory
from chorus_config.model.observed.source import Asked
from chorus_config.model.snapshot import Snapshot
from chorus_config.sources.annuaire.read import read_annuaire, read_directory
from chorus_config.sources.request import SourceRequest

SIRET: Final = "21160999500017"
OTHER: Final = "25160300700013"
TOWN: Final = {
    "TypeIdentifiant": "1", "Identifiant": SIRET, "RaisonSociale": "COMMUNE DE VALMONT", "EmetteurEdi": "false",
    "RecepteurEdi": "true", "GestionStatutMiseEnPaiement": "true", "GestionEngagement": "false", "GestionService": "TRUE",
    "GestionServiceEngagement": "false", "EstMOA": "oui", "EstMOAUniquement": "non", "StructureActive": "true",
    "Adresse": "1 place de la Mairie", "ComplementAdresse1": "Bâtiment A", "ComplementAdresse2": "2e étage",
    "CodePostal": "16000", "Ville": "VALMONT", "NumTelephone": "0545222040", "Courriel": "mairie@valmont.fr", "CodePays": "FR",
    "LibellePays": "FRANCE",
}  # fmt: skip
SERVICE: Final = {
    "Identifiant": SIRET, "RaisonSociale": "COMMUNE DE VALMONT", "Code": "ST-TECH", "Nom": "Services techniques",
    "GestionEGMT": "true", "ServiceActif": "TRUE", "Adresse": "2 rue du Port", "ComplementAdresse1": "Hangar",
    "ComplementAdresse2": "Quai 3", "CodePostal": "16000", "Ville": "VALMONT", "NumTelephone": "05 45 22 20 41",
    "Courriel": "st@valmont.fr", "CodePays": "FR", "LibellePays": "France",
}  # fmt: skip
PUBLIC: Final = {**SERVICE, "Code": "FACTURES_PUBLIQUES", "Nom": "Service des factures publiques", "GestionEGMT": "false"}

Row = Mapping[str, str]


def table(*rows: Row, separator: str = ";") -> str:
    """Return rows as delimited text; the first one says the columns."""
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    return "".join(separator.join(line) + "\n" for line in lines)


def town(**changed: str) -> dict[str, str]:
    """Return the row of a structure."""
    return {**TOWN, **changed}


def service(**changed: str) -> dict[str, str]:
    """Return the row of a service."""
    return {**SERVICE, **changed}


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def workbook(**sheets: Iterable[Iterable[Any]]) -> bytes:
    """Return a workbook with rows of cells by sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


class Reader:
    """Reads files of a folder; `notes` are what it noted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes: list[str] = []

    def put(self, **files: str | bytes) -> Reader:
        """Write files; `structures_csv` is the file structures.csv."""
        for name, content in files.items():
            raw = content.encode() if isinstance(content, str) else content
            (self.folder / name.replace("_", ".")).write_bytes(raw)
        return self

    def request(self, *asked: str) -> SourceRequest:
        """Return a request for SIRETs and SIRENs."""
        wanted = Asked(frozenset(one for one in asked if len(one) != 9), frozenset(one for one in asked if len(one) == 9))
        return SourceRequest(
            self.folder, translator_for("en"), wanted, self.notes.append, at="2126-11-26T10:00:00Z", day=date(2026, 11, 26)
        )

    def snapshot(self, *asked: str, where: str = ".") -> Snapshot:
        """Return the snapshot of the folder, or of a file in it."""
        return read_annuaire(where, self.request(*asked))

    def directory(self, *asked: str, where: str = ".") -> Directory:
        """Return the directory of the folder, or of a file in it."""
        return read_directory(where, self.request(*asked))

    def body(self, owner: str = SIRET, where: str = ".") -> Any:
        """Return the body of a structure, asked for alone."""
        return self.snapshot(owner, where=where).records[owner].body
