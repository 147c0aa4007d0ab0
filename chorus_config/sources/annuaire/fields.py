"""What public lists call the fields of a sheet: the one table by which they are read.

Source: the columns of AIFE's lists as public client code reads them; external specifications v3.1, annex 3 (directory).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.model.observed.source import Reported
from chorus_config.sources.annuaire.cells import (
    contrary,
    country,
    flag,
    postal_code,
    routing_status,
    status,
    telephone,
    text_of,
)
from chorus_config.sources.places import place_of

_EDI: Final = _("inferred: no source says which of the portal's EDI boxes this column shows")
_PAYMENT: Final = _("inverted: the list says that the status is managed, the box that it is not sent up; not verified")
_TYPE: Final = _("fourteen digits are a SIRET; other types are reported where the list names them")
_WHOLE: Final = _("complete where the list has FACTURES_PUBLIQUES of the structure; not of an extract that holds changes only")
_NAME: Final = _("not verified whether the directory shows the raison sociale or the libellé")
_ADDRESS: Final = _("the address in the directory: not verified that it is always that of the sheet")


class Row(Struct, frozen=True):
    """A field, the columns that say it (the first that does speaks), and what a cell means (None: nothing)."""

    reported: Reported
    read: Callable[[str], object]
    columns: tuple[str, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """Where the value goes in the body of a sheet, or in an entry of its list."""
        return place_of(self.reported)


def _row(group: str, path: str, read: Callable[[str], object], columns: str, note: str = "") -> Row:
    names = tuple(columns.split(" "))
    return Row(Reported(group, path, ", ".join(names), note), read, names)


def _address(group: str) -> Iterator[Row]:
    """Yield the rows of an address in AIFE's lists."""
    at = "/adresse_postale"
    yield _row(group, f"{at}/adresse", text_of, "Adresse")
    yield _row(group, f"{at}/complement_1", text_of, "ComplementAdresse1")
    yield _row(group, f"{at}/complement_2", text_of, "ComplementAdresse2")
    yield _row(group, f"{at}/code_postal", postal_code, "CodePostal")
    yield _row(group, f"{at}/ville", text_of, "Ville")
    yield _row(group, f"{at}/pays", country, "LibellePays CodePays")
    yield _row(group, f"{at}/telephone", telephone, "NumTelephone")


def _directory_address(group: str) -> Iterator[Row]:
    """Yield the rows of an address in an extract of the directory."""
    at = "/adresse_postale"
    yield _row(group, f"{at}/adresse", text_of, "LigneAdresse1", _ADDRESS)
    yield _row(group, f"{at}/complement_1", text_of, "LigneAdresse2", _ADDRESS)
    yield _row(group, f"{at}/complement_2", text_of, "LigneAdresse3", _ADDRESS)
    yield _row(group, f"{at}/code_postal", postal_code, "CP", _ADDRESS)
    yield _row(group, f"{at}/ville", text_of, "Localite", _ADDRESS)
    yield _row(group, f"{at}/pays", country, "CodePays", _ADDRESS)


# AIFE's list of structures.
STRUCTURES: Final = (
    _row("", "/raison_sociale", text_of, "RaisonSociale"),
    _row("", "/statut", status, "StructureActive"),
    _row("", "/adresse_electronique", text_of, "Courriel"),
    _row("", "/emetteur_flux_edi", flag, "EmetteurEdi", _EDI),
    *_address(""),
    _row("", "/parametres/reception_donnees_edi", flag, "RecepteurEdi", _EDI),
    _row("", "/parametres/mise_en_paiement_non_remontee", contrary, "GestionStatutMiseEnPaiement", _PAYMENT),
    _row("", "/parametres/engagement_juridique_obligatoire", flag, "GestionEngagement"),
    _row("", "/parametres/code_service_obligatoire", flag, "GestionService"),
    _row("", "/parametres/engagement_ou_code_service_obligatoire", flag, "GestionServiceEngagement"),
    _row("", "/parametres/structure_avec_moa", flag, "EstMOA"),
    _row("", "/parametres/moa_uniquement", flag, "EstMOAUniquement"),
)
# AIFE's list of services.
SERVICES: Final = (
    _row("services", "/libelle", text_of, "Nom"),
    _row("services", "/actif", flag, "ServiceActif"),
    _row("services", "/engagement_obligatoire", flag, "GestionEGMT"),
    *_address("services"),
)
# An establishment, and a routing code, in an extract of the directory.
ESTABLISHMENTS: Final = (
    _row("", "/raison_sociale", text_of, "Nom", _NAME),
    *_directory_address(""),
    _row("", "/parametres/mise_en_paiement_non_remontee", contrary, "StatutMiseEnPaiement", _PAYMENT),
    _row("", "/parametres/engagement_juridique_obligatoire", flag, "EngagementJuridique"),
    _row("", "/parametres/code_service_obligatoire", flag, "Service"),
    _row("", "/parametres/engagement_ou_code_service_obligatoire", flag, "EngJurServ"),
    _row("", "/parametres/structure_avec_moa", flag, "MOA"),
    _row("", "/parametres/moa_uniquement", flag, "MOAunique"),
)
ROUTING_CODES: Final = (
    _row("services", "/libelle", text_of, "Nom"),
    _row("services", "/actif", routing_status, "Statut"),
    _row("services", "/engagement_obligatoire", flag, "EngagementJuridique"),
    *_directory_address("services"),
)
# What names a record: read by hand, before all else.
KEYS: Final = (
    Reported("", "/identifiant", "Identifiant, IdSIRET"),
    Reported("", "/type_identifiant", "TypeIdentifiant", _TYPE),
    Reported("services", "", "Identifiant + Code, IdSIRET + IdRoutage", _WHOLE),
    Reported("services", "/code", "Code, IdRoutage"),
)

FIELDS: Final[tuple[Reported, ...]] = (
    *KEYS,
    *(row.reported for row in (*STRUCTURES, *SERVICES, *ESTABLISHMENTS, *ROUTING_CODES)),
)
