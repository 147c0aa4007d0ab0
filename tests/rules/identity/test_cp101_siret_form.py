"""CP101: a SIRET has exactly 14 ASCII digits."""

from __future__ import annotations

import pytest

from tests.samples import SHEET, SIRET, changed, told, verdict


def sheet(written: str) -> str:
    return changed(SHEET, f'"{SIRET}"', written)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param('"2116999960001"', id="13 digits"),
        pytest.param('"211699996000166"', id="15 digits"),
        pytest.param('"211 699 996 00016"', id="spaces"),
        pytest.param('" 21169999600016"', id="space before"),
        pytest.param('"21169999600016 "', id="space after"),
        pytest.param('"２１１６９９９９６０００１６"', id="full-width digits"),
        pytest.param('"٢١١٦٩٩٩٩٦٠٠٠١٦"', id="Arabic digits"),
        pytest.param('"2116999960001²"', id="superscript digit"),
        pytest.param('"2116999960OO16"', id="letters"),
        pytest.param('"FR211699996016"', id="VAT number of 14 signs"),
        pytest.param('"+2116999960001"', id="sign"),
        pytest.param('"2116999960.016"', id="point"),
        pytest.param('"0x211699996001"', id="hexadecimal"),
        pytest.param('"211699996"', id="SIREN"),
        pytest.param('""', id="empty"),
        pytest.param('"              "', id="14 spaces"),
    ],
)
def test_what_is_not_14_digits_is_refused(written: str) -> None:
    assert told(verdict(sheet(written))) == [("CP101", "/informations_generales/identifiant", 6, 16)]


def test_the_value_is_shown_as_written_and_what_is_expected() -> None:
    (finding,) = verdict(sheet('"211 699 996 00016"'))
    assert finding.message == 'The SIRET is "211 699 996 00016": exactly 14 digits are expected, without spaces'


@pytest.mark.parametrize("siret", [SIRET, "21169999600024", "25160278500015"])
def test_14_digits_are_accepted(siret: str) -> None:
    assert verdict(sheet(f'"{siret}"')) == ()


def test_14_digits_without_quotation_marks_are_cp006_only() -> None:
    assert told(verdict(sheet(SIRET))) == [("CP006", "/informations_generales/identifiant", 6, 16)]


@pytest.mark.parametrize("written", ["true", f'["{SIRET}"]', "{}"])
def test_another_type_is_cp009_only(written: str) -> None:
    column = 16 if written == "true" else 3
    assert told(verdict(sheet(written))) == [("CP009", "/informations_generales/identifiant", 6, column)]


def test_a_missing_siret_is_cp008_only() -> None:
    text = changed(SHEET, f'  identifiant: "{SIRET}"\n', "")
    assert told(verdict(text)) == [("CP008", "/informations_generales", 3, 1)]


def test_another_type_of_identifier_is_no_siret() -> None:
    text = changed(sheet('"FR 12"'), "type_identifiant: SIRET", "type_identifiant: UE_HORS_FRANCE")
    private = changed(
        text, "informations_generales:\n", "comptabilite: autre\ninformations_generales:\n  structure_privee: true\n"
    )
    assert verdict(private) == ()
