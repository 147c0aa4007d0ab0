"""CP012: a file is named after its identifiant, an account after its ref."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chorus_config.model.finding import RuleContext, TrackedDay
from chorus_config.rules.files.cp012_file_name import check

SIRET = "21169999600016"
SHEET: dict[str, Any] = {"type": "fiche-structure", "informations_generales": {"identifiant": SIRET}}
ACCOUNT: dict[str, Any] = {"type": "compte-utilisateur", "ref": "dgs"}


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        (SHEET, f"structures/{SIRET}.yaml", None),
        (SHEET, f"structures/zone/{SIRET}.yml", None),
        (SHEET, "structures/valmont.yaml", ("informations_generales", "identifiant")),
        (ACCOUNT, "comptes/dgs.yaml", None),
        (ACCOUNT, "comptes/x.yaml", ("ref",)),
        ({**SHEET, "informations_generales": {"identifiant": ["x"]}}, "structures/valmont.yaml", None),
        ({**SHEET, "informations_generales": "x"}, "structures/valmont.yaml", None),
        ({"type": "fiche-structure"}, "structures/valmont.yaml", None),
        ({**ACCOUNT, "ref": "a/b"}, "comptes/ab.yaml", None),
        ({**ACCOUNT, "ref": " "}, "comptes/x.yaml", None),
        (SHEET, "", None),
    ],
)
def test_the_name_says_which(body: dict[str, Any], path: str, expected: tuple[str, ...] | None) -> None:
    found = [*check(body, RuleContext(TrackedDay(date(2016, 10, 1)), path))]
    assert [fault.path for fault in found] == ([expected] if expected else [])
