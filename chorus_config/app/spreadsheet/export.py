"""Exporting: sheets and accounts of the project as one workbook, read back before it is written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from chorus_config.app.project import OpenProject
from chorus_config.diff.expand import root_of
from chorus_config.engine.drift.compare import matches_target
from chorus_config.engine.spreadsheet.fill import BANK, pages
from chorus_config.engine.spreadsheet.help import NAME, help_lines
from chorus_config.engine.spreadsheet.proof import lost
from chorus_config.engine.spreadsheet.references import references_in
from chorus_config.i18n.translator import _
from chorus_config.model.address import Address
from chorus_config.model.errors import NoInput, Refused, UsageFault
from chorus_config.model.snapshot import Record
from chorus_config.model.table import Exported, Workbook
from chorus_config.workspace.folder import read_files
from chorus_config.workspace.git_ignored import git_notes
from chorus_config.workspace.workbook import workbook_bytes, write_workbook
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.parse import parse

SUFFIX: Final = ".xlsx"
# Only its owner reads a file with IBANs, or with what persons are called and where they are written to.
_OPEN, _PRIVATE = 0o644, 0o600
_MOST_NAMED: Final = 5


class ExportWish(Struct, frozen=True):
    """What is exported: the structures that patterns of identifiants name (none: all), bank details or not.

    `empty`: the heads alone, for somebody who begins. `force`: over a file that is there.
    """

    targets: tuple[str, ...] = ()
    bank: bool = False
    empty: bool = False
    force: bool = False


def export_workbook(project: OpenProject, file: str, wish: ExportWish | None = None) -> Exported:
    """Write the sheets and accounts that the project is about into a workbook.

    Raises UsageFault for another format, NoInput when there is nothing to write, Refused for a file that is there, Unavailable.
    """
    chosen = wish or ExportWish()
    path = project.directory / file
    _refuse(project, file, chosen)
    records = [] if chosen.empty else _records(project, chosen.targets)
    made = pages(records, project.settings.day, project.say, bank=chosen.bank)
    left = lost(records, made, project.settings.day, bank=chosen.bank)
    _tell_lost(project, left)
    content = Workbook(made, NAME, help_lines(project.say, bank=chosen.bank))
    raw = workbook_bytes(content, project.say, project.events.track)
    write_workbook(path, raw, project.say, mode=_mode(records, bank=chosen.bank))
    for note in git_notes(path, project.say) if records else ():
        project.events.note(note)
    without = 0 if chosen.bank else sum(bool(one.body.get(BANK)) for one in records)
    return Exported(file, {one.name: len(one.rows) for one in made}, without, len(left))


def _mode(records: Sequence[Record], *, bank: bool) -> int:
    return _PRIVATE if bank or any(one.root.startswith("comptes/") for one in records) else _OPEN


def _tell_lost(project: OpenProject, left: Sequence[tuple[Address, str]]) -> None:
    if left:
        named = ", ".join(printable(f"{address}#{field}") for address, field in left[:_MOST_NAMED])
        message = _("note: values that the workbook does not hold as the sheets do, check them: {n} ({names})")
        project.note(message, n=len(left), names=named)


def _refuse(project: OpenProject, file: str, wish: ExportWish) -> None:
    """Refuse another format, and to write over what is there. Raises UsageFault, Refused."""
    if not file.casefold().endswith(SUFFIX):
        message = _("{file} is no workbook: a name that ends in .xlsx is expected")
        raise UsageFault(project.say(message, file=printable(file)))
    if os.path.lexists(project.directory / file) and not wish.force:
        message = _("nothing was written: {file} is there already: name another file, or write over it with --force")
        raise Refused(project.say(message, file=printable(file)))


def _records(project: OpenProject, targets: Sequence[str]) -> list[Record]:
    """Return the sheets that are meant, then the accounts: of some structures alone, those of their users. Raises NoInput."""
    found = _by_root(project)
    structures = [one for one in found if not one.root.startswith("comptes/") and matches_target(one.root, targets)]
    users = {f"comptes/{ref}" for one in structures for ref in references_in(one.body)}
    accounts = [one for one in found if one.root.startswith("comptes/") and (not targets or one.root in users)]
    if not structures and not accounts:
        raise NoInput(project.say(_("nothing was written: no sheet of the project is meant")))
    return [*structures, *accounts]


def _by_root(project: OpenProject) -> list[Record]:
    """Return what the files describe, sorted; tell of those that describe nothing, and of a second file of one structure."""
    found: dict[str, Record] = {}
    left: list[str] = []
    files = [one for one in project.select().files if one[1] != "projet"]
    for text in project.events.track(read_files(project.files, files), len(files), project.say(_("Reading the sheets"))):
        data: Any = parse(text.raw).data if not text.read_error else None
        root = root_of(data) if isinstance(data, dict) else None
        if root is None or str(root) in found:
            left.append(printable(text.path))
        else:
            found[str(root)] = Record(str(root), data, text.path)
    if left:
        message = _(
            "note: left aside, since they describe no structure or account, or one that another file describes "
            "(chorus-config validate says why): {paths}"
        )
        project.note(message, paths=", ".join(left))
    return [found[root] for root in sorted(found)]
