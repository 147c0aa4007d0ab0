"""`piste:`: what Chorus Pro says of structures. Who is attached to them cannot be read: no operation lists the users.

All structures are read, or none: what fails stops the reading, so that a part never passes for the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any, Final

from msgspec import Struct

from chorus_config.diff.fields import pointer
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.sources.http.session import Session
from chorus_config.sources.names import listed
from chorus_config.sources.piste.access import access_to, environment_of
from chorus_config.sources.piste.calls import StructuresApi
from chorus_config.sources.piste.fields import PASSWORD_ENDS, SERVICE, STRUCTURE, at, filled, is_silent
from chorus_config.sources.piste.paging import PER_PAGE, Entry, ListFault, whole
from chorus_config.sources.piste.selection import FoundStructure, selected
from chorus_config.sources.piste.values import day, identifiant, number, text
from chorus_config.sources.request import SourceRequest
from chorus_config.sources.snapshot_file.body import fault_of
from chorus_config.yamltext.characters import printable

_LANGUAGE: Final = "fr"
# From so many days before the end of a password it is told.
_DAYS_BEFORE: Final = 30
_NAMED: Final = 3


class _Read(Struct, frozen=True):
    """A structure as it was read, what of it was not understood, and the day on which its technical password ends.

    `unlisted`: its services cannot be told from one another, and are not reported.
    """

    record: Record
    strange: frozenset[str]
    password_ends: str | None
    unlisted: bool


def read_piste(where: str, request: SourceRequest) -> Snapshot:
    """Return what Chorus Pro says of the structures that are asked for; `where`: production, qualification, "" as the project.

    Raises UsageFault (another name, nothing asked for), Unavailable: never is a part given for the whole.
    """
    environment = environment_of(where, request)
    settings = access_to(environment, request)
    with Session(settings, request) as session:
        api = StructuresApi(session, settings.name, request.say)
        found = selected(api, session, request)
        label = request.say(_("Structures"))
        read = [*session.each(lambda one: _structure(api, one), found, label)]
    unclear = _unclear([one.identifiant for one in found if one.doubled], read, request.say)
    for note in chain(_elsewhere(environment, request), unclear, _strange(read, request.say), _ending(read, request)):
        request.note(note)
    records = {one.record.root: one.record for one in read}
    return Snapshot(records, f"piste:{environment}", request.at or None)


def _structure(api: StructuresApi, found: FoundStructure) -> _Read:
    """Return a structure with its services; of one that cannot be told from others, what the search says."""
    about = found.identifiant
    known = found.number is not None
    answer = _detail(api, found) if known else {}
    strange: set[str] = set()
    services = _services(api, found, strange) if known else None
    body: dict[str, Any] = {
        "type": "fiche-structure", "version": 1,
        **filled(STRUCTURE, {**answer, "listeStructures": found.row}, strange),
        **({} if services is None else {"services": services}),
    }  # fmt: skip
    fault = fault_of(body, about)
    if fault is not None:
        raise api.unusable("consulter", about, f"{printable(pointer(fault[0]))}: {api.say(fault[1])}")
    ends = at(answer, PASSWORD_ENDS)
    if not is_silent(ends) and day(ends) is None:
        strange.add(PASSWORD_ENDS)
    return _Read(Record(about, body), frozenset(strange), day(ends), known and services is None)


def _detail(api: StructuresApi, found: FoundStructure) -> Entry:
    """Return a structure without its services. Raises Unavailable when what came is not it, or nothing of it."""
    answer = api.ask("consulter", {"idStructureCPP": found.number, "codeLangue": _LANGUAGE}, found.identifiant)
    general = answer.get("informationGenerales")
    if not isinstance(general, Mapping):
        raise api.unusable("consulter", found.identifiant, api.say(_("there is no informationGenerales in it")))
    kind = general.get("typeIdentifiantStructure") or found.row.get("typeIdentifiantStructure") or "SIRET"
    named = identifiant(general.get("identifiantStructure"), kind)
    technical = number(general.get("idStructureCPP"))
    if named not in {None, found.identifiant} or technical not in {None, found.number}:
        raise api.unusable("consulter", found.identifiant, api.say(_("it is about another structure")))
    return answer


def _services(api: StructuresApi, found: FoundStructure, strange: set[str]) -> list[dict[str, Any]] | None:
    """Return all services of a structure, by their codes: their technical numbers change when one is made anew.

    None where nobody can say which of several services of one code counts.
    """
    about, operation = found.identifiant, "rechercher/services"

    def ask(page: int) -> Entry:
        """Return a page of the list."""
        paging = {
            "nbResultatsParPage": PER_PAGE, "pageResultatDemandee": page, "triColonne": "CodeService", "triSens": "Ascendant",
        }  # fmt: skip
        return api.ask(operation, {"idStructure": found.number, "parametresRechercherServicesStructure": paging}, about)

    try:
        rows = whole(ask, "listeServices", "idService")
    except ListFault as fault:
        raise api.unusable(operation, about, api.say(fault.message)) from None
    single = _single(_service(api, found, row, strange) for row in rows)
    return single and sorted(single, key=lambda service: (service["code"] != PUBLIC_INVOICES, service["code"]))


def _service(api: StructuresApi, found: FoundStructure, row: Entry, strange: set[str]) -> dict[str, Any]:
    body = {"idStructure": found.number, "idService": number(row["idService"]), "codeLangue": _LANGUAGE}
    answer = api.ask("consulter/service", body, found.identifiant)
    service = filled(SERVICE, {**answer, "listeServices": row}, strange)
    if "code" not in service:
        raise api.unusable("rechercher/services", found.identifiant, api.say(_("a service has no code")))
    if text(at(answer, "informationsGenerales.codeService")) not in {None, service["code"]}:
        raise api.unusable("consulter/service", found.identifiant, api.say(_("it is about another service")))
    return service


def _single(services: Iterable[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """Return each service once: equal ones are one, of several with one code the active one counts; None where none does."""
    by_code: dict[str, list[dict[str, Any]]] = {}
    for service in services:
        same = by_code.setdefault(service["code"], [])
        if service not in same:
            same.append(service)
    single = []
    for same in by_code.values():
        chosen = same if len(same) == 1 else [service for service in same if service.get("actif") is True]
        if len(chosen) != 1:
            return None
        single += chosen
    return single


def _elsewhere(environment: str, request: SourceRequest) -> Iterable[str]:
    """Yield a note when the environment that was named is not that of the project."""
    if environment != request.project.environment:
        message = _(
            "note: « piste:{name} » is read, though the project is one of the {own} environment (`environnement` in its file, "
            "production without it): what differs may be a matter of the environment"
        )
        yield request.say(message, name=environment, own=request.project.environment)


def _unclear(doubled: Sequence[str], read: Sequence[_Read], say: Translator) -> Iterable[str]:
    """Yield a note of the structures, and of the services, of which Chorus Pro has several under one name."""
    if doubled:
        message = _(
            "note: piste: Chorus Pro has several structures of one identifiant, and not one of them alone is active: what they "
            "have in common is read, or the last one made where the search says the same of all: {names}"
        )
        yield say(message, names=listed(doubled, say))
    unlisted = [one.record.root for one in read if one.unlisted]
    if unlisted:
        message = _(
            "note: piste: services that are not compared, since Chorus Pro has several with the same code, and not one of them "
            "alone is active: {names}"
        )
        yield say(message, names=listed(unlisted, say))


def _strange(read: Sequence[_Read], say: Translator) -> Iterable[str]:
    """Yield a note of what was not understood anywhere, without its value."""
    origins = sorted({origin for one in read for origin in one.strange})
    if origins:
        message = _("note: piste: not understood in some structures, and taken as not reported: {names}")
        yield say(message, names=", ".join(origins))


def _ending(read: Sequence[_Read], request: SourceRequest) -> Iterable[str]:
    """Yield a note for each day on which technical passwords end soon, or have ended."""
    today = request.day or (datetime.fromisoformat(request.at).date() if request.at else None)
    by_day: dict[str, list[str]] = {}
    for one in read:
        if one.password_ends is not None and today is not None:
            by_day.setdefault(one.password_ends, []).append(one.record.root)
    for end, roots in sorted(by_day.items()):
        left = (date.fromisoformat(end) - (today or date.max)).days
        if left <= _DAYS_BEFORE:
            yield _told_end(end, left, roots, request.say)


def _told_end(end: str, left: int, roots: Sequence[str], say: Translator) -> str:
    message = _(
        "note: the password of the technical account of {names} ends on {day} (days left: {left}): the principal manager "
        "renews it in « Raccordements », « Compte technique »"
    )
    if left < 0:
        message = _(
            "note: the password of the technical account of {names} ended on {day}: the principal manager renews it "
            "in « Raccordements », « Compte technique »"
        )
    names = ", ".join(roots[:_NAMED]) + (f" … ({len(roots)})" if len(roots) > _NAMED else "")
    return say(message, names=names, day=end, left=left)
