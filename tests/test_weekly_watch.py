"""The weekly watch as users copy it: files that are valid, pinned, and whose very command runs."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .cli.portal import document, general
from .once import ROOT
from .runner import EXPRESSION
from .test_ci_files import load, run

GITHUB = ROOT / "docs" / "ci" / "veille.github.yml"
GITLAB = ROOT / "docs" / "ci" / "veille.gitlab-ci.yml"
PAGE = ROOT / "docs" / "snapshot.md"
OPEN = "21160999500017"
SHUT = "21160999500025"


def command_of(path: Path) -> list[str]:
    """Return the one command of a file, without what the shell adds to it."""
    (line,) = re.findall(r"^[ -]*(chorus-config observe annuaire.*?)(?: \|\| .*)?$", path.read_text("utf-8"), re.MULTILINE)
    return shlex.split(line)


def observe(at: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the command, with a snapshot where the public lists would be."""
    words = [word if word != "annuaire:telechargements" else "listes.json" for word in words[1:]]
    command = [sys.executable, "-m", "chorus_config", *words]
    return subprocess.run(command, cwd=at, check=False, encoding="utf-8", capture_output=True, timeout=60)


@pytest.mark.parametrize("path", [GITHUB, GITLAB, PAGE], ids=lambda path: path.name)
def test_the_command_that_is_shown_is_the_whole_of_the_watch(path: Path, tmp_path: Path) -> None:
    def lists(*rows: tuple[str, Any], taken_at: str = "2026-10-05T08:30:00Z") -> None:
        (tmp_path / "listes.json").write_text(json.dumps(document(*rows, taken_at=taken_at)))

    words = command_of(path)
    (tmp_path / "sirens.txt").write_text(f"{OPEN[:9]}\n")
    lists((OPEN, general("Commune", statut="ACTIF")), (SHUT, general("CCAS", statut="ACTIF")), ("99" * 7, {}))
    first = observe(tmp_path, words)
    assert (first.returncode, "-o releve.json" in first.stderr) == (66, True)
    # The first time: as the message says.
    at = words.index("--since")
    begun = [word for word in words[:at] + words[at + 2 :] if word != "--detailed-exitcode" and not word.startswith("markdown")]
    assert observe(tmp_path, [word for word in begun if word != "--format"]).returncode == 0
    assert observe(tmp_path, words).returncode == 0
    lists(
        (OPEN, general("Commune", statut="ACTIF")), (SHUT, general("CCAS", statut="INACTIF")), taken_at="2026-10-12T08:30:00Z"
    )
    news = observe(tmp_path, words)
    assert news.returncode == 2, news.stderr
    assert "CCAS" in news.stdout
    if path != PAGE:
        assert "CCAS" in (tmp_path / "veille.md").read_text("utf-8")
    assert observe(tmp_path, words).returncode == 0


@pytest.mark.parametrize(("schema", "path"), [("github-workflows", GITHUB), ("gitlab-ci", GITLAB)])
def test_the_file_satisfies_its_published_schema(schema: str, path: Path) -> None:
    done = run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", str(path))
    assert done.returncode == 0, done.stdout


def test_the_auditor_finds_nothing(tmp_path: Path) -> None:
    copy = tmp_path / ".github" / "workflows" / "veille.yml"
    copy.parent.mkdir(parents=True)
    copy.write_text(GITHUB.read_text("utf-8"), encoding="utf-8")
    done = run("zizmor", "--offline", "--no-config", "--pedantic", str(copy))
    assert done.returncode == 0, done.stdout


def test_it_is_pinned_and_no_expression_enters_a_script() -> None:
    steps = load(GITHUB)["jobs"]["veille"]["steps"]
    assert not [step for step in steps if EXPRESSION.search(step.get("run", ""))]
    assert [step["uses"] for step in steps if "uses" in step and not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])] == []
    for path in (GITHUB, GITLAB):
        text = path.read_text("utf-8")
        assert "@" + "0" * 40 in text
        assert "://" not in text


def test_the_workflow_takes_no_more_rights_than_it_needs() -> None:
    workflow = load(GITHUB)
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["veille"]["permissions"] == {"contents": "write", "issues": "write"}
    # Nobody from outside starts it.
    assert set(workflow["on"]) == {"schedule", "workflow_dispatch"}
    assert "secrets." not in GITHUB.read_text("utf-8")


def test_the_page_names_both_files() -> None:
    text = PAGE.read_text("utf-8")
    for path in (GITHUB, GITLAB):
        assert f"](ci/{path.name})" in text
