"""CP015: exceptions that a rule does not allow, or without reason or end."""

from __future__ import annotations

import pytest

from chorus_config.rules.catalogue import RULES
from tests.samples import PROJECT, told, verdict

# Without these, what is approved could mean two things, or lose an entry.
DEFINING = ("CP007", "CP008", "CP009", "CP011", "CP101", "CP305", "CP402", "CP403", "CP601", "CP605")
FIXED = ("CP001", "CP002", "CP003", "CP004", "CP005", "CP014", "CP015", "CP017", "CP401", "CP901", "CP902")
UNDEFINED = "without it, what is approved could mean two things, or lose an entry"
WHOLE = '    motif: "because"\n    jusqu_au: "2027-12-31"\n'


def messages(blocks: str) -> list[str]:
    return [finding.message for finding in verdict(PROJECT + blocks, "projet")]


def test_the_fixed_rules_are_those_of_the_design() -> None:
    assert [rule for rule, row in RULES.items() if row.fixed] == sorted([*FIXED, *DEFINING])


@pytest.mark.parametrize("rule", FIXED)
@pytest.mark.parametrize("level", ["error", "warning", "info", '"off"'])
def test_a_fixed_rule_keeps_its_level(rule: str, level: str) -> None:
    found = verdict(f"{PROJECT}regles:\n  CP701: info\n  {rule}: {level}\n", "projet")
    assert told(found) == [("CP015", f"/regles/{rule}", 5, 3)]
    assert found[0].message == f"{rule} allows no change of level"


@pytest.mark.parametrize("rule", FIXED)
def test_a_fixed_rule_is_neither_waived_nor_accepted(rule: str) -> None:
    blocks = f"derogations:\n  - regle: {rule}\n    fiche: x\n{WHOLE}acceptations:\n  - regle: {rule}\n    adresse: x\n{WHOLE}"
    found = verdict(PROJECT + blocks, "projet")
    assert told(found) == [("CP015", "/derogations/0/regle", 4, 12), ("CP015", "/acceptations/0/regle", 9, 12)]
    assert [finding.message for finding in found] == [f"{rule} allows no waiver", f"{rule} allows no acceptance"]


@pytest.mark.parametrize("rule", DEFINING)
def test_what_defines_the_approved_state_says_why_it_is_fixed(rule: str) -> None:
    blocks = f'regles:\n  {rule}: "off"\nderogations:\n  - regle: {rule}\n    fiche: x\n{WHOLE}'
    assert messages(blocks) == [f"{rule} allows no change of level: {UNDEFINED}", f"{rule} allows no waiver: {UNDEFINED}"]


@pytest.mark.parametrize("rule", sorted(RULES.keys() - {*FIXED, *DEFINING}))
def test_every_other_rule_may_change_its_level_and_be_waived(rule: str) -> None:
    assert verdict(f'{PROJECT}regles:\n  {rule}: "off"\n', "projet") == ()
    assert verdict(f"{PROJECT}derogations:\n  - regle: {rule}\n    fiche: x\n{WHOLE}", "projet") == ()


def test_a_fixed_rule_is_told_once_even_without_reason_and_end() -> None:
    assert messages("derogations:\n  - regle: CP401\n    fiche: x\n") == ["CP401 allows no waiver"]


@pytest.mark.parametrize("group", ["derogations", "acceptations"])
@pytest.mark.parametrize(
    ("rest", "missing"),
    [
        pytest.param(WHOLE, [], id="whole"),
        pytest.param('    jusqu_au: "2027-12-31"\n', ["reason"], id="no reason"),
        pytest.param('    motif: ""\n    jusqu_au: "2027-12-31"\n', ["reason"], id="empty reason"),
        pytest.param('    motif: " \\u00A0"\n    jusqu_au: "2027-12-31"\n', ["reason"], id="blank reason"),
        pytest.param('    motif: "because"\n', ["end"], id="no end"),
        pytest.param("", ["reason", "end"], id="neither"),
    ],
)
def test_an_exception_has_a_reason_and_an_end(group: str, rest: str, missing: list[str]) -> None:
    names, rule = ("fiche", "CP102") if group == "derogations" else ("adresse", "CP904")
    found = verdict(f"{PROJECT}{group}:\n  - regle: {rule}\n    {names}: x\n{rest}", "projet")
    words = {
        "reason": f"The exception to {rule} gives no reason: `motif` is expected",
        "end": f"The exception to {rule} has no end: `jusqu_au` is expected",
    }
    assert told(found) == [("CP015", f"/{group}/0/regle", 4, 12)] * len(missing)
    assert {finding.message for finding in found} == {words[case] for case in missing}


def test_only_errors_of_change_are_accepted() -> None:
    found = verdict(f"{PROJECT}acceptations:\n  - regle: CP102\n    adresse: x\n{WHOLE}", "projet")
    assert [finding.message for finding in found] == ["CP102 allows no acceptance"]


def test_each_exception_is_judged() -> None:
    row = "  - regle: CP102\n    fiche: x\n"
    found = verdict(f"{PROJECT}derogations:\n{row}{WHOLE}{row}{row}{WHOLE}{row}", "projet")
    assert [(finding.pointer, finding.span.line) for finding in found] == [
        *[("/derogations/1/regle", 8)] * 2,
        *[("/derogations/3/regle", 14)] * 2,
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param("regles: [CP401]\n", id="levels as a list"),
        pytest.param("derogations: CP401\n", id="waivers as a text"),
        pytest.param("derogations:\n  - CP401\n", id="a waiver as a text"),
        pytest.param("derogations:\n  - regle: [CP401]\n    fiche: x\n", id="a rule as a list"),
        pytest.param("acceptations: {regle: CP401}\n", id="acceptances as a block"),
    ],
)
def test_a_wrong_shape_is_not_judged_twice(blocks: str) -> None:
    assert [finding.rule for finding in verdict(PROJECT + blocks, "projet")] == ["CP009"]
