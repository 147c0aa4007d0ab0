"""Reading the structures of one legal unit: some of them, or all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chorus_config.model.directory import DirectoryLine
from chorus_config.model.snapshot import Record
from chorus_config.sources.afnor.bodies import Remarks, body_of, has_demands, is_public_line, lines_of
from chorus_config.sources.afnor.calls import Directory
from chorus_config.sources.afnor.fields import Entry


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """What is asked of one legal unit: some of its structures, or all (None)."""

    siren: str
    sirets: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Portion:
    """What was read of one legal unit."""

    records: dict[str, Record] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)


def read_unit(directory: Directory, unit: AskedUnit) -> Portion:
    """Return what the directory says of the structures of a legal unit. Raises Unavailable.

    Each SIRET that was named is asked for; of a whole SIREN the searches give establishments and routing codes in few calls.
    """
    evidence = _Evidence(directory, unit)
    if unit.sirets is None:
        return _all_of(directory, unit.siren, evidence)
    portion = Portion()
    for siret in unit.sirets:
        establishment = directory.establishment(siret)
        if establishment is None:
            portion.remarks.absent.append(siret)
            continue
        public = evidence.is_public(establishment)
        _add(portion, establishment, directory.routing_codes("siret", siret) if public else (), public=public)
    return portion


def read_unit_lines(directory: Directory, unit: AskedUnit) -> list[DirectoryLine]:
    """Return the addresses of the structures of a legal unit; that of the unit as a whole is none of theirs."""
    numbers = [("siren", unit.siren)] if unit.sirets is None else [("siret", siret) for siret in unit.sirets]
    found = (entry for name, number in numbers for entry in directory.lines(name, number))
    return list(lines_of(entry for entry in found if entry["siret"]))


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
        if self._unit.sirets is not None:
            return self._directory.lines("siret", siret)
        if self._lines is None:
            self._lines = _by_siret(self._directory.lines("siren", self._unit.siren))
        return self._lines.get(siret, ())


def _by_siret(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry["siret"]].append(entry)
    return dict(found)
