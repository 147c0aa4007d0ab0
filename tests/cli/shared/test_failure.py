"""A machine format on stdout is always one valid document, on failure too (design/product.md)."""

from __future__ import annotations

import json

import pytest

from tests.cli.desk import PROJECT, SERVICES, SHEET, WITHOUT, Desk, conforms

_FAILURES = [
    pytest.param((), "type: projet\nversion: 1\ninconnu: 1\n", 78, id="unknown key in the project"),
    pytest.param((), "type: [projet\n", 78, id="project that is no YAML"),
    pytest.param((), "", 78, id="empty project"),
    pytest.param(("--bogus",), None, 64, id="unknown option"),
    pytest.param(("absent.yaml",), None, 66, id="missing file"),
    pytest.param(("--config", "absent.yaml"), None, 66, id="missing project"),
    pytest.param(("-C", "absent"), None, 66, id="missing folder"),
    pytest.param(("--as-of", "demain"), None, 64, id="no day"),
    pytest.param(("--format", "text"), None, 64, id="two formats on stdout"),
    pytest.param(("--format", "xml:x"), None, 64, id="unknown format"),
    pytest.param(("--lang", "de"), None, 64, id="unknown language"),
    pytest.param(("--format", "text:absent/x"), None, 69, id="file that cannot be written"),
]


def _prepare(desk: Desk, project: str | None) -> None:
    if project is not None:
        desk.write(PROJECT, project)


@pytest.mark.parametrize(("words", "project", "code"), _FAILURES)
@pytest.mark.parametrize("form", [("--format", "json"), ("--format=json",)])
def test_validate(desk: Desk, words: tuple[str, ...], project: str | None, code: int, form: tuple[str, ...]) -> None:
    _prepare(desk, project)
    ended = desk.run("validate", *form, *words)
    document = ended.json
    conforms("findings", document)
    assert (ended.code, document["error"]["exit_code"]) == (code, code)
    assert document["error"]["message"]
    assert document["error"]["message"] in ended.err


@pytest.mark.parametrize(("words", "project", "code"), _FAILURES)
def test_plan(desk: Desk, words: tuple[str, ...], project: str | None, code: int) -> None:
    _prepare(desk, project)
    ended = desk.run("plan", "--format", "json", *words)
    document = ended.json
    conforms("plan", document)
    assert (ended.code, document["error"]["exit_code"], document["applyable"]) == (code, code, False)


@pytest.mark.parametrize(
    ("words", "project", "code"), [case for case in _FAILURES if case.id not in {"missing file", "file that cannot be written"}]
)
def test_apply(desk: Desk, words: tuple[str, ...], project: str | None, code: int) -> None:
    _prepare(desk, project)
    before = desk.listing()
    ended = desk.run("apply", "--yes", "--format", "json", *words)
    document = ended.json
    assert (ended.code, document["error"]["exit_code"]) == (code, code)
    assert (document["type"], document["approved"], document["portal_changed"]) == ("apply", 0, False)
    assert desk.listing() == before


def test_show(bare: Desk) -> None:
    ended = bare.run("show", "absent.json", "--format", "json")
    conforms("plan", ended.json)
    assert (ended.code, ended.json["error"]["exit_code"]) == (66, 66)
    assert bare.run("show", "--format", "json").json["error"]["exit_code"] == 64


@pytest.mark.parametrize("command", ["validate", "plan", "apply"])
def test_an_empty_folder(bare: Desk, command: str) -> None:
    ended = bare.run(command, "--format", "json")
    assert (ended.code, ended.json["error"]["exit_code"]) == (66, 66)
    assert bare.listing() == {}


def test_an_unknown_command(bare: Desk) -> None:
    ended = bare.run("--format", "json", "bogus")
    assert (ended.code, ended.json["error"]["exit_code"]) == (64, 64)
    assert "bogus" in ended.err


def test_the_environment_promises_too(bare: Desk) -> None:
    bare.env(FORMAT="json")
    assert bare.run("validate").json["error"]["exit_code"] == 66


def test_a_blocked_apply_is_one_document(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)
    ended = desk.run("apply", "--yes", "--format", "json")
    assert ended.code == 4
    assert ended.json["error"]["exit_code"] == 4


def test_a_declined_apply_is_one_document(desk: Desk) -> None:
    ended = desk.run("apply", "--format", "json", stdin="no\n")
    assert (ended.code, ended.json["error"]["exit_code"]) == (4, 4)


def test_a_file_named_like_a_command_changes_no_document(desk: Desk) -> None:
    assert desk.run("validate", "plan", "--format", "json").json["type"] == "findings"
    assert desk.run("apply", "plan", "--format", "json").json["type"] == "apply"
    assert desk.run("plan", "apply", "--format", "json").json["type"] == "plan"
    assert desk.run("validate", "apply", "--format", "json").json["type"] == "findings"


def test_an_apply_whose_result_has_nowhere_to_go_is_not_told_as_nothing(desk: Desk) -> None:
    """Either nothing is approved, or what was approved is told: never 0 for 9."""
    before = desk.listing()
    ended = desk.run("apply", "--yes", "--format", "json", "--format", "text:absent/x")
    told = ended.json
    assert ended.code == 69
    assert (desk.listing() == before) is (told["approved"] == 0)


def test_the_findings_of_a_broken_project_are_in_every_format(desk: Desk) -> None:
    desk.append(PROJECT, "registres: 1\n")
    for form in ("text", "concise"):
        out = desk.run("validate", "--format", form).out
        assert "CP007" in out
        assert out.startswith(f"{PROJECT}:14:1: ")
    assert [row["rule"] for row in desk.run("plan", "--format", "json").json["findings"]] == ["CP007"]


@pytest.mark.parametrize(
    "words",
    [
        ("apply", "--yes"), ("observe", "x.json"), ("observe", "x.json", "--record"), ("drift", "--against", "x.json"),
        ("import", "x.json", "--target", "x"), ("worksheet",), ("confirm",), ("letter",), ("history",), ("state", "list"),
        ("lock", "list"),
    ],
    ids=lambda words: " ".join(words[:3]),
)  # fmt: skip
def test_the_findings_of_a_broken_project_are_in_every_document(desk: Desk, words: tuple[str, ...]) -> None:
    desk.append(PROJECT, "registres: 1\n")
    ended = desk.run(*words, "--format", "json")
    told = ended.json
    assert (ended.code, told["error"]["exit_code"]) == (78, 78)
    assert [(row["rule"], row["path"], row["line"]) for row in told["findings"]] == [("CP007", PROJECT, 14)]
    # As validate tells them.
    assert told["findings"] == desk.run("validate", "--format", "json").json["findings"]
    assert desk.run(*words, "--format", "text").out.startswith(f"{PROJECT}:14:1: ")


def test_a_failure_that_goes_to_a_file_leaves_stdout_to_people(desk: Desk) -> None:
    ended = desk.run("validate", "--format", "json:x.json", "absent.yaml")
    assert (ended.code, ended.out) == (66, "")
    assert not (desk.root / "x.json").exists() or json.loads(desk.read("x.json"))
