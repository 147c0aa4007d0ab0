"""What happened since an earlier snapshot, as JSON."""

from __future__ import annotations

from chorus_config.model.observed.watch import Watch
from chorus_config.render.findings.json import as_json
from chorus_config.render.watch.json import watch_document
from chorus_config.schema.accept import accepts
from tests.engine.making import DAY, IBAN
from tests.render.golden import agree
from tests.render.model import OTHER_IBAN
from tests.render.watched import many, sample_watch


def test_says_each_event_and_what_suppliers_meet() -> None:
    made = as_json(watch_document(sample_watch()))
    agree("watch.json", made)
    assert IBAN not in made
    assert OTHER_IBAN not in made


def test_conforms() -> None:
    for watch in (sample_watch(), many(3), Watch()):
        assert accepts("watch", DAY, watch_document(watch))
    assert not accepts("watch", DAY, {**watch_document(Watch()), "structures": [{"root": "x"}]})


def test_the_summary_counts_a_structure_in_each_of_its_events() -> None:
    document = watch_document(sample_watch())
    assert document["summary"] | {"compared": 0, "one_sided": 0} == {
        "vanished": 1, "closed": 1, "reopened": 1, "new": 2, "renamed": 1, "changed": 5, "for_suppliers": 5,
        "compared": 0, "one_sided": 0,
    }  # fmt: skip
    assert len(document["structures"]) == 10
