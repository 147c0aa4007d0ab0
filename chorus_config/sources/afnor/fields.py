"""What the directory calls the fields of a sheet: the one table by which its answers are read.

The name of a field in the directory is that of an establishment (group ""), or of a routing code (group `services`).
Source: public client code that reads this API; external specifications v3.1, annex 3 (what a public structure publishes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.model.observed.source import Reported
from chorus_config.rules.judges.countries import country_name
from chorus_config.sources.places import place_of, put

Entry = Mapping[str, Any]

_MISSING_BLOCK: Final = _("the whole block is missing where a public structure demands nothing: false then")
_OWN_ADDRESS: Final = _("the address in the directory: not verified that it is always that of the sheet")


class Row(Struct, frozen=True):
    """A field: what it is called, the type and the meaning of its value (`read` gives None for what it does not understand).

    `undemanded` is what it is in a public structure whose block `b2gAdditionalData` is missing; None says nothing of it.
    """

    reported: Reported
    kind: type
    read: Callable[[Any], object]
    undemanded: bool | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """Where the value goes in the body of a sheet, or in an entry of its list."""
        return place_of(self.reported)


def _text(path: str, origin: str, note: str = "", group: str = "", read: Callable[[str], object] = lambda value: value) -> Row:
    return Row(Reported(group, path, origin, note), str, read)


def _flag(path: str, origin: str, note: str = "", group: str = "") -> Row:
    """Return a row of a tick: `true` is ticked."""
    return Row(Reported(group, path, origin, note), bool, lambda value: value, None if group else False)


def _inverted(path: str, origin: str, note: str) -> Row:
    """Return a row of a tick that the directory tells by its contrary."""
    return Row(Reported("", path, origin, note), bool, lambda value: not value)


def _country(value: str) -> str | None:
    return country_name(value) or None


def _address(group: str, note: str = "") -> tuple[Row, ...]:
    """Return the rows of an address. Of two rows for one field, the first that has a value counts."""
    rows = (
        ("adresse", "addressLine1"), ("complement_1", "addressLine2"), ("complement_2", "addressLine3"),
        ("code_postal", "postalCode"), ("ville", "locality"),
    )  # fmt: skip
    named = tuple(_text(f"/adresse_postale/{name}", f"address.{origin}", note, group) for name, origin in rows)
    country = "/adresse_postale/pays"
    return (
        *named,
        _text(country, "address.countryCode", _("the French name of the country whose code it is"), group, _country),
        _text(country, "address.countryName", _("where the code is missing or unknown"), group),
    )


ESTABLISHMENT: Final = (
    _text("/raison_sociale", "name", _("a memo: not verified whether it is the raison sociale or the libellé")),
    _text("/type_identifiant", "siret", _("the directory knows structures with a SIRET only"), read=lambda _value: "SIRET"),
    _text("/identifiant", "siret"),
    *_address("", _OWN_ADDRESS),
    _flag("/parametres/structure_avec_moa", "b2gAdditionalData.pm", _MISSING_BLOCK),
    _flag("/parametres/moa_uniquement", "b2gAdditionalData.pmOnly", _MISSING_BLOCK),
    _inverted(
        "/parametres/mise_en_paiement_non_remontee",
        "b2gAdditionalData.managesPaymentStatus",
        _("the contrary: true says that the status is handed on; not reported where the whole block is missing"),
    ),
    _flag("/parametres/engagement_juridique_obligatoire", "b2gAdditionalData.managesLegalCommitmentCode", _MISSING_BLOCK),
    _flag("/parametres/code_service_obligatoire", "b2gAdditionalData.serviceCodeStatus", _MISSING_BLOCK),
    _flag(
        "/parametres/engagement_ou_code_service_obligatoire",
        "b2gAdditionalData.managesLegalCommitmentOrServiceCode",
        _MISSING_BLOCK,
    ),
)
ROUTING_CODE: Final = (
    _text("/code", "routingIdentifier", _("of type 0224, that of the codes of Chorus Pro"), "services"),
    _text("/libelle", "routingCodeName", group="services"),
    Row(
        Reported("services", "/actif", "administrativeStatus", _("A is active, C is closed")),
        str, {"A": True, "C": False}.get,
    ),
    _flag("/engagement_obligatoire", "managesLegalCommitmentCode", group="services"),
    *_address("services"),
)  # fmt: skip
FIELDS: Final[tuple[Reported, ...]] = (
    *(row.reported for row in ESTABLISHMENT),
    Reported(
        "services", "", "routing-code/search",
        _("only when the list is read to its end and holds FACTURES_PUBLIQUES, which the portal makes in every structure"),
    ),
    *(row.reported for row in ROUTING_CODE),
)  # fmt: skip


def filled(rows: Iterable[Row], entry: Entry, strange: set[str], *, undemanded: bool = False) -> dict[str, Any]:
    """Return what an entry says in the shape of a sheet, or of an entry of its list; what it does not say is left out.

    `strange` takes the names of values that are not understood: they count as not reported. `undemanded`: the entry is that
    of a public structure that demands nothing of suppliers.
    """
    found: dict[str, Any] = {}
    for row in rows:
        value = _value(row, entry, strange)
        if value is None and undemanded:
            value = row.undemanded
        if value is not None:
            put(found, row.path, value)
    return found


def _value(row: Row, entry: Entry, strange: set[str]) -> object:
    """Return what an entry says in one field, None for nothing."""
    value: Any = entry
    for step in row.reported.origin.split("."):
        if not isinstance(value, Mapping):
            strange.add(row.reported.origin)
            return None
        value = value.get(step)
        if value is None:
            return None
    # A blank text says nothing: an empty address line is no address line.
    if isinstance(value, str) and not value.strip():
        return None
    found = row.read(value) if isinstance(value, row.kind) else None
    if found is None:
        strange.add(row.reported.origin)
    return found
