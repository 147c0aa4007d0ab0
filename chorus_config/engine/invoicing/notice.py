"""From checked sheets to what suppliers are told: of all structures, or of what changes between two states or two days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.expand import root_of
from chorus_config.diff.names import record_name
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.drift.compare import matches_target
from chorus_config.engine.invoicing.addresses import addresses_of
from chorus_config.engine.invoicing.changes import address_changes, carried, supplier_changes
from chorus_config.model.notice import Notice, StructureNotice
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record

Checked = Iterable[CheckedFile]


class NoticeDays(Struct, frozen=True):
    """The day on which a notice is made, and the one from which it holds; None for the same."""

    day: date
    since: date | None = None

    @property
    def last(self) -> date:
        """The day on which sheets are read."""
        return self.since or self.day

    @property
    def first(self) -> date:
        """The day from which dates are still to come; a notice that comes late looks back to its own first day."""
        return min(self.day, self.last)


def full_notice(checked: Checked, days: NoticeDays, targets: Sequence[str] = ()) -> Notice:
    """Return the addresses of every sheet."""
    sheets, left_out = read_sheets(checked)
    found = tuple(_described(body, days.last) for body in _wanted(sheets, targets).values())
    return Notice(days.day, found, days.since, "", left_out)


def notice_between_days(checked: Checked, days: NoticeDays, targets: Sequence[str] = ()) -> Notice:
    """Return what changes until a day because of the dates that the sheets write for services."""
    sheets, left_out = read_sheets(checked)
    found = (_changed(body, body, (days.first, days.last), days) for body in _wanted(sheets, targets).values())
    return Notice(days.day, tuple(filter(None, found)), days.since, f"day:{days.first.isoformat()}", left_out)


def notice_of_changes(before: Checked, after: Checked, source: str, days: NoticeDays, targets: Sequence[str] = ()) -> Notice:
    """Return what changes for suppliers between two states of the sheets; `source` names the first."""
    present, left_out = read_sheets(after)
    # A sheet in a file that can no longer be read has not gone.
    past, _unread = read_sheets(one for one in before if one.path not in left_out)
    roots = sorted(_wanted({**past, **present}, targets))
    replaced = {old: root for root in roots if (old := replaced_by(present.get(root, {})))}
    found = (_between(past.get(root), present.get(root), days, replaced.get(root, "")) for root in roots)
    return Notice(days.day, tuple(filter(None, found)), days.since, source, left_out)


def signed(notice: Notice, checked: Checked, portfolio: str) -> Notice:
    """Return a notice with who sends it: the portfolio, else the raison sociale that its structures have in common.

    Whoever reads it turns to the mailbox of the structure.
    """
    sheets, _left_out = read_sheets(checked)
    general = {one.siret: _general(sheets.get(one.siret, {})) for one in notice.told}
    legal = {name for own in general.values() if (name := _text(own, "raison_sociale"))}
    common = next(iter(legal)) if len(legal) == 1 else ""
    contacts = {siret: mailbox for siret, own in general.items() if (mailbox := _text(own, "adresse_electronique"))}
    return replace(notice, sender=portfolio or common, contacts=contacts)


def supplier_summary(before: Checked, after: Checked, day: date, targets: Sequence[str] = ()) -> tuple[StructureNotice, ...]:
    """Return the structures of which something changes for suppliers, as a comparison of revisions ends with them."""
    found = notice_of_changes(before, after, "", NoticeDays(day), targets).structures
    return tuple(one for one in found if one.changes)


def read_sheets(checked: Checked) -> tuple[dict[str, Body], tuple[str, ...]]:
    """Return the sheets by identifiant, and the files of which nobody knows what they want; of two of one name, the first."""
    sheets: dict[str, Body] = {}
    left_out: list[str] = []
    for one in sorted(checked, key=lambda file: file.path):
        if one.kind != "fiche-structure":
            continue
        root = root_of(one.document.body) if one.document is not None and not one.name_errors else None
        if root is None or one.document is None or root.owner in sheets:
            left_out.append(one.path)
        else:
            sheets[root.owner] = one.document.body
    return sheets, tuple(left_out)


def replaced_by(body: Body) -> str:
    """Return the identifiant that a sheet says it replaces, "" for none."""
    block = body.get("remplace")
    found = block.get("identifiant") if isinstance(block, Mapping) else None
    return found if isinstance(found, str) else ""


def _general(body: Body) -> Mapping[str, object]:
    block = body.get("informations_generales")
    return block if isinstance(block, Mapping) else {}


def _text(block: Mapping[str, object], key: str) -> str:
    found = block.get(key)
    return found.strip() if isinstance(found, str) else ""


def _wanted(sheets: Mapping[str, Body], targets: Sequence[str]) -> dict[str, Body]:
    return {root: sheets[root] for root in sorted(sheets) if matches_target(root, targets)}


def _described(body: Body, day: date) -> StructureNotice:
    root = root_of(body)
    siret = root.owner if root is not None else ""
    return StructureNotice(siret, record_name(Record(siret, body)), addresses_of(body, day), replaces=replaced_by(body))


def _changed(before: Body, after: Body, read_on: tuple[date, date], days: NoticeDays) -> StructureNotice | None:
    changes = supplier_changes(before, after, read_on, days.first)
    if not changes:
        return None
    described = _described(carried(before, after), days.last)
    return StructureNotice(described.siret, described.name, described.addresses, changes, replaces=described.replaces)


def _between(before: Body | None, after: Body | None, days: NoticeDays, successor: str) -> StructureNotice | None:
    """Return what changes of a structure whose sheet is on one side or both; `successor` is the SIRET that replaces it."""
    if before is not None and after is not None:
        # Both on one day: what a date of a service changes by itself is no work of the later sheet.
        return _changed(before, after, (days.last, days.last), days)
    described = _described(after or before or {}, days.last)
    if after is not None:
        changes = address_changes((), described.addresses, days.first)
        return StructureNotice(described.siret, described.name, described.addresses, changes, "new", described.replaces)
    # That a sheet goes says nothing of the portal, but where another takes its place.
    gone = address_changes(described.addresses, (), days.first) if successor else ()
    return StructureNotice(described.siret, described.name, (), gone, "gone")
