"""CP920: what is said when a plan is over its thresholds, or not as expected."""

from __future__ import annotations

import pytest
import yaml

from chorus_config.engine.checking.findings import to_findings
from chorus_config.model.finding import Fault, Finding
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.yamltext.document import Document
from tests.samples import PROJECT, checked, composed, setting


def told(case: str, **counts: int) -> Finding:
    """Return what is told of a plan of 60 structures and 7 removals."""
    args = {"structures": 60, "removals": 7, **counts}
    (finding,) = to_findings(
        [Fault("CP920", ("seuils",), case, args=args)], Document("chorus-config.yaml", "projet", {}), "", setting()
    )
    return finding


@pytest.mark.parametrize(
    ("case", "counts", "words"),
    [
        ("structures", {"n": 60, "limit": 50}, "Known structures that the plan changes: 60; at most 50 are expected"),
        ("removals", {"n": 7, "limit": 5}, "Removals in the plan: 7; at most 5 are expected"),
        ("expected_structures", {"n": 60, "expected": 59}, "Structures that the plan changes: 60; 59 are expected"),
        ("expected_removals", {"n": 7, "expected": 8}, "Removals in the plan: 7; 8 are expected"),
    ],
)
def test_the_counts_are_named_and_the_words_to_plan_with(case: str, counts: dict[str, int], words: str) -> None:
    finding = told(case, **counts)
    assert finding.message == words
    assert "`chorus-config plan --expect-structures 60 --expect-removals 7`" in finding.help
    assert finding.level == "error"


def test_it_is_a_guard_whose_cases_are_these() -> None:
    assert RULES["CP920"].where == "guard"
    assert list(texts("CP920").messages) == ["structures", "removals", "expected_structures", "expected_removals"]


@pytest.mark.parametrize("which", ["fails", "passes"])
def test_the_examples_are_project_files(which: str) -> None:
    example = getattr(texts("CP920"), which)
    assert set(yaml.safe_load(example)["seuils"]) == {"structures", "suppressions"}
    assert checked(composed(PROJECT, example), "projet").findings == ()
