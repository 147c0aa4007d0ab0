"""What suppliers are told, as rows: read back by a CSV reader, one line an address, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.model.iban import masked_text
from chorus_config.model.notice import Notice
from chorus_config.render.notice.csv import COLUMNS, render
from chorus_config.render.shared.paint import plain
from tests.render.breakouts import BREAKOUTS
from tests.render.golden import agree
from tests.render.notices import SCHOOL, TOWN, nothing_changes, sample_changes, sample_notice


def text_of(made: Notice) -> str:
    """Return a notice as CSV."""
    return render(made, translator_for("fr"), plain)


def rows(made: Notice) -> list[dict[str, str]]:
    """Return the rows that a reader finds."""
    return [*csv.DictReader(io.StringIO(text_of(made), newline=""), strict=True)]


def test_it_is_as_approved() -> None:
    agree("notice.csv", text_of(sample_notice()))
    agree("notice-changes.csv", text_of(sample_changes()))


def test_a_line_is_an_address_with_what_it_demands() -> None:
    found = {row["address"]: row for row in rows(sample_notice())}
    assert len(rows(sample_notice())) == len(sample_notice().addresses)
    tech = found[f"211609995_{TOWN}_ST-TECH"]
    assert tech == {
        "address": "211609995_21160999500017_ST-TECH", "scheme": "0225", "siren": "211609995", "siret": TOWN,
        "service_code": "ST-TECH", "structure": "Commune de Valmont", "label": "Services techniques", "state": "open",
        "from": "", "until": "", "service_code_required": "true", "commitment_required": "false",
        "either_required": "false", "reserved": "false", "why": "", "change": "", "change_on": "", "replaced_by": "",
        "rejection": "",
    }  # fmt: skip
    assert found[f"211609995_{TOWN}"]["why"] == "code_required"
    assert found[f"211609995_{TOWN}_CULTURE"]["from"] == "2027-01-01"
    school = found[f"191609999_{SCHOOL}"]
    assert (school["either_required"], school["commitment_required"]) == ("true", "true")


def test_a_notice_of_changes_has_a_line_a_change() -> None:
    found = rows(sample_changes())
    assert len(found) == len(sample_changes().changes)
    moved = next(row for row in found if row["change"] == "moves")
    assert (moved["address"], moved["replaced_by"]) == (f"211609995_{TOWN}_CULT", f"211609995_{TOWN}_CULTURE")
    assert (moved["state"], moved["change_on"], moved["rejection"]) == ("closed", "2027-02-01", "REJ_ADR")
    assert text_of(nothing_changes()).count("\r\n") == 1


@pytest.mark.parametrize("text", [*BREAKOUTS, "=1+1", "+33", "-2", "@SUM(A1)", "\t=1", ' "=1"', "\r\n=1"])
def test_no_cell_is_a_formula_and_none_leaves_its_place(text: str) -> None:
    for made in (sample_notice(text), sample_changes(text), _named(text)):
        for line in csv.reader(io.StringIO(text_of(made), newline=""), strict=True):
            assert len(line) == len(COLUMNS)
            assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in line)


def _named(text: str) -> Notice:
    """Return a notice in which a text is a whole name, not the end of one."""
    made = sample_notice()
    return replace(made, structures=tuple(replace(one, name=text) for one in made.structures))


def test_no_two_cells_read_together_as_an_account_number() -> None:
    # `…_PUBLIQUES` and the `0225` behind it begin like a Spanish one, whose check digits are right for one SIRET in 97.
    text = text_of(sample_notice())
    assert "_FACTURES_PUBLIQUES" in text
    assert masked_text(text) == text
