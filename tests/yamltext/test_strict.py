"""What libyaml reads and other readers refuse is refused here, at its place; what looks like it and is valid is read."""

from __future__ import annotations

import time

import pytest

from .reading import box, only, read

REFUSED = [
    pytest.param('ville: "Valmont"# Charente\n', "comment", (1, 17), id="comment behind a double quote"),
    pytest.param("ville: 'Valmont'# Charente\n", "comment", (1, 17), id="comment behind a single quote"),
    pytest.param('espaces: ["a", "b"]#c\n', "comment", (1, 20), id="comment behind a square bracket"),
    pytest.param("a: {b: c}#d\n", "comment", (1, 10), id="comment behind a curly bracket"),
    pytest.param("a: [b,#c\n  d]\n", "comment", (1, 7), id="comment behind a comma"),
    pytest.param("a: [#c\n  d]\n", "comment", (1, 5), id="comment behind an opening bracket"),
    pytest.param('"a"#b\n', "comment", (1, 4), id="comment behind a text alone"),
    pytest.param('é: "é" # «\nb: "é"#c\n', "comment", (2, 7), id="comment behind letters of several bytes"),
    pytest.param("a: b#c\nd: [e]#f\n", "comment", (2, 7), id="comment behind a bracket, below a text that holds the sign"),
    pytest.param("a: |#b\n  c\n", "comment", (1, 5), id="comment behind the sign of a block of text"),
    pytest.param("a: >-#b\n  c\n", "comment", (1, 6), id="comment behind the whole header of a block of text"),
    pytest.param("a: |2#b\n  c\n", "comment", (1, 6), id="comment behind the figure of a block of text"),
    pytest.param('a: "b\nc"\n', "continued", (2, 1), id="text that continues in the column of its key"),
    pytest.param("a:\n  b: 'c\n  d'\n", "continued", (3, 3), id="text that continues in the column of an inner key"),
    pytest.param("a:\n  b: 'c\n d'\n", "continued", (3, 2), id="text that continues left of its key"),
    pytest.param('- "a\nb"\n', "continued", (2, 1), id="text that continues in the column of its dash"),
    pytest.param("- a: [b,\n  c]\n", "continued", (2, 3), id="brackets that continue under the key behind a dash"),
    pytest.param("a: [b,\nc]\n", "continued", (2, 1), id="square brackets that continue in the column of their key"),
    pytest.param("a: {b: c,\nd: e}\n", "continued", (2, 1), id="curly brackets that continue in the column of their key"),
    pytest.param("a: [b\n,c]\n", "continued", (2, 1), id="comma in the column of the key"),
    pytest.param("a: [\n  b,\n  # c\nd]\n", "continued", (4, 1), id="brackets, behind a comment"),
    pytest.param("a:\n  b: [\n    c\n]\n", "continued", (4, 1), id="closing bracket left of its key"),
    pytest.param('a:\n  ["b"\n]\n', "continued", (3, 1), id="closing bracket under a key that is not on its line"),
    pytest.param('a: ["b\nc"]\n', "continued", (2, 1), id="text in brackets that continues in the column of the key"),
    pytest.param('a: ["b\n# c"]\n', "continued", (2, 1), id="number sign inside a text is no comment"),
    pytest.param('? "a\nb"\n: c\n', "continued", (2, 1), id="key over several lines"),
    pytest.param("a:\n|\n b\n", "continued", (2, 1), id="block of text that begins in the column of its key"),
    pytest.param("- a\n-\n>\n b\n", "continued", (3, 1), id="block of text that begins in the column of its dash"),
    pytest.param('a: "b\n\tc"\n', "", (2, 1), id="tab before the second line of a text"),
    pytest.param("a:\n  b: 'c\n  \td'\n", "", (3, 3), id="tab behind too few spaces before a text"),
    pytest.param("a: [b,\n\tc]\n", "", (2, 1), id="tab before the second line of brackets"),
    pytest.param("- {a: b,\n\tc: d}\n", "", (2, 1), id="tab before the second line of curly brackets"),
    pytest.param('a: "b\n\t\n  c"\n', "", (2, 1), id="tab on an empty line of a text"),
    pytest.param("- [-]\n", "dash", (1, 4), id="dash in brackets"),
    pytest.param("a: [-, b]\n", "dash", (1, 5), id="dash before a comma"),
    pytest.param("a: {b: -}\n", "dash", (1, 8), id="dash as a value in curly brackets"),
    pytest.param("a: {b: c, -}\n", "dash", (1, 11), id="dash as a key in curly brackets"),
    pytest.param("a: >\n    \n  b\n", "blanks", (2, 1), id="line of spaces longer than the folded text below"),
    pytest.param("a: |\n \n    \n  b\n", "blanks", (3, 1), id="line of spaces longer than the literal text below"),
    pytest.param("a: |\n \n    \n  # b\n", "blanks", (3, 1), id="line of spaces longer than what is no comment"),
    pytest.param("- |\r\n   \r\n  b\r\n", "blanks", (2, 1), id="line of spaces with line ends of Windows"),
]


