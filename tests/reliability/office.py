"""An office at work in this process: sheets, a real store, people who plan, approve and enter; with a model beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chorus_config.diff.expand import expand
from chorus_config.diff.sensitive import keyed_tokens, salted_tokens
from chorus_config.engine.ledger.confirm import confirmed_after
from chorus_config.engine.ledger.pending import ComparedSides, open_operations
from chorus_config.engine.planning.draft import Draft
from chorus_config.engine.planning.plan_file import differences_since, read_plan
from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import Refused
from chorus_config.model.operation import Closing, Operation
from chorus_config.model.plan import Options
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import StoreState, StoreWrite
from chorus_config.render.plan.json import plan_document
from tests.engine.making import FRAME, SETTING, Body, checked
from tests.store.places import Place, opened_store

AT = "2026-11-23T08:00:00Z"
# What names a structure or an account: known to be there as soon as anything is.
_NAMES = {"/type", "/version", "/ref", "/type_identifiant", "/identifiant"}


@dataclass
class Office:
    """What is on the desks, and what the model knows must be in the store."""

    place: Place
    sheets: dict[str, Body] = field(default_factory=dict)
    approved: Mapping[str, Record] = field(default_factory=dict)
    serial: int = 0
    events: list[str] = field(default_factory=list)
    final: dict[int, str] = field(default_factory=dict)
    entered: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the store."""
        self.store = opened_store(self.place)

    def draft(self, held: StoreState) -> Draft:
        """Make the plan of all sheets against a state."""
        from msgspec.structs import replace

        from chorus_config.engine.planning.draft import draft_plan

        seal = salted_tokens() if held.secret is None else keyed_tokens(held.secret)
        sheets = [checked(path, body) for path, body in sorted(self.sheets.items())]
        return draft_plan(sheets, held.snapshot, replace(FRAME, token_of=seal, options=Options()), SETTING)

    def saved(self) -> str:
        """Return a plan as a file; planning writes nothing."""
        before = self.place.image()
        made = self.draft(self.store.read())
        assert self.place.image() == before
        return json.dumps(plan_document(made.plan))

    def approval(self, held: StoreState, made: Draft) -> StoreWrite:
        """Return what `apply` would write."""
        ledger = self.store.ledger()
        sides = ComparedSides(
            {record.root: record for record in made.records}.get, ledger.confirmed.get, date.fromisoformat(made.plan.as_of)
        )
        opening = open_operations(made.plan, ledger.operations, made.forgotten, sides, "remplacée")
        known = held.snapshot
        return StoreWrite(
            known.lineage, known.serial, AT, plan_document(made.plan), plan=made.plan.digest, records=made.records,
            forgotten=made.forgotten, operations=opening.operations, closings=opening.closings,
        )  # fmt: skip

    def apply(self, text: str | None) -> bool:
        """Approve a saved plan, or a fresh one; False when it is refused, and then nothing is written."""
        before, held = self.place.image(), self.store.read()
        made = self.draft(held)
        if text is not None:
            saved = read_plan(text, "plan.json", translator_for("en"))
            if saved.plan.digest in held.plans or differences_since(saved, made.plan, translator_for("en")):
                assert self.place.image() == before
                return False
        if not made.plan.changes:
            assert self.place.image() == before
            return True
        return self.write(self.approval(held, made), after(held, made))

    def write(self, wanted: StoreWrite, approved: Mapping[str, Record]) -> bool:
        """Write; the model follows when the store took it."""
        before, expected = self.place.image(), self.serial == wanted.serial
        try:
            self.store.write(wanted)
        except Refused:
            assert not expected
            assert self.place.image() == before
            return False
        assert expected
        self.serial, self.approved = wanted.serial + 1, approved
        self.events.append(wanted.event)
        self.final |= {closing.id: closing.state for closing in wanted.closings}
        return True

    def crash(self, fail: Callable[[], Any]) -> None:
        """Begin an approval and lose the transaction on the way."""
        before, held = self.place.image(), self.store.read()
        made = self.draft(held)
        wanted = self.approval(held, made)
        with fail():
            try:
                self.store.write(wanted)
            except RuntimeError:
                pass
            else:
                raise AssertionError("it was to fail")
        # A first write that fails leaves an empty file at most.
        if self.serial:
            assert self.place.image() == before
        assert self.store.read() == held

    def settle(self, chosen: list[tuple[Operation, str]]) -> None:
        """Enter some operations, drop others, in one write."""
        held, ledger = self.store.read(), self.store.ledger()
        done = [one for one, state in chosen if state == "entered"]
        closings = tuple(Closing(one.id, state, "x" if state == "dropped" else None) for one, state in chosen)  # type: ignore[arg-type]
        confirmed = confirmed_after(done, held.snapshot.records, ledger.confirmed)
        wanted = StoreWrite(
            held.snapshot.lineage, held.snapshot.serial, AT, {}, "confirm", confirmed=confirmed, closings=closings,
        )  # fmt: skip
        assert self.write(wanted, self.approved)
        for one in done:
            self.entered.setdefault(one.address, set()).update(str(row["path"]) for row in one.fields)

    def check(self) -> None:
        """Assert what must hold at any moment."""
        held, found, past = self.store.read(), self.store.operations(), self.store.history()
        assert held.snapshot.serial == self.serial
        assert [one.serial for one in past] == list(range(1, self.serial + 1))
        assert [one.event for one in past] == self.events
        assert held.snapshot.records == dict(sorted(self.approved.items()))
        assert {one.id: one.state for one in found if one.state != "open"} == self.final
        waiting = [one.address for one in found if one.state == "open"]
        assert len(waiting) == len(set(waiting)) == held.open_operations
        self._only_what_was_entered()

    def _only_what_was_entered(self) -> None:
        for root, record in self.store.ledger().confirmed.items():
            for address, resource in expand(record.body).resources.items():
                known = self.entered.get(str(address), set())
                assert known or str(address) == root, address
                for name in resource:
                    told = any(path == f"/{name}" or path.startswith(f"/{name}/") for path in known)
                    assert told or f"/{name}" in _NAMES or f"/{name}" == f"/{_key(address.group)}", (address, name)


def _key(group: str) -> str:
    return {"services": "code", "utilisateurs": "ref", "espaces": "nom", "coordonnees_bancaires": "libelle"}.get(group, "")


def after(held: StoreState, made: Draft) -> Mapping[str, Record]:
    """Return what is approved once a draft is."""
    kept = {root: record for root, record in held.snapshot.records.items() if root not in made.forgotten}
    return {**kept, **{record.root: record for record in made.records}}
