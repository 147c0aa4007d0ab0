"""The calls of the directory API that are made, and what their answers must be to be used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from chorus_config.i18n.translator import Translator, _
from chorus_config.sources.afnor.access import Access
from chorus_config.sources.afnor.failures import is_not_found, not_whole, strange, unavailable
from chorus_config.sources.afnor.fields import Entry
from chorus_config.sources.afnor.paging import NOTHING, NotWhole, Page, read_pages
from chorus_config.sources.http.faults import ApiFault
from chorus_config.sources.http.session import Answer, Session

SIRET: Final = re.compile("[0-9]{14}")
_ESTABLISHMENTS: Final = "/siret/search"
_ROUTING_CODES: Final = "/routing-code/search"
_LINES: Final = "/directory-line/search"


class Directory(Struct, frozen=True):
    """A platform that is asked. All raise Unavailable; nothing that is not known to be whole is ever returned."""

    session: Session
    access: Access
    say: Translator

    def establishment(self, siret: str) -> Entry | None:
        """Return an establishment, None when the directory does not know it."""
        path = f"/siret/code-insee:{siret}"
        found = self._one(path)
        if found is not None and found.get("siret") != siret:
            raise strange(path, _("it is not about the SIRET that was asked for"), self.access, self.say, found)
        return found

    def is_public_unit(self, siren: str) -> bool:
        """Tell whether the directory calls a legal unit public; it does not say so of all that receive on Chorus Pro."""
        found = self._one(f"/siren/code-insee:{siren}")
        return found is not None and found.get("entityType") == "Public"

    def establishments(self, siren: str) -> list[Entry]:
        """Return all establishments of a SIREN."""
        found = self._search(_ESTABLISHMENTS, "siren", siren)
        if any(SIRET.fullmatch(entry["siret"]) is None for entry in found):
            raise strange(_ESTABLISHMENTS, _("an establishment has no SIRET"), self.access, self.say)
        return found

    def routing_codes(self, name: str, number: str) -> list[Entry]:
        """Return the routing codes of a SIREN or SIRET (`name` says which it is)."""
        found = self._search(_ROUTING_CODES, name, number)
        if any(not entry["siret"] for entry in found):
            raise strange(_ROUTING_CODES, _("a routing code does not say of which SIRET it is"), self.access, self.say)
        return found

    def lines(self, name: str, number: str) -> list[Entry]:
        """Return the addresses of a SIREN or SIRET; those of a SIREN as a whole have the SIRET "": public bodies have none."""
        return self._search(_LINES, name, number)

    def _one(self, path: str) -> Entry | None:
        try:
            answer = self.session.get(path)
        except ApiFault as fault:
            if is_not_found(fault):
                return None
            raise unavailable(fault, self.access, self.say) from fault
        if answer.status == NOTHING:
            return None
        if not isinstance(answer.data, Mapping):
            raise strange(path, _("it is no object"), self.access, self.say)
        return answer.data

    def _search(self, path: str, name: str, number: str) -> list[Entry]:
        """Return what a search finds, each with its SIRET; only what is of the SIREN or SIRET that was asked for.

        A search of a SIREN gives what is of all its establishments, and some platforms search for less than they are told.
        """
        filters = {name: {"op": "strict", "value": number}}
        try:
            found = read_pages(lambda limit, ignore: self._page(path, {"filters": filters, "limit": limit, "ignore": ignore}))
        except NotWhole as fault:
            raise not_whole(path, fault.got, fault.total, self.access, self.say) from None
        # A search of one SIRET gives its codes, whether they repeat it or not; an address without one is that of a SIREN.
        own = number if name == "siret" and path == _ROUTING_CODES else ""
        named = [{**entry, "siret": self._siret(path, entry) or own} for entry in found]
        return [entry for entry in named if entry["siret"].startswith(number) or not entry["siret"]]

    def _page(self, path: str, body: Mapping[str, object]) -> Page:
        try:
            answer = self.session.post(path, body)
        except ApiFault as fault:
            if is_not_found(fault):
                return Page(NOTHING)
            raise unavailable(fault, self.access, self.say) from fault
        return Page(NOTHING) if answer.status == NOTHING else self._entries(path, answer)

    def _entries(self, path: str, answer: Answer) -> Page:
        data: Any = answer.data
        entries = data.get("results") if isinstance(data, Mapping) else None
        if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
            raise strange(path, _("it holds no list of results"), self.access, self.say, data)
        total = data.get("totalNumberOfResults")
        told = isinstance(total, int) and not isinstance(total, bool) and total >= 0
        return Page(answer.status, tuple(entries), total if told else None)

    def _siret(self, path: str, entry: Entry) -> str:
        """Return the SIRET that an entry names, "" for none. A number has lost its leading zeros, perhaps."""
        siret = entry.get("siret")
        if siret is None:
            return ""
        if not isinstance(siret, str) or (siret and SIRET.fullmatch(siret) is None):
            raise strange(path, _("a SIRET is not written in 14 digits between quotation marks"), self.access, self.say)
        return siret
