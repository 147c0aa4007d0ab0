"""Findings as workflow commands of GitHub Actions."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import Finding, Level, Span
from chorus_config.render.findings.github import MOST, findings_github
from chorus_config.render.findings.report import one_line_at
from chorus_config.render.shared.values import relative, visible
from tests.render.golden import agree
from tests.render.model import findings
from tests.render.naughty import INJECTIONS, naughty, spoken, texts
from tests.render.reading import acting

LANGUAGES: tuple[Language, ...] = ("en", "fr")
EN = translator_for("en")
NAMES = {"error": "error", "warning": "warning", "info": "notice"}


@dataclass(frozen=True)
class Command:
    """A command as the runner understands a line."""

    name: str
    properties: dict[str, str]
    data: str


def unescaped(text: str, *, whole: bool) -> str:
    """Undo the escapes, of a property when `whole`."""
    for sign, code in ([(":", "%3A"), (",", "%2C")] if whole else []) + [("\r", "%0D"), ("\n", "%0A"), ("%", "%25")]:
        text = text.replace(code, sign)
    return text


def read(log: str) -> list[Command]:
    """Read a log as GitHub's runner does, with more kinds of line ends than it knows: every line has to be a command."""
    commands = []
    for line in log.splitlines():
        assert line.startswith("::"), line
        head, separator, data = line[2:].partition("::")
        assert separator, line
        name, _blank, told = head.partition(" ")
        pairs = [pair.split("=", 1) for pair in told.split(",") if pair]
        properties = {key: unescaped(value, whole=True) for key, value in pairs}
        assert len(properties) == len(pairs), line
        commands.append(Command(name, properties, unescaped(data, whole=False)))
    return commands


def one_command(finding: Finding) -> Command:
    """Return the only command of a finding."""
    (command,) = read(findings_github([finding], EN))
    return command


def some(level: Level, number: int) -> list[Finding]:
    """Return findings of a level, each with its own message."""
    return [replace(findings("en")[0], level=level, message=f"{level} {n}") for n in range(number)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_are_as_approved(language: Language) -> None:
    # The line that counts the others is said in the test below, in both languages.
    worst = [finding for finding in findings(language) if finding.level != "error"] + list(findings(language)[-2:])
    agree(f"findings.github.{language}.txt", findings_github(worst, translator_for(language)))


def test_no_finding_is_no_line() -> None:
    assert findings_github((), EN) == ""


def test_each_finding_is_a_command_worst_first_with_its_place_and_words() -> None:
    told = findings("en")
    commands = read(findings_github(told, EN))
    for level in ("error", "warning", "info"):
        mine = [one for one in told if one.level == level][: MOST[level]]
        theirs = [command for command in commands if command.name == NAMES[level] and command.properties]
        assert [command.data for command in theirs] == [one_line_at(one) for one in mine]
        assert [(c.properties["file"], c.properties["line"], c.properties["title"]) for c in theirs] == [
            (visible(one.path), str(one.span.line), one.rule) for one in mine
        ]
    order = [command.name for command in commands]
    assert order == sorted(order, key=["error", "warning", "notice"].index)
    assert {"error", "warning", "notice"} == set(order)


@pytest.mark.parametrize(
    ("span", "told"),
    [
        pytest.param(
            Span(3, 5, 3, 9), {"line": "3", "endLine": "3", "col": "5", "endColumn": "8"}, id="one line, inclusive end"
        ),
        pytest.param(Span(3, 5, 3, 6), {"line": "3", "endLine": "3", "col": "5", "endColumn": "5"}, id="one character"),
        pytest.param(Span(1, 1, 1, 1), {"line": "1", "endLine": "1", "col": "1", "endColumn": "1"}, id="nothing"),
        pytest.param(Span(3, 5, 6, 2), {"line": "3", "endLine": "6"}, id="several lines have no columns"),
        pytest.param(Span(3, 5, 6, 1), {"line": "3", "endLine": "5"}, id="an end before a line is the end of the last one"),
        pytest.param(Span(3, 5, 4, 1), {"line": "3", "endLine": "3", "col": "5"}, id="to the end of its line"),
    ],
)
def test_a_place_is_told_as_github_takes_it(span: Span, told: dict[str, str]) -> None:
    properties = one_command(replace(findings("en")[0], span=span, path="./a.yaml")).properties
    assert properties == {"file": "a.yaml", **told, "title": findings("en")[0].rule}


def test_what_github_would_drop_is_counted() -> None:
    all_ = [*some("info", 12), *some("warning", 11), *some("error", 13)]
    commands = read(findings_github(all_, EN))
    assert [command.name for command in commands] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert [command.data.split(": ")[1].split(" →")[0] for command in commands[:10]] == [f"error {n}" for n in range(10)]
    assert commands[-1] == Command("notice", {}, "7 more findings are not annotated: `chorus-config validate` tells them all")


@pytest.mark.parametrize("level", ["error", "warning", "info"])
def test_the_count_is_told_only_when_something_is_left_out(level: Level) -> None:
    most = MOST[level]
    assert len(read(findings_github(some(level, most), EN))) == most
    *others, last = read(findings_github(some(level, most + 1), EN))
    assert len(others) == most
    assert last.data.startswith("1 more finding is not annotated: ")
    assert all(command.properties for command in others)


def test_the_count_speaks_the_language_of_the_reader() -> None:
    told = translator_for("fr").count("{n} more finding is not annotated: `chorus-config validate` tells them all", "", 1)
    assert read(findings_github(some("error", 11), translator_for("fr")))[-1].data == told


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_leaves_its_command(text: str) -> None:
    log = findings_github([spoken(text)], EN)
    (command,) = read(log)
    assert acting(log) == set()
    assert log.encode().decode() == log
    assert command == Command("error", {**command.properties}, one_line_at(spoken(text)))
    assert list(command.properties) == ["file", "line", "endLine", "col", "endColumn", "title"]
    assert command.properties["file"] == visible(relative(text))


def test_no_naughty_string_leaves_its_command() -> None:
    for text in naughty():
        log = findings_github([spoken(text)], EN)
        (command,) = read(log)
        assert log.count("\n") == 1
        assert (command.name, command.data) == ("error", one_line_at(spoken(text)))
        assert command.properties["file"] == visible(relative(text))


@settings(max_examples=300, deadline=None, database=None)
@given(text=texts())
def test_what_is_written_is_read_back(text: str) -> None:
    command = one_command(spoken(text))
    assert (command.name, command.data) == ("error", one_line_at(spoken(text)))
    assert command.properties["file"] == visible(relative(text))
    assert command.properties["title"] == "CP401"
