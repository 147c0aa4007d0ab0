"""The one worksheet, history and state that every format is shown with: hostile names, masks, all kinds of operations."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec.structs import replace

from chorus_config.diff.names import Names, names_in, roots_in
from chorus_config.diff.operations import operations_of
from chorus_config.engine.ledger.confirm import unconfirmed
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.address import parse_address
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import HistoryEntry
from chorus_config.render.plan.json import plan_document
from chorus_config.render.state.view import RecordStatus
from chorus_config.render.worksheet.view import Worksheet, worksheet_structures
from tests.render.model import FIRST, HOSTILE, drafted, state

DAY: Final = date(2026, 11, 23)
SOURCE: Final = f"sqlite:///r{HOSTILE}"
AT: Final = "2026-11-23T08:00:00Z"


def opened(language: Language) -> tuple[Operation, ...]:
    """Return the operations of the model, as a store gives them back; some were opened when the portal still had spaces."""
    found = operations_of(replace(drafted(language).plan, as_of="2023-02-20"))
    return tuple(replace(one, id=number, plan="ab" * 32, opened_at=AT) for number, one in enumerate(found, 1))


def records(language: Language) -> dict[str, Record]:
    """Return what is approved after the plan of the model."""
    return {**state().records, **{record.root: record for record in drafted(language).records}}


def names(language: Language) -> Names:
    """Return what people call all of it; the accounts of some users are known, a name may be hostile."""
    addresses = [parse_address(one.address) for one in opened(language)]
    known = names_in(roots_in(addresses), records(language))
    return {**known, "comptes/dgs": f"Ada Lovelace {HOSTILE}, dgs@example.fr"}


def worksheet(language: Language, *, planned: bool = False) -> Worksheet:
    """Return the worksheet of the model."""
    found = opened(language)
    if planned:
        found = tuple(replace(one, id=0, plan="", opened_at="") for one in found)
    say = translator_for(language)
    return Worksheet(SOURCE, worksheet_structures(found, records(language), names(language), DAY, say), planned=planned)


def history_entries(language: Language) -> tuple[HistoryEntry, ...]:
    """Return a history: an approval with an acceptance, a confirmation, a structure that is let go."""
    plan = drafted(language).plan
    accepted = {"rule": "CP906", "address": f"{FIRST}/services/A/B|`C`", "reason": HOSTILE, "until": None, "origin": "option"}
    settled = [
        {"id": 1, "address": FIRST, "op": "update", "state": "entered", "reason": None},
        {"id": 2, "address": f"{FIRST}/services/ST-TECH", "op": "update", "state": "dropped", "reason": HOSTILE},
        {"id": 3, "address": f"{FIRST}/espaces/Engagements", "op": "delete", "state": "seen", "reason": None},
    ]
    return (
        HistoryEntry(
            1, "apply", AT, f"Ada, PR 12 {HOSTILE}", "ab" * 32, "c0ffee" * 6, {**plan_document(plan), "accepted": [accepted]}
        ),
        HistoryEntry(2, "confirm", AT, None, "", None, {"type": "confirm", "operations": settled}),
        HistoryEntry(3, "forget", AT, "Bob", "", None, {"type": "forget", "forgotten": [FIRST, "comptes/dgs"]}),
    )


def standings(language: Language) -> tuple[RecordStatus, ...]:
    """Return how three structures stand: in part, confirmed, not at all."""
    held, before = records(language), state().records
    found = opened(language)
    settled = replace(found[0], state="dropped", closed_at=AT, closed_by="Ada", reason=HOSTILE)
    own = (settled, *(one for one in found[1:] if one.address.startswith(FIRST)))
    first = held[FIRST]
    return (
        RecordStatus(first, before[FIRST].body, unconfirmed(first.body, before[FIRST].body, DAY), own),
        RecordStatus(held["comptes/dgs"], held["comptes/dgs"].body, (), ()),
        RecordStatus(replace(first, path="x.yaml"), None, unconfirmed(first.body, None, DAY), ()),
    )
