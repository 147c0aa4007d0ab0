"""Looking at an observed source from Python: observe, record, drift, adopt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chorus_config.app import (
    Adopted,
    OpenProject,
    Pace,
    ReadyRecording,
    Recorded,
    adopt_values,
    approve_plan,
    draft_import,
    find_drift,
    finish_import,
    observe_source,
    observe_sources,
    plan_to_approve,
    record_observed,
    recording_of,
    refuse_older,
    write_import,
)
from chorus_config.model.errors import NoInput, Refused, Unavailable, UsageFault
from chorus_config.model.observed.source import Asked
from tests.app.conftest import Open
from tests.cli.desk import SHEET, SIRET
from tests.cli.portal import LATER, NAME, document, general


def write(folder: Path, body: dict[str, Any], **changed: Any) -> str:
    """Write a snapshot of the first structure, and return its name."""
    (folder / NAME).write_text(json.dumps(document((SIRET, body), **changed)))
    return NAME


@pytest.fixture
def project(opened: Open) -> OpenProject:
    """The example, approved as it stands, and seen on the portal as it stands."""
    made = opened()
    approve_plan(made, plan_to_approve(made))
    return made


def test_a_source_is_read_as_a_snapshot(project: OpenProject, folder: Path) -> None:
    found = observe_source(project, write(folder, general("Autre nom")))
    assert list(found.records) == [SIRET]
    with pytest.raises(NoInput):
        observe_source(project, "absent.json")
    (folder / NAME).write_text("{")
    with pytest.raises(Unavailable):
        observe_source(project, NAME)
    for word in ("https://example.org/structures.json", "annuaire:https://u:S3CRET@h", "postgresql://bob:S3CRET@h"):
        with pytest.raises(UsageFault, match="annuaire:") as told:
            observe_source(project, word)
        assert "S3CRET" not in str(told.value)


def test_a_password_that_stands_in_the_name_of_a_source_is_not_repeated(project: OpenProject, folder: Path) -> None:
    (folder / "x:/u:S3CRET@h").parent.mkdir(parents=True)
    (folder / "x:/u:S3CRET@h").write_text(json.dumps(document((SIRET, general("B")), source="https://u:S3CRET@h")))
    found = find_drift(project, "x://u:S3CRET@h")
    assert (found.source, found.sources) == ("x://h", ("x://h",))
    assert observe_source(project, "x://u:S3CRET@h").source == "https://h"


def test_the_home_folder_has_its_short_name(
    project: OpenProject, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    with pytest.raises(NoInput, match=str(home)):
        observe_source(project, "annuaire:~/lists")


def test_sheets_are_imported_proven_and_noted(opened: Open, folder: Path) -> None:
    (folder / SHEET).unlink()
    project = opened()
    snapshot = observe_source(project, write(folder, general("Neuf", raison_sociale="SDITEC")), Asked(frozenset({SIRET})))
    draft = draft_import(project, snapshot, Asked(frozenset({SIRET})))
    assert [one.file.path for one in draft.sheets] == [SHEET]
    write_import(project, draft)
    done = finish_import(opened(), draft)
    assert (done.changes, done.recorded) == ((), True)


def test_several_sources_speak_as_one(project: OpenProject, folder: Path) -> None:
    first = document((SIRET, general("Nom A")), source="Premier")
    second = document((SIRET, general("Nom B", statut="ACTIF")), source="Second")
    for name, one in (("a.json", first), ("b.json", second)):
        (folder / name).write_text(json.dumps(one))
    found = observe_sources(project, ["a.json", "b.json"], pace=Pace(per_second=None))
    own: Any = found.records[SIRET].body["informations_generales"]
    assert (own["libelle"], own["statut"]) == ("Nom A", "ACTIF")
    assert [(one.path, one.source, one.kept, one.other) for one in found.disagreements] == [
        ("/libelle", "Premier", "Nom A", "Nom B")
    ]
    assert find_drift(project, ["a.json", "b.json"]).disagreements == found.disagreements


def test_what_is_seen_is_recorded_once(project: OpenProject, folder: Path) -> None:
    snapshot = observe_source(project, write(folder, general("SDITEC"), taken_at=LATER))
    ready = recording_of(project, snapshot)
    assert isinstance(ready, ReadyRecording)
    done = record_observed(project, ready)
    assert isinstance(done, Recorded)
    assert (done.serial, project.store().history()[-1].event) == (2, "record")
    assert record_observed(project, recording_of(project, snapshot)).serial == 2
    with pytest.raises(NoInput):
        recording_of(project, snapshot, ["9*"])


def test_an_older_reading_is_refused_to_whoever_asks(project: OpenProject, folder: Path) -> None:
    record_observed(project, recording_of(project, observe_source(project, write(folder, general("Nom A"), taken_at=LATER))))
    older = recording_of(project, observe_source(project, write(folder, general("Nom B"))))
    with pytest.raises(Refused, match="older than what was last confirmed"):
        refuse_older(project, older)


def test_drift_tells_what_moved(project: OpenProject, folder: Path) -> None:
    source = write(folder, general("Autre nom"))
    found = find_drift(project, source)
    (gap,) = [gap for one in found.resources for gap in one.fields if gap.path == "/libelle"]
    assert (gap.situation, gap.approved, gap.observed) == ("conflict", "SDITEC", "Autre nom")
    with pytest.raises(NoInput):
        find_drift(project, [source], ["9*"])


def test_a_value_is_adopted_into_its_sheet_and_nothing_else_changes(project: OpenProject, folder: Path) -> None:
    before = (folder / SHEET).read_text()
    (one,) = adopt_values(project, [write(folder, general("Autre nom"))], [f"{SIRET}#/libelle"])
    assert isinstance(one, Adopted)
    assert (one.path, one.adoption.field, one.adoption.after) == (SHEET, "/libelle", "Autre nom")
    assert (folder / SHEET).read_text() == before.replace('libelle: "SDITEC"', 'libelle: "Autre nom"')
    with pytest.raises(UsageFault):
        adopt_values(project, [NAME], [])
    with pytest.raises(Refused, match="CP104"):
        adopt_values(project, write(folder, general(" ")), [f"{SIRET}#/libelle"])
