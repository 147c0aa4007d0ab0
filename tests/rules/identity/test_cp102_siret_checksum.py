"""CP102: the check digits of a SIRET, the exception of La Poste, the directory as it is, python-stdnum as judge."""

from __future__ import annotations

import itertools
import os
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.fr import siret as stdnum

from chorus_config.model.finding import RuleContext, TrackedDay
from chorus_config.rules.identity.cp102_siret_checksum import TEXTS, check
from chorus_config.rules.judges.checksums import is_plainly_siret, siret_holds
from tests.rules.judged import examples, misshapen, sheet, told
from tests.samples import TODAY

DATA: Final = Path(__file__).parents[4] / "shared" / "data"
AT: Final = "informations_generales/identifiant"
DIGITS: Final = st.text("0123456789", min_size=14, max_size=14)


def found(siret: Any, kind: str = "SIRET") -> list[tuple[str, str]]:
    return told("CP102", sheet(general={"identifiant": siret, "type_identifiant": kind}))


@pytest.mark.parametrize(
    "siret",
    [
        "25160278500015",
        "25160278500023",
        "21169999600016",
        "35600000000048",  # La Poste, head office
        "35600000049837",  # La Poste, an office: its digits add up to a multiple of five
    ],
)
def test_a_siret_that_holds_passes(siret: str) -> None:
    assert found(siret) == []


@pytest.mark.parametrize(
    ("siret", "case"),
    [
        ("25160278500016", ""),
        ("25160278500051", ""),
        ("35600000049838", ""),
        ("35600000000049", ""),
        ("25160278600014", "siren"),
        ("21169999700014", "siren"),
        ("00000000000000", "zeros"),
        ("00000000000018", "zeros"),
        ("00000000012345", "zeros"),
    ],
)
def test_a_siret_that_does_not_hold_is_told_at_its_value(siret: str, case: str) -> None:
    assert found(siret) == [(AT, case)]


@pytest.mark.parametrize(
    "text", ["", "2516027850001", "251602785000166", "251 602 785 00016", "2516027850001X", "２５１６０２７８５０００１６"]
)
def test_what_is_not_fourteen_digits_is_left_to_other_rules(text: Any) -> None:
    assert found(text) == []


@pytest.mark.parametrize("kind", ["UE_HORS_FRANCE", "HORS_UE", "RIDET", "TAHITI", "AUTRE", "PARTICULIER", "Siret", None])
def test_another_identifier_has_no_check_digits(kind: str) -> None:
    assert found("25160278500016", kind) == []


@pytest.mark.parametrize("siret", ["25160278500016", "25160278600014", "00000000000018"])
def test_among_trials_it_is_a_note_that_does_not_speak_of_insee(siret: str) -> None:
    (fault,) = check(sheet(general={"identifiant": siret}), RuleContext(TrackedDay(TODAY), environment="qualification"))
    assert (fault.case, fault.level, fault.args) == ("qualification", "info", {"value": siret})
    assert "INSEE" not in TEXTS.messages["qualification"] + TEXTS.remedies["qualification"]
    assert [
        *check(sheet(general={"identifiant": "25160278500015"}), RuleContext(TrackedDay(TODAY), environment="qualification"))
    ] == []


@given(DIGITS)
def test_what_is_passed_at_first_sight_the_library_passes(siret: str) -> None:
    for last in range(10):
        candidate = f"{siret[:13]}{last}"
        if is_plainly_siret(candidate):
            assert stdnum.is_valid(candidate)


@given(DIGITS | st.from_regex("356000000[0-9]{5}", fullmatch=True))
def test_the_verdict_is_that_of_the_library_but_for_zeros(siret: str) -> None:
    for middle, last in itertools.product("0123456789", repeat=2):
        candidate = f"{siret[:8]}{siret[8] if siret.startswith('356000000') else middle}{siret[9:13]}{last}"
        assert siret_holds(candidate) is (stdnum.is_valid(candidate) and not candidate.startswith("000000000"))


@pytest.fixture(scope="module")
def directory() -> Path:
    """The folder of the public directory; its absence is said loudly, and is a failure where tests must be complete."""
    if not DATA.is_dir():
        reason = f"THE PUBLIC DIRECTORY IS NOT THERE: {DATA}; CP102 was NOT tried with real SIRETs"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return DATA


def _check_digit(digits: str) -> str:
    """Return the digit that makes the sum of Luhn a multiple of ten, written as the textbook has it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product - 9 if product > 9 else product
    return str(-total % 10)


def _whole(twelve: str) -> str:
    """Return the SIRET of which the directory's extract keeps all but the two check digits."""
    siren = twelve[:8] + _check_digit(twelve[:8])
    office = siren + twelve[8:]
    if siren == "356000000" and office != "3560000000004":
        return office + str(-sum(map(int, office)) % 5)
    return office + _check_digit(office)


def test_every_siret_of_the_public_directory_passes(directory: Path) -> None:
    with zipfile.ZipFile(directory / "annuaire-sirets-2024-10-29.zip") as archive:
        lines = archive.read(archive.namelist()[0]).decode("ascii").split()
    assert len(lines) == 130_608
    scene, body = RuleContext(TrackedDay(TODAY)), sheet()
    failing = []
    for line in lines:
        body["informations_generales"]["identifiant"] = _whole(line)
        failing += [fault.args["value"] for fault in check(body, scene)]
    assert failing == []


def test_the_fifteen_that_fail_in_the_directory_fail_here(directory: Path) -> None:
    sirets = (directory / "annuaire-sirets-checksum-failing.csv").read_text(encoding="ascii").split()
    assert len(sirets) == 15
    for siret in sirets:
        ((pointer, case),) = found(siret)
        assert (pointer, case) in {(AT, ""), (AT, "siren")}
    assert sum(found(siret) == [(AT, "siren")] for siret in sirets) == 10


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP102") == ([("informations_generales/identifiant", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP102", body, TODAY)
