"""CP911: bank details; their values are never shown."""

from __future__ import annotations

import pytest

from tests.rules.changing import ACCOUNT, CASES, IBAN, Body, banks, document, findings, judged, refused, rules
from tests.rules.judged import sheet

OTHER = {"libelle": "Eau"}
KEY = "coordonnees_bancaires/Régie"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [ACCOUNT], [(KEY, "CP911", "added", ("coordonnees_bancaires", 0))]),
        ([OTHER], [OTHER, ACCOUNT], [(KEY, "CP911", "added", ("coordonnees_bancaires", 1))]),
        ([ACCOUNT], [], [(KEY, "CP911", "removed", ("coordonnees_bancaires",))]),
        ([ACCOUNT], [{**ACCOUNT, "iban": "BE71096123456769"}], [(KEY, "CP911", "changed", ("coordonnees_bancaires", 0))]),
        ([ACCOUNT], [{**ACCOUNT, "bic": "AGRIFRPP"}], [(KEY, "CP911", "changed", ("coordonnees_bancaires", 0))]),
        ([{"libelle": "Régie"}], [ACCOUNT], [(KEY, "CP911", "changed", ("coordonnees_bancaires", 0))]),
        (
            [ACCOUNT],
            [{**ACCOUNT, "iban": "BE71096123456769", "bic": "AGRIFRPP"}],
            [(KEY, "CP911", "changed", ("coordonnees_bancaires", 0))],
        ),
        ([ACCOUNT], [ACCOUNT], []),
        ([ACCOUNT], [{"libelle": "Régie"}], []),
    ],
)
def test_bank_details(before: list[Body], after: list[Body], expected: list[object]) -> None:
    assert judged(banks(*before), banks(*after)) == expected


def test_another_label_is_one_account_less_and_one_more() -> None:
    assert rules(banks(ACCOUNT), banks({**ACCOUNT, "libelle": "Régie 2"})) == ["CP911", "CP911"]


def test_a_first_record_and_a_list_that_is_not_managed_change_nothing() -> None:
    assert rules({}, banks(ACCOUNT)) == []
    assert rules(sheet(), banks(ACCOUNT)) == []
    assert rules(banks(ACCOUNT), sheet()) == []


@pytest.mark.parametrize("op", ["create", "update", "delete"])
@pytest.mark.parametrize(("known", "managed"), [(True, True), (True, False), (False, True)])
def test_the_structure_is_known_and_the_list_was_managed(op: str, *, known: bool, managed: bool) -> None:
    found = refused(document("CP911", op=op, known=known, list_managed=managed))
    cases = {"create": "added", "update": "changed", "delete": "removed"}
    assert found == [("CP911", cases[op])] * (known and managed)


@pytest.mark.parametrize("kind", ["espace", "compte"])
def test_what_is_no_bank_account_is_not_judged(kind: str) -> None:
    assert refused(document("CP911", kind=kind)) == []


@pytest.mark.parametrize("private", [True, False])
def test_private_structures_are_judged_alike(*, private: bool) -> None:
    general = {"structure_privee": private}
    assert rules(sheet(general=general, coordonnees_bancaires=[]), sheet(general=general, coordonnees_bancaires=[ACCOUNT])) == [
        "CP911"
    ]


@pytest.mark.parametrize("case", ["added", "changed", "removed"])
def test_the_label_is_named_and_no_iban_or_bic(case: str) -> None:
    for finding in findings(*CASES["CP911", case]):
        assert '"Régie"' in finding.message
        assert finding.level == "warning"
        for hidden in (IBAN, "BE71096123456769", "BDFEFRPPCCT", IBAN[:8]):
            assert hidden not in repr(finding)
