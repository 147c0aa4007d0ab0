"""Comparing two git revisions, and the catalogue of rules, from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.app import DiffRange, OpenOptions, RevisionDiff, diff_revisions, explain_rule, list_rules
from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import NoInput, UsageFault
from chorus_config.rules.catalogue import RULES
from tests.cli.desk import SHEET, SIRET
from tests.repository import begun


@pytest.fixture
def repository(folder: Path) -> Path:
    """The example as a repository with one commit, and a change that is not committed."""
    begun(folder)
    sheet = folder / SHEET
    sheet.write_text(sheet.read_text().replace('libelle: "SDITEC"', 'libelle: "Syndicat SDITEC"'))
    return folder


def test_a_change_is_found_between_a_commit_and_the_working_tree(repository: Path) -> None:
    done = diff_revisions(OpenOptions(repository, language="en"), DiffRange("HEAD"))
    assert isinstance(done, RevisionDiff)
    assert (done.plan.kind, done.project.root) == ("diff", repository)
    (change,) = done.plan.changes
    assert (str(change.address), [field.path for field in change.fields]) == (SIRET, ["/libelle"])
    assert diff_revisions(OpenOptions(repository), DiffRange("HEAD..HEAD")).plan.changes == ()
    assert diff_revisions(OpenOptions(repository), DiffRange(staged=True)).plan.changes == ()


def test_what_cannot_be_compared_is_told(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(NoInput):
        diff_revisions(OpenOptions(repository), DiffRange("nowhere"))
    with pytest.raises(UsageFault):
        diff_revisions(OpenOptions(repository), DiffRange("HEAD", pushed=True))


def test_the_catalogue_and_a_rule() -> None:
    say = translator_for("en")
    assert [entry.rule.id for entry in list_rules()] == list(RULES)
    assert explain_rule(" cp401 ", say) == next(entry for entry in list_rules() if entry.rule.id == "CP401")
    with pytest.raises(UsageFault, match="CP401"):
        explain_rule("CP4O1", say)
