"""What was dropped and is still to be entered."""

from __future__ import annotations

from typing import Any

from chorus_config.engine.ledger.dropped import dropped_operations, reopened
from chorus_config.engine.ledger.pending import ComparedSides
from chorus_config.model.operation import Operation, OperationState
from tests.engine.making import PUBLIC, SIRET, TECH, sheet
from tests.engine.observing import records

ST_TECH = f"{SIRET}/services/ST-TECH"


def sides(approved: Any, confirmed: Any) -> ComparedSides:
    """Return what is approved and confirmed."""
    return ComparedSides(records(approved).get, records(confirmed).get)


def operation(number: int, state: OperationState, *paths: str, op: str = "update") -> Operation:
    """Return an operation on the technical service."""
    rows = tuple({"path": path, "before": "a", "after": "b"} for path in paths)
    return Operation(ST_TECH, op, rows, id=number, state=state, reason="x", closed_by="Ada")


APPROVED = sheet(services=[PUBLIC, {**TECH, "libelle": "Voirie", "description": "d"}])
CONFIRMED = sheet(services=[PUBLIC, {**TECH, "description": "c"}])


def test_what_differs_still_is_told_from_what_is_on_the_portal() -> None:
    (found,) = dropped_operations([operation(1, "dropped", "/libelle")], sides(APPROVED, CONFIRMED))
    assert found.fields == ({"path": "/libelle", "before": "Services techniques", "after": "Voirie"},)
    assert (found.id, found.state, found.reason, found.closed_by) == (1, "dropped", "x", "Ada")


def test_what_is_on_the_portal_was_not_dropped() -> None:
    assert dropped_operations([operation(1, "dropped", "/libelle")], sides(APPROVED, APPROVED)) == ()
    assert dropped_operations([operation(1, "entered", "/libelle")], sides(APPROVED, CONFIRMED)) == ()


def test_what_waits_is_not_dropped_and_the_rest_is() -> None:
    known = [operation(1, "dropped", "/libelle", "/description"), operation(2, "open", "/libelle")]
    (found,) = dropped_operations(known, sides(APPROVED, CONFIRMED))
    assert found.paths == ("/description",)
    whole = [operation(1, "dropped", "/libelle"), operation(2, "open", "/code", op="create")]
    assert dropped_operations(whole, sides(APPROVED, sheet(services=[PUBLIC]))) == ()


def test_the_last_drop_gives_its_reason() -> None:
    known = [operation(1, "dropped", "/libelle"), operation(2, "dropped", "/libelle"), operation(3, "dropped", "/autre")]
    (found,) = dropped_operations(known, sides(APPROVED, CONFIRMED))
    assert found.id == 2


def test_opened_again_it_takes_in_what_waits_there() -> None:
    both = sides(APPROVED, CONFIRMED)
    waiting = operation(2, "open", "/libelle")
    (found,) = dropped_operations([operation(1, "dropped", "/description"), waiting], both)
    opening = reopened([found], [waiting], both, "together")
    assert [one.paths for one in opening.operations] == [("/libelle", "/description")]
    assert [(one.id, one.state, one.reason) for one in opening.closings] == [(2, "dropped", "together")]
    assert [(one.state, one.id) for one in opening.operations] == [("open", 0)]
