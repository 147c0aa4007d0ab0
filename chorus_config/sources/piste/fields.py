"""What the API of Chorus Pro calls the fields of a sheet: the one table by which its answers are read.

An origin names the block of an answer and the field in it: of `consulter` and the row of `rechercher` for a structure (group
""), of `consulter/service` and the row of `rechercher/services` for a service. Of two rows for one field, the first that says
something counts. Source: AIFE, Swagger of the API "Structures" 1.0.0; public clients that run against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.model.observed.source import Reported
from chorus_config.sources.piste.values import (
    country,
    day,
    flag,
    identifiant,
    is_active,
    is_private,
    long_text,
    postcode,
    statut,
    telephone,
    text,
)
from chorus_config.sources.places import place_of, put

Answer = Mapping[str, Any]

_EDI: Final = _("not verified that it is this tick of the screen")
_FROM_ROW: Final = _("where the detail of the service does not say it")
_PHONE: Final = _("behind the country prefix of the field beside it; the form of both is not verified")


class Row(Struct, frozen=True):
    """A field and how its value is read; `beside` is a second origin that the value needs, "" for none."""

    reported: Reported
    read: Callable[..., object]
    beside: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """Where the value goes in the body of a sheet, or in an entry of its list."""
        return place_of(self.reported)


def _row(path: str, origin: str, read: Callable[..., object] = text, note: str = "", group: str = "") -> Row:
    return Row(Reported(group, path, origin, note), read)


def _address(group: str, block: str) -> tuple[Row, ...]:
    """Return the rows of an address."""

    def phone(name: str, origin: str, beside: str) -> Row:
        """Return the row of a number."""
        reported = Reported(group, f"/adresse_postale/{name}", f"{block}.{origin}", _PHONE)
        return Row(reported, telephone, f"{block}.{beside}")

    rows: tuple[tuple[str, str, Callable[..., object]], ...] = (
        ("adresse", "adresse", text),
        ("complement_1", "complementAdresse1", text),
        ("complement_2", "complementAdresse2", text),
        ("code_postal", "codePostal", postcode),
        ("ville", "ville", text),
        ("pays", "pays", country),
    )
    return (
        *(_row(f"/adresse_postale/{name}", f"{block}.{origin}", read, group=group) for name, origin, read in rows),
        phone("telephone", "telephone", "indicatifTelephone"),
        phone("fax", "fax", "indicatifFax"),
    )


STRUCTURE: Final = (
    _row("/type_identifiant", "informationGenerales.typeIdentifiantStructure"),
    _row("/type_identifiant", "listeStructures.typeIdentifiantStructure"),
    Row(
        Reported("", "/identifiant", "listeStructures.identifiantStructure"),
        identifiant,
        "listeStructures.typeIdentifiantStructure",
    ),
    _row("/raison_sociale", "informationGenerales.raisonSocialeStructure"),
    _row("/libelle", "informationGenerales.libelleStructure"),
    _row("/adresse_electronique", "informationGenerales.emailStructure"),
    _row("/statut", "listeStructures.statut", statut, _("ACTIVE and INACTIVE there")),
    _row("/structure_privee", "informationGenerales.structurePriveePublique", is_private, _("PRIVEE is ticked")),
    _row("/emetteur_flux_edi", "parametres.connexionEDI", flag, _EDI),
    *_address("", "adressePostaleDuSiege"),
    _row("/parametres/reception_donnees_edi", "parametres.recevoirDonneesViaEDI", flag, _EDI),
    _row("/parametres/engagement_juridique_obligatoire", "parametres.numeroEJDoitEtreRenseigne", flag),
    _row("/parametres/structure_avec_moa", "parametres.getaMoa", flag),
    _row("/parametres/structure_avec_moa", "parametres.aMoa", flag, _("the name that one client reads")),
    _row("/parametres/moa_uniquement", "parametres.estMoaUniquement", flag),
    _row("/parametres/code_service_obligatoire", "parametres.codeServiceDoitEtreRenseigne", flag),
    _row("/parametres/mise_en_paiement_non_remontee", "parametres.statutMiseEnPaiementNestPasRemonte", flag),
    _row("/parametres/engagement_ou_code_service_obligatoire", "parametres.gestionNumeroEJOuCodeService", flag),
)
SERVICE: Final = (
    _row("/code", "listeServices.codeService", group="services"),
    _row("/libelle", "informationsGenerales.nomService", group="services"),
    _row("/libelle", "listeServices.libelleService", text, _FROM_ROW, "services"),
    _row("/description", "informationsGenerales.descriptionService", long_text, group="services"),
    _row("/actif", "listeServices.estActif", flag, group="services"),
    _row("/actif", "listeServices.statutService", is_active, _("where estActif is missing"), "services"),
    _row("/date_debut", "parametres.dateDebutValidite", day, group="services"),
    _row("/date_debut", "listeServices.dateDbtService", day, _FROM_ROW, "services"),
    _row("/date_fin", "parametres.dateFinValidite", day, group="services"),
    _row("/date_fin", "listeServices.dateFinService", day, _FROM_ROW, "services"),
    _row("/engagement_obligatoire", "parametres.numeroEngagement", flag, group="services"),
    *_address("services", "adressePostale"),
)
FIELDS: Final[tuple[Reported, ...]] = (
    *(row.reported for row in STRUCTURE),
    Reported("services", "", "rechercher/services", _("not verified that inactive services are in it, too")),
    *(row.reported for row in SERVICE),
)
# Beside a structure: when the password of its technical account ends.
PASSWORD_ENDS: Final = "informationGenerales.dateExpirationMotPasseCompteTech"  # noqa: S105, the name of a field


def filled(rows: Iterable[Row], answer: Answer, strange: set[str]) -> dict[str, Any]:
    """Return what an answer says in the shape of a sheet, or of an entry of its list; what it does not say is left out.

    `strange` takes the origins of values that are not understood: they count as not reported.
    """
    found: dict[str, Any] = {}
    for row in rows:
        value = at(answer, row.reported.origin)
        if is_silent(value) or _holds(found, row.path):
            continue
        read = row.read(value, at(answer, row.beside)) if row.beside else row.read(value)
        if read is None:
            strange.add(row.reported.origin)
        else:
            put(found, row.path, read)
    return found


def at(answer: Answer, origin: str) -> Any:
    """Return the value of an origin, None where it or its block is missing."""
    block, _dot, name = origin.partition(".")
    inner = answer.get(block)
    return inner.get(name) if isinstance(inner, Mapping) else None


def is_silent(value: Any) -> bool:
    """Tell whether a value says nothing: it is missing, null or blank."""
    return value is None or (isinstance(value, str) and not value.strip())


def _holds(found: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    for step in path[:-1]:
        found = found.get(step, {})
    return path[-1] in found
