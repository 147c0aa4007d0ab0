"""CP201: no blank field in an address; CP205: no text longer than the national directory allows, wherever an address stands."""

from __future__ import annotations

from typing import Final

import pytest

from tests.samples import ACCOUNT, SHEET, changed, told, verdict

VALUES: Final = {"adresse": "1 place de la Mairie", "code_postal": "16000", "ville": "VALMONT", "pays": "France"}
FIELDS: Final = tuple(VALUES)
LABELS: Final = {"adresse": "Adresse", "code_postal": "Code postal", "ville": "Ville", "pays": "Pays"}
LENGTHS: Final = {"adresse": 255, "complement_1": 255, "complement_2": 255, "ville": 255}
BLANKS: Final = ["", " ", "\\n", "\\u00A0", "\\u202F \\u2003\\u3000"]
SERVICE: Final = (
    'services:\n  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n    adresse_postale:\n'
)


def address(base: str, field: str, written: str) -> str:
    if field in VALUES:
        return changed(base, f'  {field}: "{VALUES[field]}"', f'  {field}: "{written}"')
    return changed(base, '  pays: "France"\n', f'  pays: "France"\n  {field}: "{written}"\n')


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_field_is_told_at_its_value(field: str, blank: str) -> None:
    found = verdict(address(SHEET, field, blank))
    assert told(found) == [("CP201", f"/adresse_postale/{field}", 10 + FIELDS.index(field), len(field) + 5)]
    assert found[0].message == f"« {LABELS[field]} » is blank: a value is expected"


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("blank", BLANKS)
def test_nor_in_the_address_of_a_service(field: str, blank: str) -> None:
    found = verdict(f'{SHEET}{SERVICE}      {field}: "{blank}"\n')
    assert told(found) == [("CP201", f"/services/0/adresse_postale/{field}", 18, len(field) + 9)]


@pytest.mark.parametrize("field", FIELDS)
def test_a_service_may_leave_a_field_out(field: str) -> None:
    written = "".join(f'      {name}: "{value}"\n' for name, value in VALUES.items() if name != field)
    assert verdict(f"{SHEET}{SERVICE}{written}") == ()
    assert verdict(SHEET + SERVICE.rstrip("\n") + " {}\n") == ()


@pytest.mark.parametrize("field", ["complement_1", "complement_2", "telephone", "fax"])
def test_what_is_optional_may_be_blank(field: str) -> None:
    assert verdict(address(SHEET, field, "")) == ()
    assert verdict(address(ACCOUNT, field, " "), "compte-utilisateur") == ()
    assert verdict(f'{SHEET}{SERVICE}      {field}: ""\n') == ()


@pytest.mark.parametrize("sign", ["a", "é", "😀"])
@pytest.mark.parametrize(("field", "limit"), LENGTHS.items())
def test_a_field_has_so_many_characters_at_most(field: str, limit: int, sign: str) -> None:
    for length, refused in ((limit, False), (limit + 1, True)):
        for base, kind in ((SHEET, "fiche-structure"), (ACCOUNT, "compte-utilisateur")):
            found = verdict(address(base, field, sign * length), kind)  # type: ignore[arg-type]
            assert [(f.rule, f.level, f.pointer) for f in found] == [
                ("CP205", "warning", f"/adresse_postale/{field}"),
            ] * refused
            assert all(f"has {length} characters: {limit} at most are expected" in f.message for f in found)
        found = verdict(f'{SHEET}{SERVICE}      {field}: "{sign * length}"\n')
        assert [(f.rule, f.pointer) for f in found] == [("CP205", f"/services/0/adresse_postale/{field}")] * refused


@pytest.mark.parametrize(("length", "refused"), [(100, False), (101, True)])
def test_so_has_the_name_of_a_service(length: int, refused: bool) -> None:
    start = SERVICE.replace("    adresse_postale:\n", "")
    found = verdict(f'{SHEET}{start}  - code: "A"\n    libelle: "{"é" * length}"\n')
    assert told(found) == [("CP205", "/services/1/libelle", 18, 14)] * refused
    assert [f.message for f in found] == ["« Libellé du service » has 101 characters: 100 at most are expected"] * refused
