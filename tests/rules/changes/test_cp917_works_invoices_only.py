"""CP917: « MOA uniquement » ticked on a known structure."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.changing import CASES, document, findings, judged, refused, rules, ticked
from tests.rules.judged import sheet
from tests.samples import setting

BOX = "/parametres/moa_uniquement"


@pytest.mark.parametrize(
    ("before", "after", "told"), [(False, True, True), (None, True, True), (True, False, False), (True, True, False)]
)
def test_only_the_tick_is_told(before: bool | None, *, after: bool, told: bool) -> None:
    known = sheet() if before is None else ticked(moa_uniquement=before)
    found = judged(known, ticked(moa_uniquement=after))
    assert found == [("", "CP917", "", ("parametres", "moa_uniquement"))] * told


def test_works_beside_ordinary_invoices_close_nothing() -> None:
    assert rules(ticked(structure_avec_moa=False), ticked(structure_avec_moa=True)) == []


def test_a_first_record_closes_nothing() -> None:
    assert rules({}, ticked(moa_uniquement=True)) == []
    assert refused(document("CP917", op="create")) == []
    assert refused(document("CP917", kind="service", key="A")) == []


@pytest.mark.parametrize(("before", "after"), [(False, 1), (None, "true"), (True, None)])
def test_only_true_closes(before: object, after: object) -> None:
    assert refused(document("CP917", fields={BOX: {"before": before, "after": after}})) == []


def test_what_suppliers_see_is_said_from_the_day_on_which_they_see_it() -> None:
    (before,) = findings(*CASES["CP917", ""], setting(date(2026, 8, 31)))
    (since,) = findings(*CASES["CP917", ""], setting(date(2026, 9, 1)))
    assert "« MOA uniquement »" in before.message
    assert "REJ_ADR" not in before.message
    assert "REJ_ADR" in since.message
    assert before.level == since.level == "error"
