"""Drift as JSON."""

from __future__ import annotations

from chorus_config.render.drift.json import drift_document
from chorus_config.render.findings.json import as_json
from chorus_config.schema.accept import accepts
from tests.engine.making import DAY, IBAN
from tests.render.drifted import sample_drift
from tests.render.golden import agree
from tests.render.model import OTHER_IBAN


def test_says_each_gap_and_what_to_do() -> None:
    made = as_json(drift_document(sample_drift()))
    agree("drift.json", made)
    assert IBAN not in made
    assert OTHER_IBAN not in made


def test_conforms() -> None:
    assert accepts("drift", DAY, drift_document(sample_drift()))
