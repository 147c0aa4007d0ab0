"""Mending and setting as another program does it: a draft, then the writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.app import (
    FixOptions,
    OpenOptions,
    draft_fixes,
    draft_set,
    files_to_check,
    open_project,
    write_fixes,
    write_set,
)
from chorus_config.model.errors import Refused, UsageFault

SHEET = "structures/25160278500015.yaml"


def faulty(folder: Path) -> str:
    """Write a fault that is safely mended and one that is not, and return the sheet."""
    path = folder / SHEET
    text = path.read_text(encoding="utf-8").replace('"+33 545222040"', "05 45 22 20 40", 1)
    path.write_text(text.replace('date_creation: "2016-07-13"', 'date_creation: "03/04/2016"', 1), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def test_a_draft_writes_nothing_and_is_written_as_it_is(folder: Path) -> None:
    before = faulty(folder)
    project = open_project(OpenOptions(folder, language="en"))
    draft = draft_fixes(project, files_to_check(project))
    assert (folder / SHEET).read_text(encoding="utf-8") == before
    assert (draft.written, draft.counts[:2]) == (False, (1, 1))
    done = write_fixes(project, draft)
    assert done.written
    assert (folder / SHEET).read_bytes() == done.changed[0].change.new
    more = draft_fixes(project, files_to_check(project), FixOptions(unsafe=True))
    assert [one.rule for one in more.changed[0].mended.done] == ["CP009"]


def test_a_file_that_changed_since_is_refused(folder: Path) -> None:
    faulty(folder)
    project = open_project(OpenOptions(folder, language="en"))
    draft = draft_fixes(project, files_to_check(project))
    with (folder / SHEET).open("a", encoding="utf-8") as file:
        file.write("# somebody\n")
    with pytest.raises(Refused, match="changed meanwhile"):
        write_fixes(project, draft)


def test_a_field_is_set_in_every_sheet_that_is_named(folder: Path) -> None:
    project = open_project(OpenOptions(folder, language="en"))
    draft = draft_set(project, ["informations_generales.statut=ACTIF"], ["*"])
    assert [one.path for one in draft.changed] == [SHEET, "structures/25160278500023.yaml"]
    assert write_set(project, draft).written
    assert "statut: ACTIF" in (folder / SHEET).read_text(encoding="utf-8")
    with pytest.raises(UsageFault):
        draft_set(project, [], ["*"])
