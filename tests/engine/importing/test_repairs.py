"""A sheet that says what a table says in another writing is as it was; what somebody changed is a change."""

from __future__ import annotations

import pytest

from chorus_config.engine.importing.repairs import differs_in_writing, says_already
from chorus_config.model.project import TextFile
from tests.engine.importing.test_over import SHEET, SIRET
from tests.engine.making import SETTING


@pytest.mark.parametrize(
    ("there", "already", "written"),
    [
        pytest.param(SHEET, True, True, id="as it is"),
        pytest.param(SHEET.replace("statut: ACTIF", "statut: actif"), False, True, id="in another writing"),
        pytest.param(SHEET.replace("statut: ACTIF", "statut: INACTIF"), False, False, id="somebody changed it"),
        pytest.param(SHEET.replace("statut: ACTIF", "statut: actif").replace("Régie", "Ville"), False, False, id="both"),
        pytest.param("- 1\n", False, False, id="no sheet"),
    ],
)
def test_what_fix_would_write_is_no_change(there: str, already: bool, written: bool) -> None:
    file = TextFile(f"structures/{SIRET}.yaml", there.encode(), "fiche-structure")
    assert says_already(file, SHEET.encode()) is already
    assert differs_in_writing(file, SHEET.encode(), SETTING) is written
