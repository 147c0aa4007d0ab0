"""`afnor:` and `afnor:NAME`: what the national directory says of structures, asked of an approved platform."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.errors import UsageFault
from chorus_config.model.observed.directory_line import DirectoryLine
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.sources.afnor.access import Access, access_to
from chorus_config.sources.afnor.bodies import Remarks
from chorus_config.sources.afnor.calls import SIRET, Directory
from chorus_config.sources.afnor.legal_unit import AskedUnit, Portion, read_unit
from chorus_config.sources.afnor.notes import notes_of
from chorus_config.sources.http.session import Session
from chorus_config.sources.request import SourceRequest

_SIREN: Final = re.compile("[0-9]{9}")


def read_afnor(where: str, request: SourceRequest) -> Snapshot:
    """Return what the directory says of the structures that are asked for; `where` is the name of a platform, or "".

    Their invoicing addresses are read where they are asked for: at most one search more for a SIREN.
    Raises UsageFault (nothing is asked for, an unknown name), Unavailable: never is a part given for the whole.
    """
    units, unknown = _units(request)
    access = access_to(where, request)
    remarks = Remarks(absent=unknown)
    records: dict[str, Record] = {}
    lines: dict[str, tuple[DirectoryLine, ...]] = {}
    for portion in _each(access, request, units):
        records |= portion.records
        lines |= portion.lines
        remarks.add(portion.remarks)
    for note in notes_of(remarks, access.source, access.api, request.say, nothing=not records):
        request.note(note)
    return Snapshot(dict(sorted(records.items())), access.source, request.at or None, lines=dict(sorted(lines.items())))


def _units(request: SourceRequest) -> tuple[list[AskedUnit], list[str]]:
    """Return what is asked, by legal unit, and what no SIRET or SIREN is: the directory knows nothing else.

    Raises UsageFault for everything: nobody reads the directory of the country.
    """
    asked = request.asked
    if asked.everything:
        message = _(
            "afnor: reads the structures that it is told, never the whole directory: name a SIREN or identifiants, or write "
            "sheets for them"
        )
        raise UsageFault(request.say(message))
    sirets = {one for one in asked.identifiants if SIRET.fullmatch(one)}
    sirens = {one for one in asked.sirens if _SIREN.fullmatch(one)}
    some: dict[str, tuple[str, ...]] = {}
    for siret in sorted(sirets):
        some[siret[:9]] = (*some.get(siret[:9], ()), siret)
    wanted = sorted(sirens | some.keys())
    units = [AskedUnit(siren, None if siren in sirens else some[siren], asked.lines) for siren in wanted]
    return units, sorted((asked.identifiants - sirets) | (asked.sirens - sirens))


def _each(access: Access, request: SourceRequest, units: Iterable[AskedUnit]) -> list[Portion]:
    """Return what is read of each legal unit."""
    with Session(access.settings, request) as session:
        directory = Directory(session, access, request.say)
        return list(session.each(lambda unit: read_unit(directory, unit), units, request.say(_("Directory"))))