@pytest.mark.parametrize(("text", "case", "where"), REFUSED)
def test_what_other_readers_refuse_is_refused_at_its_place(text: str, case: str, where: tuple[int, int]) -> None:
    parsed = read(text)
    fault = only(parsed)
    assert (fault.rule, fault.case, parsed.data, parsed.stopped) == ("CP001", case, None, True)
    assert box(fault.span)[:2] == where
    if not case:
        assert fault.args == {"problem": "the indentation holds a tab: use spaces"}


def test_a_continued_line_is_told_with_what_it_needs() -> None:
    fault = only(read('a:\n  b:\n    - c: "d\n\n     e"\n'))
    assert (fault.case, fault.args) == ("continued", {"line": 3, "found": 5, "wanted": 7})


def test_the_first_of_several_is_told() -> None:
    assert box(only(read('a: "b"#c\nd: "e\nf"\n')).span) == (1, 7, 1, 8)
    assert box(only(read('a: "b\nc"\nd: "e"#f\n')).span) == (2, 1, 2, 2)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("a: b#c\n", {"a": "b#c"}, id="sign inside a text without quotes"),
        pytest.param('a: "b#c" #d#e\n', {"a": "b#c"}, id="signs inside a text and a comment"),
        pytest.param("## a\nb: c ## d\n", {"b": "c"}, id="comment that begins with two signs"),
        pytest.param("a: |\n  b#c\n  [d]#e\nf: g\n", {"a": "b#c\n[d]#e\n", "f": "g"}, id="signs in a block of text"),
        pytest.param("a: | # b#c\n  d\n", {"a": "d\n"}, id="comment behind a header"),
        pytest.param("a#b: c\n", {"a#b": "c"}, id="sign in a key"),
        pytest.param('a: "b\n c"\n', {"a": "b c"}, id="one space is enough"),
        pytest.param('a: "b\n\n c"\n', {"a": "b\nc"}, id="empty line in a text"),
        pytest.param('a:\n  b: "c\n  \n   d"\n', {"a": {"b": "c\nd"}}, id="line of spaces in a text"),
        pytest.param('a: "b\n \tc"\n', {"a": "b c"}, id="tab behind the indentation"),
        pytest.param('"a\nb"\n', "a b", id="text alone continues anywhere"),
        pytest.param("[a,\nb]\n", ["a", "b"], id="brackets alone continue anywhere"),
        pytest.param("a: [\n  b,\n]\n", {"a": ["b"]}, id="closing bracket under its key"),
        pytest.param("a:\n  b: {\n    c: d\n  }\n", {"a": {"b": {"c": "d"}}}, id="closing curly bracket under its key"),
        pytest.param("a: [\n# b\n\t# c\n\t\n  d]\n", {"a": ["d"]}, id="comments and empty lines in brackets"),
        pytest.param("a: b\n c\n", {"a": "b c"}, id="text without quotes over two lines"),
        pytest.param("? a\n? b\n", {"a": "", "b": ""}, id="keys without values"),
        pytest.param("a: [--, -b, -1]\n", {"a": ["--", "-b", "-1"]}, id="dashes with something behind them"),
        pytest.param("a: {-: b}\n-:\n", {"a": {"-": "b"}, "-": ""}, id="dash before a colon"),
        pytest.param('a: ["-"]\n', {"a": ["-"]}, id="dash between quotes"),
        pytest.param("a: |\n\n  b\n    \n  c\n", {"a": "\nb\n  \nc\n"}, id="line of spaces inside a block of text"),
        pytest.param("a: |2\n     \n  b\n", {"a": "   \nb\n"}, id="line of spaces below a header with a figure"),
        pytest.param("a: |\n    \n", {"a": ""}, id="line of spaces alone"),
        pytest.param("a: |+\n    \n\nb: c\n", {"a": "\n\n", "b": "c"}, id="line of spaces before the next key"),
        pytest.param("a: |\n    \n# b\n", {"a": ""}, id="line of spaces before a comment of the block around"),
        pytest.param("a:\n  |\n  b\n", {"a": "b\n"}, id="block of text that begins on a line of its own"),
    ],
)
def test_what_only_looks_like_it_is_read(text: str, data: object) -> None:
    parsed = read(text)
    assert parsed.faults == ()
    assert parsed.data == data


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('- "a"#b\n' * 30_000, id="glued comments"),
        pytest.param("a: [\n" + ' "b",\n' * 24_000 + "c]\n", id="long brackets"),
        pytest.param('a: "' + "b\n " * 80_000 + '\nc"\n', id="long text"),
        pytest.param("a: |\n" + "    \n" * 50_000 + "  b\n", id="long block of spaces"),
        pytest.param("#a#" * 80_000 + "\n", id="number signs"),
    ],
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 10
