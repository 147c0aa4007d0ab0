from __future__ import annotations

import pytest
import yaml

from chorus_config.model.finding import START, Fault
from chorus_config.yamltext.syntax import BEHIND, BULLET, NO_LIST, OTHER, PROBLEMS, syntax_fault

from .reading import only, read

COMPLAINTS = [
    pytest.param('a: "x\n', "quotation mark is not closed", 1, 4, id="double quote left open"),
    pytest.param("a: 'x\nb: c\n", "quotation mark is not closed", 1, 4, id="single quote left open"),
    pytest.param('a: "x\nb: "y"\n', "quotation mark is not closed", 1, 4, id="quote left open, which the next line closes"),
    pytest.param('a:\n  - "x\n  - b: c\n    d: "y"\n', "quotation mark is not closed", 2, 5, id="quote left open in a list"),
    pytest.param('a: "x" // b\n', "behind the closing quotation mark", 1, 8, id="comment without its sign"),
    pytest.param('a: "b "c""\n', "behind the closing quotation mark", 1, 8, id="quotation marks between quotation marks"),
    pytest.param("a:\n  b: c\n  - d: e\n", "this block is none: delete the dash", 3, 3, id="dash among keys"),
    pytest.param("- a: b\n-c: d\n", "begins with a hyphen and a space", 2, 1, id="dash without its space"),
    pytest.param("- a: b\n– c: d\n", "begins with a hyphen and a space", 2, 1, id="dash of a word processor"),
    pytest.param("- a: b\n* c: d\n", "begins with a hyphen and a space", 2, 1, id="star as a dash"),
    pytest.param("a: b: c\n", "colon too many", 1, 5, id="colon too many"),
    pytest.param("a: b\nc\n", "is a colon missing, or the space behind it?", 2, 1, id="colon missing"),
    pytest.param("a: @b\n", "keeps for itself", 1, 4, id="at sign"),
    pytest.param("a: `b`\n", "keeps for itself", 1, 4, id="backtick"),
    pytest.param("a: %b\n", "keeps for itself", 1, 4, id="per cent"),
    pytest.param("a: b\n\tc: d\n", "the indentation holds a tab", 2, 1, id="tab under a value"),
    pytest.param("a:\n  b: c\n\td: e\n", "the indentation holds a tab", 3, 1, id="tab for spaces"),
    pytest.param("a:\n\tb: c\n", "the indentation holds a tab", 2, 1, id="tab before the first key of a block"),
    pytest.param("a: |\n\tb\n", "the indentation holds a tab", 2, 1, id="tab before a block of text"),
    pytest.param("- a\nb: c\n", "items of this list", 2, 1, id="key among list items"),
    pytest.param("a: 'l'eau'\n", "behind the closing quotation mark", 1, 7, id="apostrophe between apostrophes"),
    pytest.param("a: [b\nc: d\n", "square bracket is not closed", 1, 4, id="square bracket left open"),
    pytest.param("a: {b: c\n", "curly bracket is not closed", 1, 4, id="curly bracket left open"),
    pytest.param('a: "C:\\Windows"\n', "unknown escape", 1, 7, id="backslash"),
    pytest.param("a: - b\n", "list item cannot begin here", 1, 4, id="list item after a key"),
    pytest.param("[a]]\n", "before or after the document", 1, 4, id="text after the document"),
    pytest.param("a: [b]\nc: d\n]\n", "keys of this block", 3, 1, id="closing bracket too many"),
    pytest.param("a: |x\n", OTHER, 1, 5, id="all else"),
]


@pytest.mark.parametrize(("text", "words", "line", "column"), COMPLAINTS)
def test_the_person_is_told_what_to_correct_and_where(text: str, words: str, line: int, column: int) -> None:
    parsed = read(text)
    fault = only(parsed)
    assert (fault.rule, fault.case, parsed.data, parsed.stopped) == ("CP001", "", None, True)
    assert words in str(fault.args["problem"])
    assert fault.span is not None
    assert (fault.span.line, fault.span.column) == (line, column)
    assert (fault.span.end_line, fault.span.end_column) == (line, column + 1)


def test_every_complaint_that_we_know_has_an_example() -> None:
    examples = {only(read(str(example.values[0]))).args["problem"] for example in COMPLAINTS}
    assert examples == {OTHER, BEHIND, NO_LIST, BULLET, *(words for _, words in PROBLEMS)}


@pytest.mark.parametrize(
    ("text", "case", "column"),
    [
        pytest.param("a: *b*\n", "alias", 4, id="text between stars"),
        pytest.param("a: &\n", "anchor", 4, id="ampersand alone"),
        pytest.param("a: !<b\n", "tag", 4, id="exclamation mark"),
    ],
)
def test_what_yaml_offers_and_nobody_meant_is_named(text: str, case: str, column: int) -> None:
    fault = only(read(text))
    assert (fault.rule, fault.case) == ("CP003", case)
    assert fault.span is not None
    assert (fault.span.line, fault.span.column) == (1, column)


@pytest.mark.parametrize("text", ["- a\n-1: b: c\n", 'a: "b" "c"\n-d\n'])
def test_not_every_dash_is_a_bullet(text: str) -> None:
    assert only(read(text)).args["problem"] != BULLET


def test_an_error_without_a_place_is_told_at_the_start() -> None:
    assert syntax_fault(yaml.YAMLError("?"), "") == Fault("CP001", args={"problem": OTHER}, span=START)
