"""Which structures are read: those whose identifiants are asked for, and those of a SIREN, as far as the API finds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.model.errors import Unavailable, UsageFault
from chorus_config.sources.http.session import Session
from chorus_config.sources.names import listed
from chorus_config.sources.piste.calls import StructuresApi
from chorus_config.sources.piste.paging import PER_PAGE, Entry, ListFault, whole
from chorus_config.sources.piste.values import identifiant, number, statut
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

_SIRET: Final = 14
_SEARCH: Final = "rechercher"


class FoundStructure(Struct, frozen=True):
    """A structure that a search found: its identifiant, its technical number, the row of the search.

    `doubled`: several are called so, and none can be told from the others. Of equal rows the one that was made last stands for
    all; of others `number` is None, and the row what all of them say.
    """

    identifiant: str
    number: int | None
    row: Entry
    doubled: bool = False


def selected(api: StructuresApi, session: Session, request: SourceRequest) -> list[FoundStructure]:
    """Return the structures that are asked for and that Chorus Pro knows, by identifiant. Raises UsageFault, Unavailable."""
    asked = request.asked
    if asked.everything:
        message = _(
            "piste: reads the structures that it is told, never all of the country: name a SIREN or identifiants, or write "
            "sheets for them"
        )
        raise UsageFault(request.say(message))
    label = request.say(_("Searches"))
    found: dict[str, FoundStructure] = {}
    without: list[str] = []
    sirens = sorted(asked.sirens)
    for siren, rows in zip(sirens, _searched(api, session, sirens, label), strict=True):
        own = [row for row in rows if row.identifiant.startswith(siren)]
        found |= {row.identifiant: row for row in _single(own)}
        without += [] if own else [siren]
    _tell_of(without, not found, request)
    left = sorted(asked.identifiants - found.keys())
    for name, rows in zip(left, _searched(api, session, left, label), strict=True):
        found |= {row.identifiant: row for row in _single([row for row in rows if row.identifiant == name])}
    _tell_of_unknown(sorted(asked.identifiants - found.keys()), request)
    return [found[name] for name in sorted(found)]


def _tell_of_unknown(names: Sequence[str], request: SourceRequest) -> None:
    if names:
        message = _("note: piste: not found on Chorus Pro, or private and not attached to the technical account: {names}")
        request.note(request.say(message, names=listed(names, request.say)))


def _tell_of(without: Sequence[str], nothing: bool, request: SourceRequest) -> None:
    """Raise Unavailable when nothing was found by any SIREN, tell of those that have nothing beside others that have."""
    if not without:
        return
    names = ", ".join(map(printable, without))
    if nothing:
        message = _(
            "piste: nothing was found under SIREN {names}. It is not verified that Chorus Pro searches by the beginning of an "
            "identifiant: name the SIRETs one by one"
        )
        raise Unavailable(request.say(message, names=names))
    request.note(request.say(_("note: piste: nothing was found under SIREN {names}"), names=names))


def _searched(api: StructuresApi, session: Session, texts: Sequence[str], label: str) -> Iterable[list[FoundStructure]]:
    """Yield what is found by each text. The first search is made alone: of wrong credentials one failure is enough."""
    if texts:
        yield _search(api, texts[0])
    if len(texts) > 1:
        yield from session.each(lambda text: _search(api, text), texts[1:], label)


def _search(api: StructuresApi, text: str) -> list[FoundStructure]:
    criteria: dict[str, Any] = {"identifiantStructure": text}
    if text.isdigit() and len(text) <= _SIRET:
        criteria["typeIdentifiantStructure"] = "SIRET"

    def ask(page: int) -> Entry:
        """Return a page of the list."""
        paging = {
            "nbResultatsParPage": PER_PAGE, "pageResultatDemandee": page,
            "triColonne": "IdentifiantStructure", "triSens": "Ascendant",
        }  # fmt: skip
        # True: of private structures, only those that the account is attached to.
        body = {"structure": criteria, "restreindreStructuresPrivees": True, "parametres": paging}
        return api.ask(_SEARCH, body, text)

    try:
        rows = whole(ask, "listeStructures", "idStructureCPP")
    except ListFault as fault:
        raise api.unusable(_SEARCH, text, api.say(fault.message)) from None
    return [_found(row, text, api) for row in rows]


def _found(row: Entry, text: str, api: StructuresApi) -> FoundStructure:
    name = identifiant(row.get("identifiantStructure"), row.get("typeIdentifiantStructure") or "SIRET")
    technical = number(row.get("idStructureCPP"))
    if name is None or technical is None:
        raise api.unusable(_SEARCH, text, api.say(_("a row has no identifiantStructure")))
    return FoundStructure(name, technical, {**row, "identifiantStructure": name})


def _single(rows: Iterable[FoundStructure]) -> Iterable[FoundStructure]:
    """Yield each structure once: of several with one identifiant, the active one."""
    by_name: dict[str, list[FoundStructure]] = {}
    for row in rows:
        by_name.setdefault(row.identifiant, []).append(row)
    for same in by_name.values():
        active = [row for row in same if statut(row.row.get("statut")) == "ACTIF"]
        yield _one_of(active or same)


def _one_of(same: Sequence[FoundStructure]) -> FoundStructure:
    """Return what stands for several structures of one identifiant: one that nobody can choose must not stop all others."""
    if len(same) == 1:
        return same[0]
    last = max(same, key=lambda row: row.number or 0)
    common = {name: value for name, value in last.row.items() if all((name, value) in row.row.items() for row in same)}
    equal = all(row.row.keys() - common.keys() <= {"idStructureCPP"} for row in same)
    return FoundStructure(last.identifiant, last.number if equal else None, last.row if equal else common, doubled=True)
