"""A first plan judges each sheet as it is read: it says what it would have said of all of them together."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.diff.sensitive import canonical
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.planning import draft as drafting
from chorus_config.engine.planning.desired_sheet import DesiredSheet
from chorus_config.engine.planning.desired_state import DesiredState, desired_state
from chorus_config.engine.planning.draft import Draft
from chorus_config.model.finding import START, Finding
from chorus_config.render.plan.json import plan_document
from tests.engine.making import OTHER, PUBLIC, SIRET, TECH, account, general, judged, plan_of, sheet

_FULL = sheet(services=[PUBLIC, TECH])
_ERROR = Finding("CP102", "error", "x", "a.yaml", START, "/informations_generales/identifiant", "y", ())


def _files(name: str) -> list[CheckedFile]:
    """Return the files of a first plan: sound, in error, of one name twice or three times."""
    twice = [judged("b.yaml", sheet(services=[TECH])), judged("a.yaml", _FULL)]
    files = {
        "sound": [judged("b.yaml", _FULL), judged("comptes/dgs.yaml", account())],
        "in error": [replace(one, findings=(_ERROR,)) for one in twice[:1]],
        "twice": twice,
        "twice, the second named so": [twice[0], judged(f"{SIRET}.yaml", _FULL)],
        "three times": [*twice, judged("c.yaml", sheet())],
        "beside another": [*twice, judged("d.yaml", sheet(informations_generales=general(identifiant=OTHER)))],
    }
    return files[name]


def _said(made: Draft) -> object:
    return canonical(plan_document(made.plan)), [*made.records], made.forgotten, made.unmatched, made.settled


@pytest.mark.parametrize("name", ["sound", "in error", "twice", "twice, the second named so", "three times", "beside another"])
def test_judged_at_once_or_all_together_is_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = plan_of(_files(name))
    monkeypatch.setattr(drafting, "judged_at_once", lambda one, _given, _judge: one)
    assert _said(plan_of(_files(name))) == _said(at_once)


def test_of_a_sheet_that_was_judged_its_content_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[DesiredSheet] = []

    def _noted(*given: Any) -> DesiredState:
        made = desired_state(*given)
        kept.extend(made.sheets.values())
        return made

    monkeypatch.setattr(drafting, "desired_state", _noted)
    plan_of(_files("sound"))
    assert [(one.document.body, one.after.resources) for one in kept] == [({}, {}), ({}, {})]
