"""Lines of the directory by whom they lead to."""

from __future__ import annotations

from chorus_config.model.observed.directory_line import DirectoryLine, lines_by_owner

SIREN = "211699996"
SIRET = "21169999600016"


def test_lines_stand_by_owner_each_once_in_one_order() -> None:
    bare, late = DirectoryLine(f"{SIREN}_{SIRET}", SIRET, True), DirectoryLine(f"{SIREN}_{SIRET}_ZZ", SIRET, False)
    unit, suffix = DirectoryLine(SIREN, "", True), DirectoryLine(f"{SIREN}_ACHATS", "", None)
    found = lines_by_owner([late, suffix, bare, late, unit])
    assert found == {SIREN: (unit, suffix), SIRET: (bare, late)}
    assert [*found] == [SIREN, SIRET]


def test_what_begins_with_no_siren_is_no_address() -> None:
    assert lines_by_owner([DirectoryLine("ABC_DEF", ""), DirectoryLine("12345678", "")]) == {}
