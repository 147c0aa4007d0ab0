"""CP018: one finding that names what stands there and what was probably meant; an error where the field has a form."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from tests.rules.judged import WHOLE, misshapen, told
from tests.samples import PROJECT, SHEET, TODAY, changed, verdict

AROUND = "the quotation marks “ ” are part of it"
NO_BREAK = "a no-break space (U+00A0) stands in it"


@pytest.mark.parametrize(
    ("old", "new", "label", "shown", "said", "line"),
    [
        ('"21169999600016"', "“21169999600016”", "Identifiant", "“21169999600016”", AROUND, 'identifiant: "21169999600016"'),
        (
            '"21169999600016"',
            '"211 699 996\u00a000016"',
            "Identifiant",
            "211 699 996\\u{a0}00016",
            NO_BREAK,
            'identifiant: "21169999600016"',
        ),
        (
            '"France"',
            '"France"\n  telephone: "+33\u00a0545222040"',
            "Téléphone",
            "+33\\u{a0}545222040",
            NO_BREAK,
            'telephone: "+33 545222040"',
        ),
        (
            '"factures@valmont.example"',
            '"factures@valmont\u202f.example"',
            "Adresse électronique",
            "factures@valmont\\u{202f}.example",
            "a narrow no-break space (U+202F) stands in it",
            'adresse_electronique: "factures@valmont.example"',
        ),
        ('"16000"', "“16000”", "Code postal", "“16000”", AROUND, 'code_postal: "16000"'),
        ('"16000"', '"\'16000"', "Code postal", "'16000", "the quotation mark ' has no partner", 'code_postal: "16000"'),
    ],
)
def test_in_a_field_with_a_form_it_is_the_only_error(  # noqa: PLR0917 - a row a case
    old: str, new: str, label: str, shown: str, said: str, line: str
) -> None:
    (finding,) = verdict(changed(SHEET, old, new))
    meant = line.partition(": ")[2]
    assert (finding.rule, finding.level) == ("CP018", "error")
    assert finding.message == f'« {label} » is "{shown}": {said}; {meant} was probably meant'
    assert finding.help == f"Write: `{line}`."


@pytest.mark.parametrize(
    "written",
    ["“Commune de Valmont”", 'Commune de Valmont"', '"Commune de\u00a0Valmont"', "Commune de ValmÃ´nt", "Val\ufffdmont"],
)
def test_in_a_name_it_is_the_only_warning(written: str) -> None:
    (finding,) = verdict(changed(SHEET, '"Commune de Valmont"', written))
    assert (finding.rule, finding.level) == ("CP018", "warning")


def test_a_choice_between_quotation_marks_is_told_which_it_has() -> None:
    (finding,) = verdict(changed(SHEET, ": SIRET", ": “SIRET”"))
    assert (finding.rule, finding.level) == ("CP018", "error")


def test_the_project_file_is_looked_at_too() -> None:
    text = f"{PROJECT}portefeuille:\n  budgets:\n    - {{identifiant: “21169999600016”}}\n"
    assert [(one.rule, one.level) for one in verdict(text, "projet")] == [("CP018", "error")]


def test_a_whole_good_sheet_needs_no_closer_look() -> None:
    assert told("CP018", WHOLE) == []


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP018", body, TODAY)
