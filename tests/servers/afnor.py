"""A platform that serves the national directory, on loopback: `with AfnorServer(portfolio(3)) as server: server.environ`.

Every request, and every answer that it makes of its own, is held against `afnor_shapes`; the end of the `with` raises what does
not fit. It misbehaves by its settings, and by `misbehave` and `always` (tests/servers/loopback.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

from jsonschema import Draft202012Validator

from chorus_config.model.project_entries import Platform
from tests.servers.afnor_shapes import ANSWERS, SEARCH
from tests.servers.loopback import ApiServer, Reply, Seen, server_error

BASE: Final = "/afnor-directory/v1"
_SEARCHES: Final = ("/siret/search", "/routing-code/search", "/directory-line/search")

Entry = dict[str, Any]

PUBLIC: Final[Entry] = {"routingIdentifier": "FACTURES_PUBLIQUES", "routingCodeName": "Service des factures publiques"}
ADDRESS: Final[Entry] = {"addressLine1": "1 PL DE LA MAIRIE", "postalCode": "16000", "locality": "VALMONT", "countryCode": "FR"}


def service(code: str, name: str, **more: Any) -> Entry:
    """Return a routing code."""
    return {"routingIdentifier": code, "routingCodeName": name, **more}


@dataclass(frozen=True)
class Structure:
    """An establishment of the directory. `demands` is its block `b2gAdditionalData`, None for an establishment without."""

    siret: str
    name: str = "COMMUNE DE VALMONT"
    demands: Mapping[str, bool] | None = None
    services: tuple[Entry, ...] = (PUBLIC,)
    public: bool = True
    state: str = "A"
    address: Mapping[str, str] = field(default_factory=lambda: ADDRESS)
    lines: bool = True
    platform: str = "DFH"
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def siren(self) -> str:
        """The SIREN of its legal unit."""
        return self.siret[:9]

    def establishment(self) -> Entry:
        """Return it as an establishment."""
        block = {} if self.demands is None else {"b2gAdditionalData": dict(self.demands)}
        named = {"siret": self.siret, "siren": self.siren, "name": self.name, "administrativeStatus": self.state}
        return {**named, "address": dict(self.address), **block, **self.more}

    def routing_codes(self) -> list[Entry]:
        """Return its services."""
        usual = {"siret": self.siret, "routingIdentifierType": "0224", "administrativeStatus": "A"}
        return [
            {key: value for key, value in {**usual, "managesLegalCommitmentCode": False, **one}.items() if value is not None}
            for one in self.services
        ]

    def directory_lines(self) -> list[Entry]:
        """Return its addresses: that of the SIRET, and one a service; those of closed services are no longer in force."""
        closed = {one["routingIdentifier"] for one in self.services if one.get("administrativeStatus") == "C"}
        codes = [None, *(one["routingIdentifier"] for one in self.services)] if self.lines else []
        return [
            {
                "addressingIdentifier": "_".join(filter(None, (self.siren, self.siret, code))),
                "siren": self.siren, "siret": self.siret, "directoryLineStatus": "Disabled" if code in closed else "Enabled",
                "platform": {"platformType": self.platform, "platformStatus": "A"},
            }
            for code in codes
        ]  # fmt: skip


NOT_FOUND: Final = {"errorCode": "NOT_FOUND", "errorMessage": "The resource does not exist"}


class AfnorServer(ApiServer):
    """The platform. Its settings may be changed while it runs; `on_call` sees each path before it is answered.

    `most`: entries a page. `tells_total` False: no answer says how many there are. `partial`: a page that is not the last has
    status 206; "always": each has. `organization`: what the header Organization-Id must be. `more_lines`: addresses beside
    those of the structures.
    """

    def __init__(self, structures: Iterable[Structure] = ()) -> None:
        super().__init__(self.served)
        self.structures = list(structures)
        self.most = 100
        self.tells_total = True
        self.partial: bool | str = True
        self.organization = ""
        self.more_lines: list[Entry] = []
        self.on_call: Callable[[str], None] = lambda _path: None

    @property
    def environ(self) -> dict[str, str]:
        """The variables by which `afnor:` finds this platform."""
        return {
            "CHORUS_CONFIG_AFNOR_API": f"{self.url}{BASE}", "CHORUS_CONFIG_AFNOR_OAUTH": self.oauth,
            "AFNOR_CLIENT_ID": self.client[0], "AFNOR_CLIENT_SECRET": self.client[1],
        }  # fmt: skip

    def environ_of(self, name: str) -> dict[str, str]:
        """Return the variables of its account, where a project file calls it by a name."""
        return dict(zip((f"AFNOR_{name}_CLIENT_ID", f"AFNOR_{name}_CLIENT_SECRET"), self.client, strict=True))

    @property
    def platform(self) -> Platform:
        """What a project file says of this platform."""
        return Platform(f"{self.url}{BASE}", self.oauth)

    def calls(self) -> list[str]:
        """Return the paths that were called under the base, in order."""
        return [path.removeprefix(BASE) for path in map(unquote, self.paths()) if path.startswith(BASE)]

    def searches(self, place: str) -> list[Entry]:
        """Return the bodies of the searches of a place."""
        return [one.json for one in self.asked(place)]

    def served(self, seen: Seen) -> Reply:
        """Return the answer to a call of somebody with a token. Raises ValidationError."""
        path = unquote(seen.path)
        self.on_call(path)
        if self.organization and seen.headers.get("organization-id") != self.organization:
            return Reply(400, {"errorCode": "BAD_REQUEST", "errorMessage": "Header Organization-Id is missing or unknown"})
        if not path.startswith(f"{BASE}/"):
            return server_error(404)
        place = path.removeprefix(BASE)
        if seen.method == "POST" and place in _SEARCHES:
            return self._search(place, seen.json)
        kind, _colon, number = place.rpartition(":")
        if seen.method == "GET" and kind in {"/siret/code-insee", "/siren/code-insee"}:
            return self._one(kind, number)
        return Reply(404, {"type": "about:blank", "message": "no such route", "status": 404, "instance": path})

    def _one(self, kind: str, number: str) -> Reply:
        if kind.startswith("/siret"):
            found = [one.establishment() for one in self.structures if one.siret == number]
        else:
            units = {one.siren: "Public" if one.public else "PrivateVatRegistered" for one in self.structures}
            unit = {"siren": number, "businessName": "COMMUNE", "administrativeStatus": "A"}
            found = [{**unit, "entityType": units[number]}] if number in units else []
        return _checked(kind, found[0]) if found else _checked("not found", NOT_FOUND, 404)

    def _search(self, place: str, asked: Entry) -> Reply:
        Draft202012Validator(SEARCH).validate(asked)
        found = [entry for entry in self._entries(place, asked["filters"]) if _fits(entry, asked["filters"])]
        first = asked["ignore"]
        page = found[first : first + min(asked["limit"], self.most)]
        if not page:
            return Reply(204)
        rest = first + len(page) < len(found)
        status = 206 if self.partial == "always" or (self.partial and rest) else 200
        total = {"totalNumberOfResults": len(found)} if self.tells_total else {}
        return _checked(place, {**total, "results": page}, status)

    def _entries(self, place: str, filters: Mapping[str, Entry]) -> Iterable[Entry]:
        # A platform has an index: making all entries of a thousand structures at every call is slow.
        sirens = {one["value"][:9] for one in filters.values()}
        near = [one for one in self.structures if one.siren in sirens]
        if place == "/siret/search":
            return [one.establishment() for one in near]
        if place == "/routing-code/search":
            return [entry for one in near for entry in one.routing_codes()]
        return [*(entry for one in near for entry in one.directory_lines()), *self.more_lines]


def _checked(shape: str, data: Entry, status: int = 200) -> Reply:
    """Return an answer that is of the shape of the directory. Raises ValidationError."""
    Draft202012Validator(ANSWERS[shape]).validate(data)
    return Reply(status, data)


def _fits(entry: Entry, filters: Mapping[str, Entry]) -> bool:
    """Tell whether an entry is what is searched; one without a SIREN of its own has that of its SIRET."""
    known = {"siren": str(entry.get("siret", ""))[:9], **entry}
    return all(
        known.get(name) == one["value"] if one["op"] == "strict" else one["value"] in str(known.get(name, ""))
        for name, one in filters.items()
    )


def portfolio(count: int, of_one_siren: int = 4) -> list[Structure]:
    """Return structures of all kinds, of so many to a SIREN: with and without demands, with one to five services."""
    flags = ("pm", "managesPaymentStatus", "managesLegalCommitmentCode", "serviceCodeStatus")
    others = {"pmOnly": False, "managesLegalCommitmentOrServiceCode": False}
    made = []
    for number in range(count):
        siren = with_check_digit(f"21{number // of_one_siren:06d}")
        demands = others | {name: bool(number >> bit & 1) for bit, name in enumerate(flags)}
        kept = range(number % 5)
        services = [service(f"SERVICE-{one}", f"Service n° {one}", managesLegalCommitmentCode=one % 2 == 0) for one in kept]
        if len(services) > 3:
            services[-1]["administrativeStatus"] = "C"
        siret = with_check_digit(f"{siren}{number % of_one_siren + 1:04d}")
        address = {**ADDRESS, "addressLine1": f"{number} RUE HAUTE"}
        blank = number % 3 == 0
        made.append(Structure(siret, f"BUDGET {number}", None if blank else demands, (PUBLIC, *services), address=address))
    return made


def with_check_digit(digits: str) -> str:
    """Return a number with the digit that makes it a SIREN or a SIRET."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)
