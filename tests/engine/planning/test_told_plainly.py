"""What the fast engine alone says of a new structure is what jsonschema would have said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chorus_config.engine.planning import change_rules
from chorus_config.model.finding import Fault
from chorus_config.schema import explain
from chorus_config.schema.explain import faults
from tests.engine.making import OTHER, PUBLIC, plan_of, sheet


def test_a_bare_no_is_told_without_jsonschema(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, date, Any]] = []

    def _noted(name: str, day: date, data: Any) -> tuple[Fault, ...]:
        asked.append((name, day, data))
        return faults(name, day, data)

    monkeypatch.setattr(change_rules, "schema_faults", _noted)
    plan_of({"a.yaml": sheet(services=[PUBLIC]), "b.yaml": sheet(OTHER, comptabilite="helios")})
    explained: list[object] = []
    explainer = explain._explainer
    monkeypatch.setattr(explain, "_explainer", lambda *given: explained.append(given) or explainer(*given))  # type: ignore[func-returns-value]
    told = [faults(*one) for one in asked]
    assert explained == []
    assert [fault.rule for found in told for fault in found] == ["CP918", "CP918"]
    monkeypatch.setattr(explain, "_is_plain_no", lambda *_given: False)
    assert [faults(*one) for one in asked] == told
    assert len(explained) == 2
