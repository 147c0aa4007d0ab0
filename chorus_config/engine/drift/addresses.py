"""The invoicing addresses that approved sheets imply, beside the lines that are in force in the directory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from chorus_config.diff.expand import Expanded, collapse, expand
from chorus_config.engine.invoicing.addresses import addresses_of
from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.drift import AddressComparison, AddressDrift, AddressLevel, AddressSituation, DirectoryState
from chorus_config.model.invoicing import split_address
from chorus_config.model.invoicing_address import InvoicingAddress, NotOpen
from chorus_config.model.observed.directory_line import DirectoryLine, LinePlatform
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.rules.judges.demand import WORKS_ONLY_BOX

# Of such a structure no line is expected that a public body has.
_NO_ADDRESSES: Final[frozenset[NotOpen | None]] = frozenset({"no_siret", "private"})
# The boxes that close every address of a structure.
_CLOSERS: Final = frozenset({"/statut", f"/parametres/{WORKS_ONLY_BOX}"})
# What suppliers cannot use, and the directory may have for all that: whether it publishes it is not known.
_UNSETTLED: Final[frozenset[NotOpen | None]] = frozenset({"code_required", "unsendable_code"})

Records = Mapping[str, Record]


class AddressStates(Struct, frozen=True):
    """What addresses are compared by: what is approved (of the structures that are meant) and confirmed, the sheets, the days.

    An address that is open on one of the days and not on another is never a difference: the reading may be of either.
    """

    approved: Records
    confirmed: Records
    sheets: Mapping[str, Body]
    days: Sequence[date]


def compare_addresses(states: AddressStates, observed: Snapshot) -> AddressComparison | None:
    """Compare, structure by structure; None when the source says nothing of addresses. What it does not say is no difference.

    Of a sheet that does not list its services, the structure's own address alone is compared. A source in which no structure
    has the line of FACTURES_PUBLIQUES says nothing of those lines; one that has no line of a service, nothing of services.
    """
    if not observed.lines:
        return None
    codes = frozenset(split_address(line.address)[1] for own in observed.lines.values() for line in own)
    counts = _Counts()
    rows: list[AddressDrift] = []
    units: dict[str, None] = {}
    silent: list[str] = []
    for root, record in sorted(states.approved.items()):
        expected = _expected(record, states)
        if not expected.has_addresses:
            continue
        units[root[:9]] = None
        if root in observed.lines:
            rows += _Comparison(root, expected, _by_address(observed.lines[root]), counts, codes).drifts()
        elif root in observed.records:
            silent.append(root)
    for unit in units:
        rows += _beside(unit, _by_address(observed.lines.get(unit, ())))
    return AddressComparison(tuple(rows), counts.in_sync, counts.not_known, tuple(silent))


class _Counts(Struct):
    """What gathers over one comparison."""

    in_sync: int = 0
    not_known: int = 0


class _Side(Struct, frozen=True):
    """The addresses of one structure in one state, None where the days differ; `listed`: its services are written."""

    addresses: Mapping[str, InvoicingAddress | None]
    listed: bool

    def is_open(self, address: str) -> bool | None:
        """Tell whether an address is open, None when this state does not say."""
        if address not in self.addresses:
            return False if self.listed else None
        found = self.addresses[address]
        return None if found is None else found.state == "open"

    def settles(self, address: str) -> bool:
        """Tell whether what this state says of an address can be held against the directory."""
        found = self.addresses.get(address)
        return address not in self.addresses or (found is not None and found.why not in _UNSETTLED)


class _Expected(Struct, frozen=True):
    """What one structure implies as it is approved, and as it is known to be on the portal (None: nothing is known)."""

    approved: _Side
    confirmed: _Side | None

    @property
    def has_addresses(self) -> bool:
        """Whether it is a structure of which public lines are expected at all."""
        return any(one is None or one.why not in _NO_ADDRESSES for one in self.approved.addresses.values())

    def addresses(self) -> Iterator[str]:
        """Yield the addresses of which something is said, the approved ones first."""
        known = self.confirmed.addresses if self.confirmed is not None and self.approved.listed else {}
        yield from dict.fromkeys((*self.approved.addresses, *known))

    def settles(self, address: str) -> bool:
        """Tell whether an address can be held against the directory."""
        return all(side.settles(address) for side in (self.approved, self.confirmed) if side is not None)


def _expected(record: Record, states: AddressStates) -> _Expected:
    known = states.confirmed.get(record.root)
    approved = _managed(_completed(record.body, known), states.sheets.get(record.root))
    return _Expected(_side(approved, states.days), _side(known.body, states.days) if known is not None else None)


def _completed(body: Body, known: Record | None) -> Body:
    """Return what is approved, with what is known of the portal where nothing is approved: it closes addresses, too."""
    if known is None:
        return body
    approved, confirmed = expand(body), expand(known.body).resources
    return collapse(Expanded({at: _over(confirmed.get(at, {}), one) for at, one in approved.resources.items()}, approved.lists))


def _over(known: Mapping[str, Any], approved: Mapping[str, Any]) -> dict[str, Any]:
    """Return one mapping laid over another, blocks inside too."""
    both = {key: _over(known[key], value) for key, value in approved.items() if _is_block(value) and _is_block(known.get(key))}
    return {**known, **approved, **both}


def _is_block(value: object) -> bool:
    return isinstance(value, Mapping)


def _managed(body: Body, sheet: Body | None) -> Body:
    """Return what is approved, without the services where the sheet no longer manages them."""
    if sheet is None or isinstance(sheet.get("services"), list):
        return body
    return {key: value for key, value in body.items() if key != "services"}


def _side(body: Body, days: Sequence[date]) -> _Side:
    by_day = [{one.address: one for one in addresses_of(body, day)} for day in days]
    found = {address: None if _turns(address, by_day) else one for address, one in by_day[0].items()}
    return _Side(found, "services" in expand(body).lists)


def _turns(address: str, by_day: Iterable[Mapping[str, InvoicingAddress]]) -> bool:
    """Tell whether an address is open on one day, and not on another."""
    return len({one[address].state == "open" for one in by_day}) > 1


class _Comparison(Struct, frozen=True):
    """One structure beside the lines of the directory; `codes` are those of all lines of the source, "" for none."""

    root: str
    expected: _Expected
    lines: Mapping[str, list[DirectoryLine]]
    counts: _Counts
    codes: frozenset[str]

    def drifts(self) -> Iterator[AddressDrift]:
        """Yield what differs: what is implied, then what the directory has beside it."""
        implied = [*self.expected.addresses()]
        for address in implied:
            if self.expected.settles(address):
                yield from self._compared(address)
        if self.expected.approved.listed:
            others = {one: own for one, own in self.lines.items() if one not in implied}
            yield from _beside(self.root, {one: own for one, own in others.items() if split_address(one)[1] != PUBLIC_INVOICES})

    def _compared(self, address: str) -> Iterator[AddressDrift]:
        approved, confirmed = self.expected.approved.is_open(address), self._confirmed(address)
        state, platform = _state(self.lines.get(address, ()))
        if approved is None:
            return
        if state is None:
            self.counts.not_known += 1
            return
        found = _situation(approved, confirmed, state, platform)
        if found is None:
            self.counts.in_sync += approved
        elif state != "absent" or self._speaks_of(split_address(address)[1]):
            yield self._drift(address, found, confirmed, (state, platform))

    def _speaks_of(self, code: str) -> bool:
        """Tell whether a line of this code that is not there says anything: some lists may leave out a kind of lines."""
        return not code or (code in self.codes if code == PUBLIC_INVOICES else self.codes != {""})

    def _confirmed(self, address: str) -> bool | None:
        return self.expected.confirmed.is_open(address) if self.expected.confirmed is not None else None

    def _drift(
        self, address: str, found: AddressSituation, confirmed: bool | None, seen: tuple[DirectoryState, LinePlatform]
    ) -> AddressDrift:
        one = self.expected.approved.addresses.get(address)
        return AddressDrift(
            self.root, address, _level(address), found, self.expected.approved.is_open(address) is True, confirmed, *seen,
            one.why if one is not None else None,
            self._causes(one) if one is not None and found == "missing" else (),
        )  # fmt: skip

    def _causes(self, one: InvoicingAddress) -> tuple[str, ...]:
        """Return the boxes that the sheet does not write and that may have closed it: with it, they close every other one."""
        if any(_state(lines)[0] == "in_force" for lines in self.lines.values()):
            return ()
        return tuple(path for path in one.unsaid if path in _CLOSERS)


def _situation(
    approved: bool, confirmed: bool | None, state: DirectoryState, platform: LinePlatform
) -> AddressSituation | None:
    """Return where the directory stands between what is approved and what is confirmed, None where all is one."""
    is_active = state == "in_force"
    if is_active is approved:
        return "elsewhere" if is_active and platform == "approved" else None
    if confirmed is not approved:
        return "to_enter"
    return "missing" if approved else "unexpected"


def _beside(owner: str, lines: Mapping[str, Sequence[DirectoryLine]]) -> Iterator[AddressDrift]:
    """Yield the lines in force that nothing implies."""
    for address in sorted(lines):
        state, platform = _state(lines[address])
        if state == "in_force":
            yield AddressDrift(owner, address, _level(address), "unexpected", False, None, state, platform)


def _by_address(lines: Iterable[DirectoryLine]) -> dict[str, list[DirectoryLine]]:
    found: dict[str, list[DirectoryLine]] = {}
    for line in lines:
        found.setdefault(line.address, []).append(line)
    return found


def _state(lines: Sequence[DirectoryLine]) -> tuple[DirectoryState | None, LinePlatform]:
    """Return what the directory says of one address, whose past lines it keeps; None when it does not say whether it counts."""
    in_force = [line for line in lines if line.active]
    if in_force:
        return "in_force", in_force[0].platform
    if any(line.active is None for line in lines):
        return None, ""
    return "not_in_force" if lines else "absent", ""


def _level(address: str) -> AddressLevel:
    """Return whose address it is; public bodies have those of a SIRET and of its services."""
    siret, code = split_address(address)
    if not siret:
        return "siren"
    if len(siret) != 14 or not siret.isdecimal():
        return "suffix"
    return "service" if code else "structure"
