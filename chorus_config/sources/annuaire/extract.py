"""An extract of the directory in XML (F14): establishments, routing codes, addresses of invoices; namespaces do not count.

It streams by; a document type, with which entities would come, is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from chorus_config.i18n.translator import _
from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.invoicing import DIRECTORY_OPENS
from chorus_config.model.observed.directory_line import DirectoryLine, LinePlatform
from chorus_config.sources.annuaire.bodies import Body, Cells, add_service, new_body, note_checksum
from chorus_config.sources.annuaire.cells import identifiant, plain_name
from chorus_config.sources.annuaire.faults import FileNotes, unusable
from chorus_config.sources.annuaire.fields import ESTABLISHMENTS, ROUTING_CODES, Row
from chorus_config.sources.annuaire.source_file import SourceFile
from chorus_config.sources.annuaire.stream import pieces
from chorus_config.sources.annuaire.tables import Counted
from chorus_config.sources.request import SourceRequest

if TYPE_CHECKING:
    from pyexpat import XMLParserType

_RECORDS: Final = frozenset({"Etablissement", "CodeRoutage", "LigneAnnuaire"})
# What stands near the beginning of an extract.
MARKS: Final = (*_RECORDS, "TypeFlux")
_DEEPEST: Final = 32
_LONGEST: Final = 64 * 1024
# The real file has letters where the annexes have words.
_REMOVED: Final = frozenset({"s", "suppression"})
_CHANGES_ONLY: Final = frozenset({"d", "differentiel", "différentiel"})
_MASKING: Final = frozenset({"m", "masquage"})
# Routing codes of the public sector; the annexes name the scheme by its number, examples by a word.
_ROUTING: Final = frozenset({"", "0224", "code_routage"})
# The numbers of platforms that are no approved ones: Chorus Pro, where public bodies receive; where they send, and the public
# portal itself, which say nothing of who receives.
_CHORUS_PRO: Final = "9999"
_NO_RECEIVER: Final = frozenset({"", "9997", "9998"})


class Extract(Struct):
    """What extracts say: structures and services by identifiant, addresses.

    `partial`: one holds changes only; `has_codes`, `has_public`: some structure has a routing code, FACTURES_PUBLIQUES.
    """

    bodies: dict[str, Body] = field(default_factory=dict)
    services: dict[str, dict[str, Body]] = field(default_factory=dict)
    lines: list[DirectoryLine] = field(default_factory=list)
    records: int = 0
    partial: bool = False
    has_codes: bool = False
    has_public: bool = False


class _Reading:
    """The records of one file as they go by."""

    def __init__(self, file: SourceFile, request: SourceRequest, extract: Extract, counted: Counted) -> None:
        self.file, self.request, self.extract, self.counted = file, request, extract, counted
        self.notes = FileNotes(request.say, request.note, file.name)
        self.parser = _parser(self)
        self.way: list[str] = []
        self.record: dict[str, str] | None = None
        self.text: list[str] = []
        self.length = 0
        self.establishment = _Parts(ESTABLISHMENTS)
        self.routing = _Parts(ROUTING_CODES)
        # The rules of a project may be those of a day before there was a directory; what is in force is asked of today then.
        day = request.day.isoformat() if request.day is not None and request.day >= DIRECTORY_OPENS else request.at[:10]
        self.day = day.replace("-", "")

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Go into an element."""
        name = tag.rpartition(":")[2]
        self.way.append(name)
        if len(self.way) > _DEEPEST:
            raise self.refused(self.request.say(_("its elements are nested deeper than those of any extract")))
        if self.record is None and name in _RECORDS:
            self.record = {}
        elif self.record is not None and "qualifiant" in attributes:
            self.record[f"{name}@"] = attributes["qualifiant"]
        self.text.clear()
        self.length = 0

    def heard(self, text: str) -> None:
        """Take a piece of a text."""
        self.length += len(text)
        if self.length > _LONGEST:
            raise self.refused(self.request.say(_("a text is longer than that of any extract")))
        self.text.append(text)

    def ended(self, _tag: str) -> None:
        """Come out of an element: a record is whole, or one of its parts."""
        name = self.way.pop()
        said = "".join(self.text).strip()
        self.text.clear()
        self.length = 0
        if self.record is None:
            if name == "TypeFlux" and said.casefold() in _CHANGES_ONLY:
                self.extract.partial = True
                self.notes.add(_("note: {name} holds changes only: its lists of services are not taken for complete"), "")
        elif name in _RECORDS:
            self.taken(name, self.record)
            self.record = None
        elif said:
            self.record.setdefault(name, said)

    def doctype(self, *_parts: object) -> None:
        """Refuse a document type, with which entities would come."""
        raise self.refused(self.request.say(_("it declares a document type, which no extract does: entities are not resolved")))

    def taken(self, name: str, record: dict[str, str]) -> None:
        """Take a whole record in, when it is asked for."""
        self.counted.rows += 1
        self.extract.records += 1
        self.extract.has_codes |= name == "CodeRoutage"
        self.extract.has_public |= record.get("IdRoutage") == PUBLIC_INVOICES
        owner = identifiant(record.get("IdSIRET", "") or record.get("IdLinSIRET", ""))
        number = owner or record.get("IdLinSIREN", "")
        if record.get("MotifPresence", "").casefold() in _REMOVED or not number or not self.request.asked.concerns(number):
            return
        self.counted.kept += 1
        if name == "Etablissement":
            note_checksum(owner, self.notes, self.place)
            body = self.establishment.fill(new_body(owner), record, self)
            self.extract.bodies[owner] = body
        elif name == "CodeRoutage":
            self.take_service(owner, record)
        else:
            self.extract.lines.append(self.line(owner, record))

    def take_service(self, owner: str, record: dict[str, str]) -> None:
        """Take a routing code of the public sector in."""
        code = record.get("IdRoutage", "")
        if code and record.get("IdRoutage@", "") in _ROUTING:
            entry = self.routing.fill({"code": code}, record, self)
            add_service(self.extract.services.setdefault(owner, {}), entry, self.notes, self.place)

    def line(self, owner: str, record: dict[str, str]) -> DirectoryLine:
        """Return a line of the directory: its address, and whether it is in force on the day."""
        parts = (record.get("IdLinSIREN", owner[:9]), owner, record.get("IdLinRoutage", "") or record.get("IdLinSuffixe", ""))
        made = "_".join(filter(None, parts))
        said = record.get("Identifiant", "")
        begins, ends = record.get("DateDebut", ""), record.get("DateFinEffective", "") or record.get("DateFin", "")
        masked = record.get("Nature", "").casefold() in _MASKING
        begins, ends = begins.replace("-", ""), ends.replace("-", "")
        active = not masked and (not begins or begins <= self.day) and (not ends or self.day <= ends)
        platform = _receiver(record.get("IdPlateforme", ""))
        return DirectoryLine(said if said.startswith(parts[0]) else made, owner, active, platform)

    def place(self) -> str:
        """Return where the reading stands."""
        return self.request.say(_("line {line}"), line=self.parser.CurrentLineNumber)

    def refused(self, why: str) -> Exception:
        """Return the error of an extract that cannot be used."""
        return unusable(self.request.say, self.file.name, why, self.place())


