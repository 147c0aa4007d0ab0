"""CP406: what a service code may hold, for the directory and, from 1 September 2026, for the invoices of platforms."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from tests.samples import SHEET, verdict

BEFORE: Final = date(2026, 8, 31)
SINCE: Final = date(2026, 9, 1)
FP: Final = 'services:\n  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'


def levels(code: str, day: date) -> list[str]:
    """Return the levels at which the rule speaks of a code."""
    found = verdict(f'{SHEET}{FP}  - code: "{code}"\n    libelle: "x"\n', day=day)
    assert {finding.rule for finding in found} <= {"CP406"}
    assert {finding.pointer for finding in found} <= {"/services/1/code"}
    return [finding.level for finding in found]


@pytest.mark.parametrize(
    ("code", "before", "since"),
    [
        ("ST-TECH", [], []),
        ("a_Z-09", [], []),
        ("ST.TECH", ["info"], ["info"]),
        ("ST+TECH", ["info"], ["info"]),
        ("ST/TECH", ["info"], ["warning"]),
        ("ST TECH", ["info"], ["warning"]),
        ("ÉCOLE", ["info"], ["warning"]),
        ("A.B/C", ["info"], ["warning"]),
        ("A&B", ["info"], ["warning"]),
    ],
)
def test_a_code_is_told_once_and_weighs_more_since_invoices_come_through_platforms(
    code: str, before: list[str], since: list[str]
) -> None:
    assert (levels(code, BEFORE), levels(code, SINCE)) == (before, since)


def test_what_is_advised_depends_on_what_invoices_can_carry() -> None:
    def _help(code: str) -> str:
        (finding,) = verdict(f'{SHEET}{FP}  - code: "{code}"\n    libelle: "x"\n', day=SINCE)
        return finding.help

    assert "may keep a plus or a dot" in _help("ST.TECH")
    assert "open a second service" in _help("ST/TECH")


def test_a_service_that_receives_nothing_any_more_may_keep_its_code() -> None:
    text = f'{SHEET}{FP}  - code: "ST/TECH"\n    libelle: "x"\n    actif: '
    assert [finding.rule for finding in verdict(f"{text}false\n", day=SINCE)] == []
    assert [finding.rule for finding in verdict(f"{text}true\n", day=SINCE)] == ["CP406"]
