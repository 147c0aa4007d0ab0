from __future__ import annotations

import pytest
import yaml

from chorus_config.model.finding import START, Fault
from chorus_config.yamltext.syntax import OTHER, PROBLEMS, syntax_fault

from .reading import only, read

COMPLAINTS = [
    pytest.param('a: "x\n', "quotation mark is not closed", 2, 1, id="double quote left open"),
    pytest.param("a: 'x\nb: c\n", "quotation mark is not closed", 3, 1, id="single quote left open"),
    pytest.param("a: b: c\n", "colon too many", 1, 5, id="colon too many"),
    pytest.param("a: b\nc\n", "is a colon missing?", 3, 1, id="colon missing"),
    pytest.param("a: @b\n", "keeps for itself", 1, 4, id="at sign"),
    pytest.param("a: `b`\n", "keeps for itself", 1, 4, id="backtick"),
    pytest.param("a: %b\n", "keeps for itself", 1, 4, id="per cent"),
    pytest.param("a: b\n\tc: d\n", "the indentation holds a tab", 2, 1, id="tab under a value"),
    pytest.param("a:\n  b: c\n\td: e\n", "the indentation holds a tab", 3, 1, id="tab for spaces"),
    pytest.param("a:\n\tb: c\n", "the indentation holds a tab", 2, 1, id="tab before the first key of a block"),
    pytest.param("a: |\n\tb\n", "the indentation holds a tab", 2, 1, id="tab before a block of text"),
    pytest.param("- a\nb: c\n", "items of this list", 2, 1, id="key among list items"),
    pytest.param("a: 'l'eau'\n", "a quotation mark is too many", 1, 7, id="apostrophe between apostrophes"),
    pytest.param("a: [b\nc: d\n", "square bracket is not closed", 2, 2, id="square bracket left open"),
    pytest.param("a: {b: c\n", "curly bracket is not closed", 2, 1, id="curly bracket left open"),
    pytest.param('a: "C:\\Windows"\n', "unknown escape", 1, 7, id="backslash"),
    pytest.param("a: - b\n", "list item cannot begin here", 1, 4, id="list item after a key"),
    pytest.param("[a]]\n", "before or after the document", 1, 4, id="text after the document"),
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
    assert examples == {OTHER, *(words for _, words in PROBLEMS)}


def test_an_error_without_a_place_is_told_at_the_start() -> None:
    assert syntax_fault(yaml.YAMLError("?"), "") == Fault("CP001", args={"problem": OTHER}, span=START)
