"""The body of a sheet from what the directory says of an establishment, its routing codes and its addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

from msgspec import Struct, field

from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.observed.directory_line import DirectoryLine, LinePlatform
from chorus_config.model.project import Body
from chorus_config.sources.afnor.fields import ESTABLISHMENT, ROUTING_CODE, Entry, filled

# The scheme of the codes of Chorus Pro; others are those of other platforms.
CHORUS_PRO_CODES: Final = "0224"
# Who receives, by the kind of platform: the public portal, an approved platform.
_RECEIVERS: Final[dict[str, LinePlatform]] = {"DFH": "chorus_pro", "WK": "approved"}
_BLOCK: Final = "b2gAdditionalData"

# Why the services of a structure are not reported: no list of a public structure is whole without FACTURES_PUBLIQUES; a code
# without type, or twice with different words, is not understood.
Unlisted = Literal["incomplete", "unclear"]


class Remarks(Struct):
    """What there is to say of the structures that were read, beside their bodies."""

    absent: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    not_public: list[str] = field(default_factory=list)
    unlisted: dict[Unlisted, list[str]] = field(default_factory=dict)
    without_address: int = 0
    strange: set[str] = field(default_factory=set)

    def add(self, other: Remarks) -> None:
        """Take up what there is to say of other structures."""
        self.absent += other.absent
        self.closed += other.closed
        self.not_public += other.not_public
        self.without_address += other.without_address
        self.strange |= other.strange
        for reason, sirets in other.unlisted.items():
            self.unlisted.setdefault(reason, []).extend(sirets)


def has_demands(establishment: Entry) -> bool:
    """Tell whether an establishment has the block of what a public structure demands; an empty one counts as missing."""
    return bool(establishment.get(_BLOCK))


def body_of(establishment: Entry, codes: Sequence[Entry], remarks: Remarks, *, public: bool) -> Body:
    """Return the body of a structure. Only those of a public one have parameters and services.

    `administrativeStatus` is INSEE's word on the establishment, not the statut of the structure on the portal.
    """
    siret = str(establishment["siret"])
    blank = public and not has_demands(establishment)
    body: dict[str, Any] = {
        "type": "fiche-structure", "version": 1,
        **filled(ESTABLISHMENT, establishment, remarks.strange, undemanded=blank),
    }  # fmt: skip
    if establishment.get("administrativeStatus") == "C":
        remarks.closed.append(siret)
    if not public:
        remarks.not_public.append(siret)
        return body
    services = _services(codes, remarks.strange)
    if isinstance(services, str):
        remarks.unlisted.setdefault(services, []).append(siret)
    else:
        body["services"] = services
    return body


def _services(codes: Sequence[Entry], strange: set[str]) -> list[dict[str, Any]] | Unlisted:
    """Return the services of a public structure, inactive ones too, or why their list cannot be taken for complete.

    In one order, whatever that of the platform, and what the portal made first.

    Whether a service that is taken off the portal stays as closed or disappears is not known: both are read as they come.
    """
    if not all(map(_has_name, codes)):
        return "unclear"
    found: dict[str, dict[str, Any]] = {}
    for entry in codes:
        if entry["routingIdentifierType"] == CHORUS_PRO_CODES:
            code, service = entry["routingIdentifier"], filled(ROUTING_CODE, entry, strange)
            chosen = _one_of(found.get(code, service), service)
            if chosen is None:
                return "unclear"
            found[code] = chosen
    if PUBLIC_INVOICES not in found:
        return "incomplete"
    return [found[code] for code in sorted(found, key=lambda code: (code != PUBLIC_INVOICES, code))]


def _has_name(entry: Entry) -> bool:
    kind, code = entry.get("routingIdentifierType"), entry.get("routingIdentifier")
    return isinstance(kind, str) and isinstance(code, str) and bool(code.strip())


def _one_of(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any] | None:
    """Return which of two services of one code counts, None when nobody can say.

    The directory keeps history: beside a code that is in force, a closed one of the same name says nothing more.
    """
    if one == other or other.get("actif") is False:
        return one
    return other if one.get("actif") is False else None


def is_public_line(line: Entry) -> bool:
    """Tell whether an address leads to Chorus Pro."""
    return _receiver(line) == "chorus_pro"


def _receiver(line: Entry) -> LinePlatform:
    """Return who receives for an address, as far as its platform is said."""
    platform = line.get("platform")
    kind = platform.get("platformType") if isinstance(platform, dict) else None
    return _RECEIVERS.get(kind, "") if isinstance(kind, str) else ""


def lines_of(entries: Iterable[Entry]) -> Iterable[DirectoryLine]:
    """Yield the addresses; without a status one is not in force, nor is one that is still to come."""
    for entry in entries:
        address = entry.get("addressingIdentifier")
        if isinstance(address, str) and address:
            in_force = entry.get("directoryLineStatus") == "Enabled"
            yield DirectoryLine(address, str(entry["siret"]), in_force, _receiver(entry))
