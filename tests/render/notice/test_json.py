"""What suppliers are told, as a document: its schema holds, and it says what the model says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.model.notice import Notice
from chorus_config.render.notice.json import notice_document, render, structure_document, structure_from
from chorus_config.render.shared.paint import plain
from tests.cli.desk import conforms
from tests.render.golden import agree
from tests.render.notices import nothing_changes, sample_changes, sample_notice


@pytest.mark.parametrize("made", [sample_notice(), sample_changes(), nothing_changes()])
def test_a_document_is_what_the_schema_says(made: Notice) -> None:
    conforms("notice", notice_document(made))


def test_it_is_as_approved() -> None:
    say = translator_for("fr")
    agree("notice.json", render(sample_notice(), say, plain))
    agree("notice-changes.json", render(sample_changes(), say, plain))


def test_it_counts_states_and_changes() -> None:
    assert notice_document(sample_notice())["summary"] == {
        "structures": 5, "addresses": 16, "open": 6, "upcoming": 1, "closed": 9, "changes": 0,
    }  # fmt: skip
    changed: Any = json.loads(render(sample_changes(), translator_for("fr"), plain))
    events = [one["event"] for structure in changed["structures"] for one in structure["changes"]]
    assert set(events) == {"opens", "closes", "moves", "demands"}
    assert changed["summary"]["changes"] == len(events)


@pytest.mark.parametrize("made", [sample_notice(), sample_changes()])
def test_a_structure_is_read_back_as_it_was(made: Notice) -> None:
    for structure in made.structures:
        assert structure_from(json.loads(json.dumps(structure_document(structure, made.day)))) == structure
