"""Notices as another program makes them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from chorus_config.app import DiffRange, Events, MadeNotice, OpenOptions, make_notice, make_notice_of_changes
from chorus_config.model.errors import NoInput, UsageFault
from tests.repository import begun

EXAMPLE = Path(__file__).parents[2] / "examples" / "commune"
SHEET = "structures/21160999500017.yaml"
DAY = date(2026, 11, 26)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example of a town, committed."""
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    shutil.copytree(EXAMPLE, tmp_path / "town")
    begun(tmp_path / "town")
    return tmp_path / "town"


def test_the_addresses_of_an_example_are_counted(folder: Path) -> None:
    made = make_notice(OpenOptions(folder, day=DAY))
    assert isinstance(made, MadeNotice)
    assert [(one.name, len(one.addresses)) for one in made.notice.structures] == [
        ("Commune de Valmont-sur-Touvre", 6),
        ("Commune de Valmont-sur-Touvre - Eau", 2),
        ("CCAS de Valmont-sur-Touvre", 2),
    ]
    assert len(make_notice(OpenOptions(folder, day=DAY), ["26*"]).notice.structures) == 1


def test_what_changes_is_told_and_notes_go_to_whoever_listens(folder: Path) -> None:
    heard: list[str] = []
    sheet = folder / SHEET
    sheet.write_text(sheet.read_text(encoding="utf-8").replace('"CULTURE"', '"MEDIA"') + "inconnu: 1\n", encoding="utf-8")
    options = OpenOptions(folder, language="en", day=DAY, events=Events(heard.append))
    (moved,) = make_notice_of_changes(options, DiffRange("HEAD")).notice.changes
    assert (moved.event, moved.address.code, moved.after and moved.after.code) == ("moves", "CULTURE", "MEDIA")
    assert [note for note in heard if SHEET in note]


def test_what_cannot_be_told_is_an_error(folder: Path) -> None:
    with pytest.raises(UsageFault):
        make_notice(OpenOptions(folder, day=DAY), since=DAY)
    with pytest.raises(NoInput):
        make_notice(OpenOptions(folder, day=DAY), ["9*"])
    with pytest.raises(NoInput):
        make_notice_of_changes(OpenOptions(folder, day=DAY), DiffRange("HEAD"), ["9*"])
