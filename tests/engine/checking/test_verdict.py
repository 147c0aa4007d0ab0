"""A verdict comes back from plain data as it was, through JSON as well."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.checking.project import facts_of
from chorus_config.engine.checking.verdict import from_row, to_row, verdict_of
from chorus_config.i18n.translator import LANGUAGES, Language, translator_for
from chorus_config.model.finding import TrackedDay
from chorus_config.model.project import ProjectConfig, TextFile
from chorus_config.model.project_entries import Waiver

ROOT = Path(__file__).resolve().parents[3]
FAULTY = """\
type: fiche-structure
version: 1
services:
  - code: A
    code: B
  - {code: A, actif: oui}
utilisateurs: [{ref: a}]
"""


def texts() -> list[TextFile]:
    """Return the examples, and texts with every sort of trouble."""
    found = [
        TextFile(
            path.relative_to(ROOT).as_posix(), path.read_bytes(), "compte-utilisateur" if "comptes" in path.parts else "projet"
        )
        for path in sorted((ROOT / "examples").rglob("*.yaml"))
    ]
    odd = (FAULTY.encode(), b"", b"\xff", b"- a\n", b"type: projet\n", "type: compte-utilisateur\nref: é\n".encode())
    return [
        *found,
        *(TextFile(f"x{number}.yaml", raw) for number, raw in enumerate(odd)),
        TextFile("y", b"", read_error="special"),
    ]


@pytest.mark.parametrize("ready", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_comes_back_as_it_was(ready: bool, language: Language) -> None:
    waiver = Waiver("CP105", "25160278500015", "x", date(2030, 1, 1))
    settings = CheckSettings(TrackedDay(date(2026, 11, 27)), translator_for(language), ProjectConfig(waivers=(waiver,)), ready)
    for text in texts():
        checked = check_file(text, settings)
        verdict = verdict_of(checked, settings)
        assert (verdict.findings, verdict.facts, verdict.kind) == (
            checked.findings,
            facts_of(checked, legal_names=False),
            checked.kind,
        )
        assert from_row(text.path, json.loads(json.dumps(to_row(verdict)))) == verdict
        if not ready:
            assert verdict.managed is None


def test_what_does_not_bear_on_one_file_makes_no_other_verdict() -> None:
    # The cache of verdicts knows only the levels, the waivers and the environment (app/checking/remembered.py).
    config = ProjectConfig(levels={"CP105": "error"}, environment="qualification")
    other = replace(
        config, structures=("x/*.yaml",), store="sqlite:///x", directory="x.csv", portfolio="P", budgets=("1",),
        budget_names={"1": "B"}, deadline=date(2020, 1, 1), most_structures=1, most_removals=1, plan_days=1,
        decisions={"regles": {}},        language="en", reference_date=date(2020, 1, 1),
    )  # fmt: skip
    day = TrackedDay(date(2026, 11, 27))
    one, two = (CheckSettings(day, translator_for("en"), found, ready=True) for found in (config, other))
    for text in texts():
        assert verdict_of(check_file(text, one), one) == verdict_of(check_file(text, two), two)


def test_what_thousands_of_sheets_say_alike_is_held_once() -> None:
    settings = CheckSettings(TrackedDay(date(2026, 11, 27)), translator_for("en"))
    text = next(text for text in texts() if b"ref:" in text.raw and b"fiche-structure" in text.raw and b"agent" in text.raw)
    row = json.dumps(to_row(verdict_of(check_file(text, settings), settings)))
    one, other = (from_row(path, json.loads(row)).facts for path in ("a", "b"))
    assert one is not None
    assert other is not None
    assert one.refs
    assert one.refs is other.refs
    assert one.kind is other.kind
