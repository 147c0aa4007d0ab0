"""Reading the structures of one legal unit: some of them, or all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from chorus_config.model.observed.directory_line import DirectoryLine, lines_by_owner
from chorus_config.model.snapshot import Record
from chorus_config.sources.afnor.bodies import Remarks, body_of, has_demands, is_public_line, lines_of
from chorus_config.sources.afnor.calls import Directory
from chorus_config.sources.afnor.fields import Entry


class AskedUnit(Struct, frozen=True):
    """What is asked of one legal unit: some of its structures, or all (None); `lines`: their addresses, too."""

    siren: str
    sirets: tuple[str, ...] | None
    lines: bool = False


class Portion(Struct, frozen=True):
    """What was read of one legal unit. `lines` are by SIRET, and by SIREN those of the unit as a whole."""

    records: dict[str, Record] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)
    lines: dict[str, tuple[DirectoryLine, ...]] = field(default_factory=dict)


def read_unit(directory: Directory, unit: AskedUnit) -> Portion:
    """Return what the directory says of the structures of a legal unit. Raises Unavailable.

    Each SIRET that was named is asked for; of a whole SIREN the searches give establishments and routing codes in few calls.
    """
    evidence = _Evidence(directory, unit)
    portion = _all_of(directory, unit.siren, evidence) if unit.sirets is None else _some_of(directory, unit.sirets, evidence)
    if unit.lines and portion.records:
        _add_lines(portion, unit, evidence)
    return portion


def _some_of(directory: Directory, sirets: Iterable[str], evidence: _Evidence) -> Portion:
    portion = Portion()
    for siret in sirets:
        establishment = directory.establishment(siret)
        if establishment is None:
            portion.remarks.absent.append(siret)
            continue
        public = evidence.is_public(establishment)
        _add(portion, establishment, directory.routing_codes("siret", siret) if public else (), public=public)
    return portion


def _add_lines(portion: Portion, unit: AskedUnit, evidence: _Evidence) -> None:
    """Put the addresses of what was read beside it, from the one search that gives those of a whole legal unit.

    A structure without any has none; but of one that nothing calls public, that says nothing.
    """
    found = lines_by_owner(lines_of(evidence.all_lines()))
    for siret in portion.records:
        if siret in found or siret not in portion.remarks.not_public:
            portion.lines[siret] = found.get(siret, ())
    if unit.siren in found:
        portion.lines[unit.siren] = found[unit.siren]


def _all_of(directory: Directory, siren: str, evidence: _Evidence) -> Portion:
    """Read a whole SIREN. INSEE has establishments that are no structures: the directory has no trace of invoices for them."""
    portion = Portion()
    establishments = directory.establishments(siren)
    codes = _by_siret(directory.routing_codes("siren", siren) if establishments else ())
    for establishment in establishments:
        siret = establishment["siret"]
        if has_demands(establishment) or codes.get(siret) or evidence.lines(siret):
            _add(portion, establishment, codes.get(siret, ()), public=evidence.is_public(establishment))
        else:
            portion.remarks.without_address += 1
    if not establishments:
        portion.remarks.absent.append(siren)
    return portion


def _add(portion: Portion, establishment: Entry, codes: Sequence[Entry], *, public: bool) -> None:
    siret = str(establishment["siret"])
    portion.records[siret] = Record(siret, body_of(establishment, codes, portion.remarks, public=public))


class _Evidence:
    """Whether structures of a legal unit are public, asked for only where the establishment does not show it."""

    def __init__(self, directory: Directory, unit: AskedUnit) -> None:
        self._directory = directory
        self._unit = unit
        self._unit_is_public: bool | None = None
        self._lines: dict[str, list[Entry]] | None = None

    def is_public(self, establishment: Entry) -> bool:
        """Tell whether a structure is public: it has demands, its legal unit is, or an address of it leads to Chorus Pro."""
        if has_demands(establishment):
            return True
        if self._unit_is_public is None:
            self._unit_is_public = self._directory.is_public_unit(self._unit.siren)
        return self._unit_is_public or any(map(is_public_line, self.lines(str(establishment["siret"]))))

    def lines(self, siret: str) -> Sequence[Entry]:
        """Return the addresses of a structure."""
        if self._unit.sirets is not None and not self._unit.lines:
            return self._directory.lines("siret", siret)
        return self._of_unit().get(siret, ())

    def all_lines(self) -> Iterator[Entry]:
        """Yield the addresses of the whole legal unit; that of the unit itself has the SIRET ""."""
        for entries in self._of_unit().values():
            yield from entries

    def _of_unit(self) -> Mapping[str, list[Entry]]:
        if self._lines is None:
            self._lines = _by_siret(self._directory.lines("siren", self._unit.siren))
        return self._lines


def _by_siret(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry["siret"]].append(entry)
    return dict(found)
