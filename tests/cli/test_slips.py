"""A slip of the keyboard is met with what was probably meant; a shell completes the rest."""

from __future__ import annotations

import json

import pytest

from .desk import SECOND, SHEET, SIRET, Desk, conforms


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("valdate",), '"valdate" is no command; the nearest is validate'),
        (("valider",), "the nearest is validate"),
        (("worksheets", "plan.json"), "the nearest is worksheet"),
        (("state", "lst"), '"lst" is no command; the nearest is list'),
        (("xyzzy",), '"xyzzy" is no command; there are: validate, fix, set, diff'),
        (("plan", "--agianst", "x"), "--against"),
        (("plan", "--format", "jsn"), '"jsn" is not a format of this command; the nearest is json'),
        (("plan", "--format", "mardown:x.md"), "the nearest is markdown"),
        (("explain", "CP4O1"), "the nearest is CP401"),
        (("validate", "--select", "CP4O1"), "the nearest is CP401"),
        (("validate", "--ignore", "CP7O1"), "the nearest is CP701"),
        (("plan", "--accept", f"CP9O6:{SIRET}=oui"), "the nearest is CP906"),
    ],
)
def test_a_slip_is_64_and_says_what_was_meant(desk: Desk, words: tuple[str, ...], told: str) -> None:
    ended = desk.run(*words, "--lang", "en")
    assert ended.code == 64
    assert told in ended.err


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("chorus-config val", [("validate", "")]),
        ("chorus-config explain cp40", [("CP401", ""), ("CP406", "")]),
        ("chorus-config validate --select CP11", [("CP110", ""), ("CP112", "")]),
        ("chorus-config plan --format m", [("markdown", "")]),
        ("chorus-config validate --format s", [("sarif", "")]),
        ("chorus-config plan --target 2516", [(SIRET, "SDITEC"), (SECOND, "ADHERENT SDITEC")]),
        ("chorus-config confirm --target 25160278500023", [(SECOND, "ADHERENT SDITEC")]),
        ("chorus-config state s", [("show", "")]),
    ],
)
def test_a_shell_completes(desk: Desk, monkeypatch: pytest.MonkeyPatch, line: str, expected: list[tuple[str, str]]) -> None:
    words = line.split()
    monkeypatch.setenv("_CHORUS_CONFIG_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    out = desk.run().out.splitlines()
    found = dict(zip(out[1::3], out[2::3], strict=True))
    assert {name for name, _help in expected} <= {*found}
    assert all(found[name] == told for name, told in expected if told)
    assert all(name.upper().startswith(words[-1].upper()) for name in found)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("apply", ("apply", "--yes", "--expect-structures", "9")),
        ("apply", ("apply", "gone.json")),
        ("plan", ("plan", "gone.yaml")),
        ("plan", ("show", "gone.json")),
        ("plan", ("diff", "nowhere")),
        ("drift", ("drift", "--against", "gone.json")),
        ("snapshot", ("observe", "gone.json")),
        ("record", ("observe", "gone.json", "--record")),
        ("import", ("import", "gone.json", "--target", SIRET)),
        ("worksheet", ("worksheet", "gone.json")),
        ("history", ("history", "nothing")),
        ("state", ("state", "show", "nothing")),
        ("rules", ("explain", "CP000")),
        ("findings", ("validate", "gone.yaml")),
    ],
)
def test_a_command_that_fails_writes_its_file_all_the_same(desk: Desk, kind: str, words: tuple[str, ...]) -> None:
    desk.write("out.json", "of an earlier run")
    ended = desk.run(*words, "--format", "json:out.json")
    assert ended.code not in {0, 1}
    document = json.loads(desk.read("out.json"))
    conforms(kind, document)
    assert document["error"]["exit_code"] == ended.code
    assert document["error"]["message"] in ended.err


def test_an_invalid_project_file_is_told_in_the_file_with_its_findings(desk: Desk) -> None:
    desk.append("chorus-config.yaml", "inconnue: 1\n")
    ended = desk.run("validate", "--format", "json:out.json")
    document = json.loads(desk.read("out.json"))
    conforms("findings", document)
    assert (ended.code, document["error"]["exit_code"]) == (78, 78)
    assert document["findings"]


@pytest.mark.parametrize("shape", ["markdown", "html"])
def test_a_plan_that_fails_says_so_in_its_page(desk: Desk, shape: str) -> None:
    ended = desk.run("plan", "gone.yaml", "--format", f"{shape}:out")
    assert ended.code == 66
    assert "gone.yaml" in desk.read("out")
    assert "cannot be applied" in desk.read("out")


def test_the_file_stands_where_the_directory_says(desk: Desk) -> None:
    (desk.root / "sub").mkdir()
    for at in (("-C", "sub"), ("-Csub",)):
        desk.run(*at, "history", "nothing", "--format", "json:out.json")
        desk.read("sub/out.json")
        (desk.root / "sub" / "out.json").unlink()
    desk.run("history", "nothing", "--format", "json:sub/gone/out.json")
    assert desk.run("plan", SHEET, "--format", "json:out.json").code == 0
