"""The example repositories are what they say: valid, explained where they are not silent, stable once approved."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from chorus_config.rules.catalogue import RULES
from tests.cli.desk import conforms

from .conftest import Run

ROOT: Final = Path(__file__).resolve().parents[2] / "examples"
EXAMPLES: Final = sorted(path.parent.name for path in ROOT.glob("*/chorus-config.yaml"))
MODELINE: Final = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
# A comment: at the start of a line or after a space; the texts of the examples hold no number sign.
COMMENT: Final = re.compile(r"(?:^|\s)#\s?(.*)$")

Row = tuple[str, str, str, str]
# Rule, level, file, place of every finding, under the whole catalogue. Rules to come count from the day they are registered.
EXPECTED: Final[Mapping[str, frozenset[Row]]] = {
    "commune": frozenset(),
    "lycee": frozenset({("CP304", "info", "structures/19160999900013.yaml", "/coordonnees_bancaires/0/iban")}),
    # The guide's own structures are INACTIF, thirty days before the deadline.
    "sditec": frozenset(
        {
            ("CP108", "warning", "structures/25160278500015.yaml", "/informations_generales/statut"),
            ("CP108", "warning", "structures/25160278500023.yaml", "/informations_generales/statut"),
            ("CP053", "warning", "chorus-config.yaml", "/portefeuille/echeance"),
        }
    ),
}


def files(example: str) -> list[Path]:
    """Return the YAML files of an example."""
    return sorted(path for path in (ROOT / example).rglob("*.yaml") if ".chorus-config" not in path.parts)


FILES: Final = [path for example in EXAMPLES for path in files(example)]


def body(path: Path) -> dict[str, Any]:
    """Return a file as an ordinary YAML reader reads it."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def name_of(path: Path) -> str:
    """Return a file's path inside the examples."""
    return path.relative_to(ROOT).as_posix()


def validated(run: Run, example: str) -> list[dict[str, Any]]:
    """Return the findings of an example, where it lies."""
    ended = run("validate", "-C", str(ROOT / example), "--lang", "en", "--format", "json")
    conforms("findings", ended.json)
    assert ended.code == 0, ended.out + ended.err
    assert ended.json["summary"]["error"] == 0
    assert ended.json["files"] == len(files(example))
    return list(ended.json["findings"])


def comments_near(path: Path, line: int) -> str:
    """Return the comments on a line and on the two above it."""
    near = path.read_text(encoding="utf-8").splitlines()[max(0, line - 3) : line]
    return " ".join(match[1] for match in map(COMMENT.search, near) if match)


def test_every_example_is_looked_at() -> None:
    assert set(EXAMPLES) == set(EXPECTED)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_findings_are_those_that_are_meant(example: str, run: Run) -> None:
    found = {(row["rule"], row["level"], row["path"], row["pointer"]) for row in validated(run, example)}
    assert found == {row for row in EXPECTED[example] if row[0] in RULES}


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_comment_beside_each_finding_names_it(example: str, run: Run) -> None:
    for row in validated(run, example):
        assert row["rule"] in comments_near(ROOT / example / row["path"], row["line"]), row


def test_the_commune_has_nothing_left_to_do(run: Run) -> None:
    ended = run("validate", "-C", str(ROOT / "commune"), "--ready", "--fail-level", "info", "--format", "json")
    assert (ended.code, ended.json["findings"]) == (0, [])


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_approved_does_not_change_again(example: str, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / example
    shutil.copytree(ROOT / example, folder, ignore=shutil.ignore_patterns(".chorus-config"))
    words = ("-C", str(folder), "--lang", "en")
    first = run("plan", *words, "--format", "json", "--out", "plan.json")
    conforms("plan", first.json)
    assert first.json["applyable"]
    assert {change["op"] for change in first.json["changes"]} == {"create"}
    assert run("apply", *words, str(folder / "plan.json")).code == 0
    again = run("plan", *words, "--format", "json", "--detailed-exitcode")
    assert (again.code, again.json["changes"]) == (0, [])


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_names_its_schema_and_satisfies_it(path: Path) -> None:
    modeline = MODELINE.match(path.read_text(encoding="utf-8"))
    assert modeline is not None
    schema = path.parent / modeline[1]
    assert schema.is_file()
    document = body(path)
    assert schema.name == f"{document['type']}.schema.json"
    validator = Draft202012Validator(yaml.safe_load(schema.read_text(encoding="utf-8")), format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(document)] == []


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name in {"structures", "comptes"}], ids=name_of)
def test_a_file_is_named_after_what_it_describes(path: Path) -> None:
    document = body(path)
    block = document if path.parent.name == "comptes" else document["informations_generales"]
    assert path.stem == block.get("ref", block.get("identifiant"))


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_user_has_an_account_and_every_account_a_use(example: str) -> None:
    sheets = [body(path) for path in files(example) if path.parent.name == "structures"]
    refs = {user["ref"] for sheet in sheets for user in sheet.get("utilisateurs", [])}
    accounts = {path.stem for path in files(example) if path.parent.name == "comptes"}
    assert refs == accounts
