"""The documentation says what is true: the transcript is a run of the demo; commands, codes, paths and names are all there."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chorus_config.cli.main import COMMANDS
from chorus_config.model.errors import Exit
from chorus_config.rules.catalogue import RULES
from tests.test_house import FLOORS, PACKAGE, dotted, imports

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.en.md")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
TRANSCRIPT = re.compile(r"(<!-- demo -->\n```console\n)(.*?)(```\n<!-- /demo -->)", re.DOTALL)


def steady(text: str) -> str:
    """Return a transcript without what differs from run to run: the instant of the approval."""
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "2016-10-01T09:00:00Z", text)
    return re.sub(r"\d{1,2}(?:er)?\s\w+\s\d{4}\sà\s\d{1,2}\sh\s\d\d\sUTC", "3 octobre 2016 à 9 h 00 UTC", text)


def test_the_transcript_is_a_run_of_the_demo() -> None:
    done = subprocess.run(
        [sys.executable, "examples/demo.py"],
        cwd=ROOT,
        check=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    page = ROOT / "docs" / "demonstration.md"
    text = page.read_text(encoding="utf-8")
    shown = steady(done.stdout.strip() + "\n")
    if os.environ.get("CHORUS_CONFIG_GOLDEN") == "write":
        page.write_text(TRANSCRIPT.sub(lambda match: match[1] + shown + match[3], text), encoding="utf-8", newline="\n")
        return
    match = TRANSCRIPT.search(text)
    assert match is not None
    assert match[2] == shown


@pytest.mark.parametrize("readme", [*READMES, "docs/commandes.md"])
def test_every_command_and_exit_code_is_explained(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"`chorus-config {command}" in text
    for code in Exit:
        assert f"| {code.value} |" in text, code


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_says_which_changes_are_blocked_and_which_are_told(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    match = re.search(r"- \*(?:Bloqués|Blocked)\*(.*?)\n- \*(?:Signalés|Told)[^*]*\*(.*?)`regles:", text, re.DOTALL)
    assert match is not None
    blocked, risky = (set(re.findall(r"CP\d+", part)) for part in match.groups())
    judged = {rule: row.level for rule, row in RULES.items() if rule.startswith("CP9")}
    assert blocked == {rule for rule, level in judged.items() if level == "error"}
    assert risky == {rule for rule, level in judged.items() if level == "warning" and RULES[rule].risk}


@pytest.mark.parametrize("page", [*READMES, "docs/architecture.md", "docs/reliability.md", "CONTRIBUTING.md"])
def test_paths_that_are_named_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / page).parent.joinpath(target).exists(), target
    rooms = "|".join(FLOORS)
    for named in re.findall(rf"`((?:{rooms})/[\w./]*)(?:::\w+)?`", text):
        assert (PACKAGE / named).exists(), named
    for named in re.findall(r"`((?:tests|examples|docs|schemas|chorus_config|benchmarks|\.ci)/[\w./-]*)(?:::\w+)?`", text):
        assert (ROOT / named).exists(), named


def journeys() -> dict[str, list[str]]:
    """Return the files of each journey of the architecture, in its order."""
    parts = re.split(r"\n## The journey of ", ARCHITECTURE)[1:]
    return {part.partition(":")[0]: re.findall(r"`([a-z]+/[\w/]+\.py)`", part.partition("\n## ")[0]) for part in parts}


def reached(starts: list[str]) -> set[str]:
    """Return the files that some files lead to by their imports, themselves included."""
    names = {dotted(path): path for path in PACKAGE.rglob("*.py")}
    found, waiting = set[str](), [PACKAGE / start for start in starts]
    while waiting:
        path = waiting.pop()
        name = path.relative_to(PACKAGE).as_posix()
        if name not in found:
            found.add(name)
            waiting += [names[module] for module in imports(path) if module in names]
    return found


@pytest.mark.parametrize("journey", journeys())
def test_each_step_of_a_journey_is_on_the_way_of_its_commands(journey: str) -> None:
    steps = journeys()[journey]
    commands = [step for step in steps if step.startswith("cli/")]
    assert steps[0] in commands
    # Formats are found by name, when they are wanted.
    formats = [step for step in steps if step.startswith("render/")]
    assert set(steps) <= reached([*commands, *formats])
    assert len(set(steps)) == len(steps)


GLOSSARY = re.findall(r"`([a-z]+/[\w/]+\.py)::(\w+)`", ARCHITECTURE)


@pytest.mark.parametrize(("file", "name"), GLOSSARY, ids=[name for _file, name in GLOSSARY])
def test_a_name_of_the_glossary_is_in_the_code(file: str, name: str) -> None:
    defined = set[str]()
    for node in ast.parse((PACKAGE / file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.Assign):
            defined |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    assert name in defined


def test_the_glossary_has_one_meaning_for_a_word() -> None:
    rows = re.findall(r"^\| ([^|]+) \|", ARCHITECTURE.partition("## Glossary")[2], re.MULTILINE)
    words = [word for row in rows[1:] for word in row.split(", ")]
    assert len(words) > 40
    assert len(set(words)) == len(words)


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


def test_what_is_said_of_the_portal_has_its_source_and_names_rules_that_exist() -> None:
    """A reader who sees the portal say otherwise finds where to correct it."""
    page = (ROOT / "docs" / "chorus-pro.md").read_text(encoding="utf-8")
    assert set(re.findall(r"CP\d{3}", page)) <= set(RULES)
    tables = [part.splitlines() for part in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)]
    assert len(tables) == 5
    for head, _line, *rows in tables:
        names, cells = [cell.strip() for cell in head.split("|")], [[cell.strip() for cell in row.split("|")] for row in rows]
        assert all(all(row[1:-1]) and len(row) == len(names) for row in cells)
        if "source" in names:
            assert all(re.match("guide|SE, |AIFE, ", row[names.index("source")]) for row in cells)
