"""Starting a project, and the schemas for its editors, as another program does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.app import (
    OpenOptions,
    check_modelines,
    draft_from_answers,
    draft_from_import,
    draft_import,
    observe_source,
    open_new_project,
    open_project,
    schema_file,
    validate_project,
    write_scaffold,
    write_schemas,
)
from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import NoInput, Refused, UsageFault
from chorus_config.model.scaffold import Answers
from chorus_config.model.source import Asked
from tests.cli.desk import SIRET
from tests.cli.portal import document

ANSWERS = Answers("21160999500017", "COMMUNE DE VALMONT", email="factures@valmont.example")
SAY = translator_for("en")


def test_a_project_from_answers(tmp_path: Path) -> None:
    options = OpenOptions(tmp_path, language="en")
    project = open_new_project("neuf/fiches", options)
    scaffold = draft_from_answers(project, ANSWERS, "gitlab")
    # Until it is written, nothing is there.
    assert list(tmp_path.iterdir()) == []
    write_scaffold(project, scaffold)
    begun = open_project(OpenOptions(tmp_path / "neuf" / "fiches", language="en"))
    assert {one.rule for one in validate_project(begun).findings} == {"CP010"}
    assert check_modelines(begun) == ((), 2)
    assert scaffold.unfinished == (".gitlab-ci.yml",)
    again = draft_from_answers(open_new_project("neuf/fiches", options), None, "gitlab")
    assert again.files == ()
    assert {one.path for one in scaffold.files} == {*again.kept}


def test_somebody_who_is_faster_is_not_written_over(tmp_path: Path) -> None:
    project = open_new_project(".", OpenOptions(tmp_path, language="en"))
    scaffold = draft_from_answers(project, ANSWERS, "none")
    (tmp_path / ".gitignore").write_text("theirs\n", encoding="utf-8")
    with pytest.raises(Refused, match="changed meanwhile"):
        write_scaffold(project, scaffold)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "theirs\n"
    assert not (tmp_path / "chorus-config.yaml").exists()


def test_a_project_from_a_source(tmp_path: Path) -> None:
    import json

    found = document((SIRET, {"informations_generales": {"libelle": "Valmont", "raison_sociale": "VALMONT"}}))
    (tmp_path / "releve.json").write_text(json.dumps(found), encoding="utf-8")
    project = open_new_project("neuf", OpenOptions(tmp_path, language="en"))
    draft = draft_import(project, observe_source(project, "releve.json"), Asked())
    write_scaffold(project, draft_from_import(project, draft, "none"))
    text = (tmp_path / "neuf" / "chorus-config.yaml").read_text(encoding="utf-8")
    assert f'identifiant: "{SIRET}"' in text
    assert "# The project" in text


def test_schemas_are_found_and_brought_up_to_date(tmp_path: Path) -> None:
    assert schema_file("plan", SAY).is_file()
    with pytest.raises(UsageFault, match="the nearest is plan"):
        schema_file("plam", SAY)
    assert len(write_schemas(tmp_path, SAY)) == 3
    assert write_schemas(tmp_path, SAY) == ()
    with pytest.raises(NoInput):
        write_schemas(tmp_path / "absent", SAY)
