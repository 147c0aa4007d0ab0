"""CP404: every service has a label; CP402: every service has a code that can be written on an invoice."""

from __future__ import annotations

import pytest

from tests.samples import SHEET, changed, told, verdict

START = f'{SHEET}services:\n  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'
BLANKS = ["", " ", "   ", "\\n", " \\n ", "\\u00A0", "\\u202F", "\\u2003", "\\u3000"]


def test_a_missing_label_is_told_at_the_service() -> None:
    found = verdict(f'{START}  - code: "ST-TECH"\n')
    assert told(found) == [("CP404", "/services/1", 17, 5)]
    assert found[0].message == "services[2] has no `libelle`: the name of the service is expected"


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_label_is_told_at_its_value(blank: str) -> None:
    found = verdict(f'{START}  - code: "ST-TECH"\n    libelle: "{blank}"\n')
    assert told(found) == [("CP404", "/services/1/libelle", 18, 14)]
    assert found[0].message == "The label of the service is blank: its name is expected"


def test_each_service_is_judged() -> None:
    entries = '  - code: "A"\n  - code: "B"\n    libelle: "b"\n  - code: "C"\n    libelle: ""\n'
    assert told(verdict(START + entries)) == [("CP404", "/services/1", 17, 5), ("CP404", "/services/3/libelle", 21, 14)]


def test_a_private_structure_labels_its_services_too() -> None:
    private = changed(SHEET, "adresse_postale:\n", "  structure_privee: true\ncomptabilite: autre\nadresse_postale:\n")
    assert told(verdict(f'{private}services:\n  - code: "A"\n')) == [("CP404", "/services/0", 17, 5)]


@pytest.mark.parametrize(("label", "rule"), [("true", "CP009"), ("12", "CP006"), ("", "CP006"), ("[a]", "CP009")])
def test_a_label_of_another_type_is_told_by_another_rule(label: str, rule: str) -> None:
    rules = [finding.rule for finding in verdict(f'{START}  - code: "A"\n    libelle: {label}\n')]
    assert rules[0] == rule
    assert set(rules) <= {rule, "CP404"}


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_code_is_cp402_only(blank: str) -> None:
    found = verdict(f'{START}  - code: "{blank}"\n    libelle: "Services techniques"\n')
    assert told(found) == [("CP402", "/services/1/code", 17, 11)]
    assert found[0].message == "The service code is blank: 1 to 100 characters are expected"


@pytest.mark.parametrize(("length", "refused"), [(1, False), (99, False), (100, False), (101, True), (5000, True)])
@pytest.mark.parametrize("sign", ["A", "9"])
def test_a_code_has_100_characters_at_most(length: int, refused: bool, sign: str) -> None:
    found = verdict(f'{START}  - code: "{sign * length}"\n    libelle: "Services techniques"\n')
    assert told(found) == [("CP402", "/services/1/code", 17, 11)] * refused
    assert [f.message for f in found] == [f"The service code has {length} characters: 100 at most are expected"] * refused


def test_characters_are_counted_not_bytes() -> None:
    def rules(length: int) -> list[str]:
        return [finding.rule for finding in verdict(f'{START}  - code: "{"😀" * length}"\n    libelle: "x"\n')]

    assert rules(100) == ["CP406"]
    assert rules(101) == ["CP402"]


def test_a_missing_code_is_cp008() -> None:
    assert told(verdict(f'{START}  - libelle: "Services techniques"\n')) == [("CP008", "/services/1", 17, 5)]