def _receiver(number: str) -> LinePlatform:
    """Return who receives, from the number of a platform."""
    return "chorus_pro" if number == _CHORUS_PRO else "" if number in _NO_RECEIVER else "approved"


class _Parts:
    """Fields by the parts of a record, in the order of the table."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.names = list(dict.fromkeys(name for row in rows for name in row.columns))
        self.cells = Cells.of(rows, {plain_name(name): index for index, name in enumerate(self.names)})

    def fill(self, body: Body, record: Mapping[str, str], reading: _Reading) -> Body:
        """Put what a record says into a body, and return it."""
        row = [record.get(name, "") for name in self.names]
        return self.cells.fill(body, row, reading.notes, lambda _column: reading.place())


def _parser(reading: _Reading) -> XMLParserType:
    from xml.parsers.expat import ParserCreate  # noqa: PLC0415 - seldom

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reading.started
    parser.EndElementHandler = reading.ended
    parser.CharacterDataHandler = reading.heard
    parser.StartDoctypeDeclHandler = reading.doctype
    return parser


def read_extract(file: SourceFile, request: SourceRequest, extract: Extract, counted: Counted) -> None:
    """Take in what an extract says of the structures that are asked for. Raises Unavailable."""
    from xml.parsers.expat import ExpatError  # noqa: PLC0415 - seldom

    reading = _Reading(file, request, extract, counted)
    try:
        for piece in pieces(file, request):
            reading.parser.Parse(piece, False)
        reading.parser.Parse(b"", True)
    except ExpatError as error:
        message = _("the XML is truncated or damaged: fetch it again")
        where = request.say(_("line {line}"), line=error.lineno)
        raise unusable(request.say, file.name, request.say(message), where) from None
    reading.notes.tell()
