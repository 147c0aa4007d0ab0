"""CP705: « MOA uniquement », whatever the sheet says of « Structure avec MOA »."""

from __future__ import annotations

from datetime import date

import pytest

from tests.samples import SHEET, verdict


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ("structure_avec_moa: true, moa_uniquement: true", "both ticked"),
        ("structure_avec_moa: false, moa_uniquement: true", "without « Structure avec MOA »"),
        ("moa_uniquement: true", "without « Structure avec MOA »"),
        ("structure_avec_moa: true, moa_uniquement: false", ""),
        ("structure_avec_moa: true", ""),
        ("moa_uniquement: false", ""),
    ],
)
@pytest.mark.parametrize("day", [date(2017, 6, 1), date(2026, 11, 23)], ids=str)
def test_works_invoices_only_is_advised_against_either_way(boxes: str, said: str, day: date) -> None:
    found = verdict(f"{SHEET}parametres: {{{boxes}}}\n", day=day)
    assert [(one.rule, one.level, one.pointer) for one in found] == [("CP705", "warning", "/parametres/moa_uniquement")] * bool(
        said
    )
    assert all(said in one.message for one in found)
