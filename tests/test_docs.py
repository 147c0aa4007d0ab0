"""The documentation says what is true: the transcript is a run of the demo, the commands and codes are all there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chorus_config.cli.main import COMMANDS
from chorus_config.model.errors import Exit

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.en.md")
TRANSCRIPT = re.compile(r"(<!-- demo -->\n```console\n)(.*?)(```\n<!-- /demo -->)", re.DOTALL)


def steady(text: str) -> str:
    """Return a transcript without what differs from run to run: the instant of the approval."""
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "2016-10-01T09:00:00Z", text)


def test_the_transcript_of_the_readme_is_a_run_of_the_demo() -> None:
    done = subprocess.run(
        [sys.executable, "examples/demo.py"],
        cwd=ROOT,
        check=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    shown = steady(done.stdout.strip() + "\n")
    if os.environ.get("CHORUS_CONFIG_GOLDEN") == "write":
        readme.write_text(TRANSCRIPT.sub(lambda match: match[1] + shown + match[3], text), encoding="utf-8", newline="\n")
        return
    match = TRANSCRIPT.search(text)
    assert match is not None
    assert match[2] == shown


@pytest.mark.parametrize("readme", READMES)
def test_every_command_and_exit_code_is_explained(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"`chorus-config {command}" in text
    for code in Exit:
        assert f"| {code.value} |" in text, code


@pytest.mark.parametrize("readme", [*READMES, "docs/architecture.md", "CONTRIBUTING.md"])
def test_paths_that_are_named_exist(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / readme).parent.joinpath(target).exists(), target
    for named in re.findall(r"`((?:world|yamltext|schema|pipelines|resources|report|commands)/[a-z_/]+\.py)`", text):
        assert (ROOT / "chorus_config" / named).is_file(), named
    for named in re.findall(r"`((?:tests|examples|docs|schemas)/[\w./-]+\.(?:py|json|md))`", text):
        assert (ROOT / named).is_file(), named


def test_the_first_sheet_of_the_readme_is_valid(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    sheet = re.search(r"```yaml\n(type: fiche-structure\n.*?)```", text, re.DOTALL)
    assert sheet is not None
    (tmp_path / "structures").mkdir()
    (tmp_path / "structures" / "premiere.yaml").write_text(sheet[1], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "chorus_config", "validate", "--fail-level", "warning"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stdout.decode()
