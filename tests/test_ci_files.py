"""What users copy into their CI is valid, pinned, and has no more rights than it needs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from .once import ROOT, missing_tool
from .runner import EXPRESSION, action

WORKFLOW = ROOT / "docs" / "ci" / "github.yml"
GITLAB = ROOT / "ci" / "chorus-config.gitlab-ci.yml"
PAGE = ROOT / "docs" / "ci.md"


def blocks(language: str) -> list[str]:
    """Return the pieces of a language that the page shows."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def with_comment(tmp_path: Path) -> Path:
    """The workflow with the pieces that the page adds for the comment."""
    upload, job = (next(block for block in blocks("yaml") if word in block) for word in ("upload-artifact", "gh pr comment"))
    path = tmp_path / ".github" / "workflows" / "fiches.yml"
    path.parent.mkdir(parents=True)
    path.write_text(WORKFLOW.read_text(encoding="utf-8") + upload + job, encoding="utf-8")
    return path


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a linter, which must be there."""
    missing_tool(words[0])
    return subprocess.run(words, check=False, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def load(path: Path) -> Any:
    """Return a YAML file; `on` stays a word."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes only text


@pytest.mark.parametrize(
    ("schema", "path"),
    [("github-actions", ROOT / "action.yml"), ("github-workflows", WORKFLOW), ("gitlab-ci", GITLAB)],
    ids=["action", "workflow", "gitlab"],
)
def test_the_file_satisfies_its_published_schema(schema: str, path: Path) -> None:
    done = run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", str(path))
    assert done.returncode == 0, done.stdout


def test_the_workflow_with_the_comment_satisfies_its_published_schema(with_comment: Path) -> None:
    done = run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(with_comment))
    assert done.returncode == 0, done.stdout
    assert set(load(with_comment)["jobs"]) == {"fiches", "commentaire"}


def test_the_auditor_finds_nothing(with_comment: Path) -> None:
    files = [ROOT / "action.yml", ROOT / ".pre-commit-hooks.yaml", WORKFLOW, with_comment]
    done = run("zizmor", "--offline", "--no-config", "--pedantic", *map(str, files))
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_no_expression_enters_a_script(with_comment: Path) -> None:
    steps = list(action()["runs"]["steps"])
    for path in (WORKFLOW, with_comment):
        steps += [step for job in load(path)["jobs"].values() for step in job["steps"]]
    assert not [step for step in steps if EXPRESSION.search(step.get("run", ""))]


def test_every_action_is_pinned_by_a_whole_commit(with_comment: Path) -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8") + with_comment.read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert not [name for name in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name)]


def test_the_workflow_may_only_read(with_comment: Path) -> None:
    workflow = load(with_comment)
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["fiches"]["permissions"] == {"contents": "read"}
    # Only the comment may write, and it neither checks the branch out nor runs anything of it.
    assert workflow["jobs"]["commentaire"]["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert not [step for step in workflow["jobs"]["commentaire"]["steps"] if "uses" in step]
    assert set(workflow["on"]) == {"pull_request", "push"}
    text = with_comment.read_text(encoding="utf-8")
    assert "secrets." not in text
    checkout = workflow["jobs"]["fiches"]["steps"][0]["with"]
    assert checkout == {"fetch-depth": "0", "persist-credentials": "false"}


def test_what_the_page_names_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    ids = {hook["id"] for hook in load(ROOT / ".pre-commit-hooks.yaml")}
    assert ids == set(re.findall(r"^ +- id: (\S+)", text, re.MULTILINE))
    for name in [*action()["inputs"], *action()["outputs"]]:
        assert f"`{name}`" in text
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (PAGE.parent / target).exists(), target


def test_the_files_name_no_place() -> None:
    files = [ROOT / "action.yml", ROOT / ".pre-commit-hooks.yaml", WORKFLOW, GITLAB, PAGE]
    assert not [
        path.name for path in files if "://" in path.read_text(encoding="utf-8").replace("git+https://VOTRE-SERVEUR", "")
    ]
