"""CP705: « MOA uniquement », whatever the sheet says of « Structure avec MOA »."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from chorus_config.engine.checking.one_file import check_file
from chorus_config.model.project import ProjectConfig, TextFile
from chorus_config.model.project_entries import Waiver
from tests.samples import SHEET, SIRET, setting, verdict


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


def test_a_sheet_that_says_so_is_not_ready_until_it_is_declared_on_purpose() -> None:
    """Written from the first record on, no rule of change speaks: the effect is the same."""
    text = TextFile(f"{SIRET}.yaml", f"{SHEET}parametres: {{moa_uniquement: true}}\n".encode(), "fiche-structure")
    waiver = Waiver("CP705", SIRET, "travaux seulement", date(2027, 12, 31))
    for project, levels in ((ProjectConfig(), ["error"]), (ProjectConfig(waivers=(waiver,)), [])):
        found = check_file(text, replace(setting(project=project), ready=True)).findings
        assert [one.level for one in found if one.rule == "CP705"] == levels
