"""What is said of each of many new structures is said once in a plan."""

from __future__ import annotations

from typing import Any

from chorus_config.model.snapshot import Snapshot
from tests.engine.making import judged, plan_of, sheet, with_project

SIRETS = ("21169999600016", "21169999600057", "21169999600065")


def told(levels: Any, *accounting: str) -> list[tuple[str, str, str]]:
    """Return identifiant, level and message of each CP918 of a plan of new structures, one for each kind of accounting."""
    settings = with_project(levels=levels)
    bodies = [sheet(siret, comptabilite=kind) for siret, kind in zip(SIRETS, accounting, strict=False)]
    files = [judged(f"{number}.yaml", body, settings) for number, body in enumerate(bodies)]
    changes = plan_of(files, Snapshot(), settings).plan.changes
    return [
        (change.address.owner, finding.level, finding.message)
        for change in changes
        for finding in change.findings
        if finding.rule == "CP918"
    ]


def test_one_is_told_alone() -> None:
    ((siret, level, message),) = told({}, "helios")
    assert (siret, level) == (SIRETS[0], "warning")
    assert "more structure" not in message


def test_those_alike_are_told_once_with_how_many_more_there_are() -> None:
    found = told({}, "helios", "autre", "helios")
    assert [siret for siret, _level, _message in found] == [SIRETS[0], SIRETS[1]]
    assert found[0][2].endswith("(the same for 1 more structure of this plan)")
    assert "more structure" not in found[1][2]
    ((_siret, _level, message),) = told({}, "helios", "helios", "helios")
    assert message.endswith("(the same for 2 more structures of this plan)")


def test_an_error_stands_at_each_since_each_is_blocked_and_accepted_by_itself() -> None:
    found = told({"CP918": "error"}, "helios", "helios")
    assert [(siret, level) for siret, level, _message in found] == [(siret, "error") for siret in SIRETS[:2]]
    assert not any("more structure" in message for _siret, _level, message in found)
