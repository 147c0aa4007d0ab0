"""Reading what a store holds: structures and accounts with what is approved, confirmed, and to be entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chorus_config.app.project import OpenProject
from chorus_config.engine.ledger.confirm import unconfirmed
from chorus_config.i18n.mark import _
from chorus_config.model.address import parse_address
from chorus_config.model.errors import NoInput
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import Ledger
from chorus_config.render.state.view import RecordStatus


def status_of(record: Record, ledger: Ledger, operations: Iterable[Operation]) -> RecordStatus:
    """Return how one structure or account stands; `operations` may be about others too."""
    known = ledger.confirmed.get(record.root)
    confirmed = None if known is None else known.body
    own = tuple(one for one in operations if parse_address(one.address).root == record.root)
    return RecordStatus(record, confirmed, unconfirmed(record.body, confirmed), own)


def by_root(operations: Iterable[Operation]) -> Mapping[str, list[Operation]]:
    """Return operations by structure or account."""
    found: dict[str, list[Operation]] = {}
    for operation in operations:
        found.setdefault(parse_address(operation.address).root, []).append(operation)
    return found


def record_of(session: OpenProject, records: Mapping[str, Record], ident: str) -> Record:
    """Return the record that an identifiant or `comptes/REF` names. Raises NoInput."""
    if ident not in records:
        told = _("{id} is not in the store: `chorus-config state list` shows what is")
        raise NoInput(session.setting.say(told, id=f'"{ident}"'))
    return records[ident]
