"""What people call the structures, users and accounts of a result: from what is approved, else from the files of accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from chorus_config.app.project import OpenProject
from chorus_config.diff.expand import root_of
from chorus_config.diff.names import names_in, roots_in
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.workspace.folder import all_files, read_files
from chorus_config.yamltext.parse import parse

if TYPE_CHECKING:
    from chorus_config.model.address import Address


def known_names(project: OpenProject, addresses: Iterable[Address], approved: Snapshot) -> dict[str, str]:
    """Return the names of what addresses are under, by root, with those of the users among them.

    The files of accounts are read only for users whose account is not approved.
    """
    roots = roots_in(addresses)
    names = names_in(roots, approved.records)
    unknown = {root for root in roots - names.keys() if root.startswith("comptes/")}
    if not unknown:
        return names
    return names | names_in(unknown, {record.root: record for record in accounts_of(project) if record.root in unknown})


def accounts_of(project: OpenProject) -> Iterator[Record]:
    """Yield the accounts that files describe; one that cannot be read names nobody."""
    files = [file for file in all_files(project.files).files if file[1] == "compte-utilisateur"]
    for text in read_files(project.files, files):
        data = parse(text.raw).data if not text.read_error else None
        body: Body = data if isinstance(data, dict) else {}
        root = root_of(body)
        if root is not None:
            yield Record(str(root), body, text.path)
