"""What is remembered on one day, on another: never another word than without memory, and little is checked again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from chorus_config.app import Effort, OpenOptions, Validation, open_project, validate_project
from chorus_config.app.checking import judge, verdicts
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.workspace import verdict_cache
from tests.engine.checking.test_period import turning_days
from tests.samples import ACCOUNT, SHEET, SIRET, example_text

ONE: Final = timedelta(days=1)
ENDS: Final = date(2027, 2, 28)
WAIVED: Final = date(2027, 3, 15)
LATE: Final = date(2027, 6, 1)
PROJECT: Final = f"""\
type: projet
version: 1
derogations:
  - {{regle: CP105, fiche: "{SIRET}", motif: "x", jusqu_au: "{WAIVED}"}}
  - {{regle: CP408, fiche: "21169999600024", motif: "x", jusqu_au: "{WAIVED}"}}
portefeuille:
  nom: "P"
  echeance: "{LATE}"
  budgets:
    - {{identifiant: "{SIRET}", libelle: "x"}}
"""
SERVICES: Final = f"""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    date_fin: "{ENDS}"
"""
FILES: Final = {
    "chorus-config.yaml": PROJECT,
    f"structures/{SIRET}.yaml": SHEET.replace("Commune de Valmont", "Mairie"),
    "structures/21169999600024.yaml": SHEET.replace(SIRET, "21169999600024") + SERVICES,
    "structures/21169999600032.yaml": SHEET.replace(SIRET, "21169999600032") + SERVICES,
    "structures/21169999600040.yaml": SHEET.replace(SIRET, "21169999600040").replace("COMMUNE DE VALMONT", "V" * 100),
    "structures/espaces.yaml": example_text("CP502", "fails"),
    "structures/moa.yaml": example_text("CP504", "fails"),
    "structures/roles.yaml": example_text("CP604", "fails"),
    "structures/usual.yaml": SHEET.replace(SIRET, "21169999600057"),
    "comptes/dgs.yaml": ACCOUNT,
}
DAYS: Final = sorted(
    {near for day in (*turning_days(), ENDS + ONE, WAIVED + ONE, LATE, LATE - 30 * ONE) for near in (day - ONE, day)}
    | {date(2026, 11, 27), date(2026, 11, 28)}
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose sheets have all that looks at a day; so few files are remembered as well."""
    monkeypatch.setattr(verdicts, "CACHE_FROM", 1)
    monkeypatch.setattr(verdict_cache, "_STEADY", -(10**18))
    monkeypatch.setattr("chorus_config.app.checking.remembered.program_digest", lambda: "this program")
    for path, text in FILES.items():
        (tmp_path / "projet" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "projet" / path).write_text(text, encoding="utf-8")
    return tmp_path / "projet"


Validate = Callable[..., Validation]


@pytest.fixture
def on(project: Path, monkeypatch: pytest.MonkeyPatch) -> Validate:
    """Validates on a day, as if it were today."""

    def _on(day: date, cache: Path | None, *, ready: bool = False) -> Validation:
        monkeypatch.setattr("chorus_config.app.checking.remembered.today", lambda: day)
        opened = open_project(OpenOptions(project, language="en", day=day, ready=ready))
        return validate_project(opened, effort=Effort(1, cache))

    return _on


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are checked."""
    seen: list[str] = []

    def _counted(text: Any, settings: Any) -> CheckedFile:
        seen.append(Path(text.path).name)
        return check_file(text, settings)

    monkeypatch.setattr(judge, "check_file", _counted)
    return seen


@pytest.mark.parametrize("ready", [False, True])
def test_after_any_day_every_day_is_told_as_without_memory(on: Validate, tmp_path: Path, ready: bool) -> None:
    days = DAYS[1::2] if ready else DAYS
    alone = {day: on(day, None, ready=ready) for day in days}
    assert len({repr((one.findings, one.managed)) for one in alone.values()}) > 5
    for earlier in days:
        on(earlier, tmp_path / "warm", ready=ready)
        for day in days:
            shutil.copytree(tmp_path / "warm", tmp_path / "copy")
            assert on(day, tmp_path / "copy", ready=ready) == alone[day], (earlier, day)
            shutil.rmtree(tmp_path / "copy")
        shutil.rmtree(tmp_path / "warm")


def test_day_after_day_one_memory_goes_on(on: Validate, tmp_path: Path) -> None:
    for day in (*DAYS, *reversed(DAYS)):
        assert on(day, tmp_path / "c") == on(day, None)
    assert len([*(tmp_path / "c").iterdir()]) == 1


def test_on_the_next_day_nothing_is_checked_but_what_may_be_judged_otherwise(
    on: Validate, tmp_path: Path, checks: list[str]
) -> None:
    on(date(2026, 11, 27), tmp_path / "c")
    assert len(checks) == len(FILES)
    for day, again in (
        (date(2026, 11, 28), set()),
        (ENDS, set()),
        (ENDS + ONE, {"21169999600024.yaml", "21169999600032.yaml"}),
        (WAIVED, set()),
        (WAIVED + ONE, {f"{SIRET}.yaml", "21169999600024.yaml"}),
        (date(2040, 1, 1), set()),
        (ENDS, {f"{SIRET}.yaml", "21169999600024.yaml", "21169999600032.yaml"}),
    ):
        checks.clear()
        on(day, tmp_path / "c")
        assert set(checks) == again, day


def test_a_day_that_was_chosen_has_a_memory_of_its_own(
    on: Validate, project: Path, tmp_path: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    today, cache = date(2026, 11, 27), tmp_path / "c"
    on(today, cache)
    checks.clear()
    for chosen in (date(2016, 10, 1), date(2020, 1, 1)) * 2:
        validate_project(open_project(OpenOptions(project, language="en", day=chosen)), effort=Effort(1, cache))
        on(today, cache)
    assert len(checks) == 2 * len(FILES)
    assert len([*cache.iterdir()]) == 3
    monkeypatch.setattr("chorus_config.app.checking.remembered.today", lambda: today + ONE)
    validate_project(open_project(OpenOptions(project, language="en", day=today + ONE)), effort=Effort(1, cache))
    assert len(checks) == 2 * len(FILES)
