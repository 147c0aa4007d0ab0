"""What suppliers are told, as rows: read back by a CSV reader, one line an address, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import translator_for
from chorus_config.model.iban import masked_text
from chorus_config.model.notice import Notice
from chorus_config.render.notice.csv import COLUMNS, render
from chorus_config.render.shared.paint import plain
from tests.render.breakouts import BREAKOUTS
from tests.render.golden import agree
from tests.render.notices import SCHOOL, TECH, TOWN, changed, nothing_changes, sample_changes, sample_notice


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


def test_a_notice_of_changes_has_a_line_an_address() -> None:
    found = rows(sample_changes())
    assert len({row["address"] for row in found}) == len(found)
    moved = next(row for row in found if row["change"] == "moves")
    assert (moved["address"], moved["replaced_by"]) == (f"211609995_{TOWN}_CULT", f"211609995_{TOWN}_CULTURE")
    # On the day from which the notice holds, the former address is open still, and the one in its place is, too.
    assert (moved["state"], moved["until"]) == ("open", "2027-01-31")
    assert (moved["change_on"], moved["rejection"]) == ("2027-02-01", "REJ_ADR")
    (new,) = [row for row in found if row["address"] == moved["replaced_by"]]
    assert (new["state"], new["change"], new["change_on"], new["from"]) == ("open", "opens", "2026-12-15", "2026-12-15")
    assert text_of(nothing_changes()).count("\r\n") == 1


def test_what_happens_to_one_address_stands_in_one_line_with_its_days_in_the_same_order() -> None:
    ending = {**TECH, "engagement_obligatoire": True, "date_fin": "2026-12-31"}
    row = {one["service_code"]: one for one in rows(changed([TECH], [ending]))}["ST-TECH"]
    assert (row["state"], row["until"], row["commitment_required"]) == ("open", "2026-12-31", "true")
    assert row["change"] == "closes|demands"
    assert (row["change_on"], row["rejection"]) == ("2027-01-01|", "REJ_ADR|REJ_CONT_B2G")
    # An address that no sheet has any more is closed.
    (gone,) = rows(changed([TECH], []))
    assert (gone["address"], gone["state"], gone["change"]) == (f"211609995_{TOWN}_ST-TECH", "closed", "closes")


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
