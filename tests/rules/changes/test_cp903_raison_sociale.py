"""CP903: a raison sociale that is not the known one."""

from __future__ import annotations

import pytest

from chorus_config.diff.expand import Expanded, expand
from chorus_config.engine.planning.change_rules import informational_faults
from tests.rules.changing import CASES, all_faults, findings, general, judged
from tests.rules.judged import account, sheet

PATH = ("informations_generales", "raison_sociale")


def test_another_name_is_told_at_the_name_and_is_no_change() -> None:
    assert judged(*CASES["CP903", ""]) == [("", "CP903", "", PATH)]
    ((_address, fault),) = all_faults(*CASES["CP903", ""])
    assert fault.at == "value"


def test_both_names_are_shown_and_nothing_in_them_can_act() -> None:
    (finding,) = findings(general(raison_sociale="A\u202e"), general(raison_sociale="B\x1b[31m"))
    assert finding.level == "info"
    assert '"A\\u{202e}"' in finding.message
    assert '"B\\u{1b}[31m"' in finding.message
    assert "« Raison sociale »" in finding.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("COMMUNE DE VALMONT", "COMMUNE DE VALMONT"),
        ("CAF\u00c9", "CAFE\u0301"),
        ("", "COMMUNE DE VALMONT"),
        (" ", "COMMUNE DE VALMONT"),
        ("COMMUNE DE VALMONT", "\u00a0"),
        (None, "COMMUNE DE VALMONT"),
        ("COMMUNE DE VALMONT", None),
        (1, "COMMUNE DE VALMONT"),
        ("COMMUNE DE VALMONT", ["x"]),
    ],
)
def test_what_is_the_same_or_not_written_differs_from_nothing(before: object, after: object) -> None:
    assert not list(informational_faults(expand(general(raison_sociale=before)), expand(general(raison_sociale=after))))


@pytest.mark.parametrize(("before", "after"), [("COMMUNE", "Commune"), ("COMMUNE", "COMMUNE "), ("A", "B")])
def test_case_and_blanks_count(before: str, after: str) -> None:
    assert [
        f.rule for f in informational_faults(expand(general(raison_sociale=before)), expand(general(raison_sociale=after)))
    ] == ["CP903"]


def test_a_structure_that_is_not_known_a_sheet_that_is_gone_and_an_account_have_none() -> None:
    assert not list(informational_faults(Expanded(), expand(sheet())))
    assert not list(informational_faults(expand(sheet()), Expanded()))
    assert not list(informational_faults(expand(account(raison_sociale="a")), expand(account(raison_sociale="b"))))


def test_a_service_has_none() -> None:
    one, other = ({"code": "A", "libelle": "a", "raison_sociale": name} for name in "xy")
    assert not list(informational_faults(expand(sheet(services=[one])), expand(sheet(services=[other]))))
