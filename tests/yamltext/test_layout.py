from __future__ import annotations

import time

import pytest
import yaml

from chorus_config.yamltext.layout import layout_fault

from .reading import Box, box, only, read

NO_BREAK = "\u00a0"
NARROW = "\u202f"


@pytest.mark.parametrize(
    ("text", "shown", "where"),
    [
        pytest.param("a:\n__b: c\n", r"[U+00A0][U+00A0]b: …", (2, 1), id="for the whole indentation"),
        pytest.param("a:\n _b: c\n", r"[U+00A0]b: …", (2, 2), id="for a part of the indentation"),
        pytest.param("a:\n  b: c\n _d: e\n", r"[U+00A0]d: …", (3, 2), id="in the indentation of a second key"),
        pytest.param("a_: b\n", r"a[U+00A0]: …", (1, 2), id="before a colon"),
        pytest.param("a _: b\n", r"a [U+00A0]: …", (1, 3), id="before a colon, behind a space"),
        pytest.param("a:_b\nc: d\n", r"a:[U+00A0] …", (1, 3), id="behind a colon"),
        pytest.param('a: _"b"\n', r"[U+00A0] …", (1, 4), id="before a quotation mark"),
        pytest.param("a: _[b]\n", r"[U+00A0] …", (1, 4), id="before a bracket"),
        pytest.param("a:\n-_b: c\n", r"-[U+00A0]b: …", (2, 2), id="behind the dash of a block"),
        pytest.param('a:\n-_"b"\n', r"-[U+00A0] …", (2, 2), id="behind the dash of a text"),
        pytest.param("a:\n- _b: c\n", r"[U+00A0]b: …", (2, 3), id="before a key behind a dash"),
        pytest.param("a:\n  - b: c\n__- b: c\n", r"[U+00A0][U+00A0]- b: …", (3, 1), id="before a dash"),
    ],
)
@pytest.mark.parametrize(
    ("blank", "name"), [(NO_BREAK, "NO-BREAK SPACE"), (NARROW, "NARROW NO-BREAK SPACE"), ("\u3000", "IDEOGRAPHIC SPACE")]
)
def test_a_blank_that_is_no_space_is_named_and_shown(
    text: str, shown: str, where: tuple[int, int], blank: str, name: str
) -> None:
    parsed = read(text.replace("_", blank))
    fault = only(parsed)
    assert (fault.rule, fault.case, parsed.stopped) == ("CP001", "odd", True)
    visible = str(fault.args["shown"]).replace(f"{ord(blank):04X}", "00A0").replace(": …", " …")
    assert visible == shown.replace(": …", " …")
    assert (fault.args["codepoint"], fault.args["name"]) == (f"U+{ord(blank):04X}", name)
    assert box(fault.span) == (*where, where[0], where[1] + 1)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('iban:_"FR7630006000011234567890189"\nb: c\n', id="behind the colon"),
        pytest.param('- _"FR7630006000011234567890189"\n', id="before a quotation mark"),
        pytest.param("-_FR7630006000011234567890189\n", id="behind a dash"),
        pytest.param("a: b\n_FR7630006000011234567890189\n", id="before a line"),
    ],
)
def test_no_value_is_shown_with_it(text: str) -> None:
    fault = only(read(text.replace("_", NO_BREAK)))
    assert fault.case in {"odd", ""}
    assert "30006" not in str(fault.args)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("a: 3_avenue\n", {"a": "3\u00a0avenue"}, id="inside a text"),
        pytest.param("a: _b\n", {"a": "\u00a0b"}, id="before a text"),
        pytest.param('a: "_b_"\n', {"a": "\u00a0b\u00a0"}, id="between quotes"),
        pytest.param('"_a": b\n', {"\u00a0a": "b"}, id="in a key between quotes"),
        pytest.param("a: |\n  _b: c\n", {"a": "\u00a0b: c\n"}, id="in a block of text"),
        pytest.param("a: b # _c\n", {"a": "b"}, id="in a comment"),
    ],
)
def test_where_it_is_text_it_is_read(text: str, data: object) -> None:
    parsed = read(text.replace("_", NO_BREAK))
    assert (parsed.data, parsed.faults) == (data, ())


@pytest.mark.parametrize(
    ("text", "found", "word", "wanted", "other", "line", "where"),
    [
        pytest.param("a:\n  b: c\n   d: e\n", 3, "d", 2, "b", 2, (3, 1, 3, 4), id="one space more"),
        pytest.param("a:\n  b: c\n d: e\n", 1, "d", 2, "b", 2, (3, 1, 3, 2), id="one space less"),
        pytest.param("a:\n  b: c\n d:\n  e: f\n", 1, "d", 0, "a", 1, (3, 1, 3, 2), id="one space before a block"),
        pytest.param("a:\n   b: c\n  d: e\n", 2, "d", 3, "b", 2, (3, 1, 3, 3), id="three for the first"),
        pytest.param("a: b\n c: d\n", 1, "c", 0, "a", 1, (2, 1, 2, 2), id="under a value"),
        pytest.param('a:\n  "b" : c\n   "d" : e\n', 3, '"d"', 2, '"b"', 2, (3, 1, 3, 4), id="keys between quotes"),
        pytest.param("a:\r\n  b: c\r\n   d: e\r\n", 3, "d", 2, "b", 2, (3, 1, 3, 4), id="line ends of Windows"),
        pytest.param("a:\n  - b: c\n   d: e\n", 3, "d", 4, "b", 2, (3, 1, 3, 4), id="key under a dash"),
        pytest.param("a:\n  - b: c\n  # x\n\n      d: e\n", 6, "d", 4, "b", 2, (5, 1, 5, 7), id="behind a comment"),
        pytest.param("a:\n  - b: c\n   - b: d\n", 3, "-", 2, "-", 2, (3, 1, 3, 4), id="dash too far in"),
        pytest.param("a:\n  - b: c\n - b: d\n", 1, "-", 2, "-", 2, (3, 1, 3, 2), id="dash too far out"),
        pytest.param("a:\n  - b: c\n    d:\n      - e\n   - b: f\n", 3, "-", 2, "-", 2, (5, 1, 5, 4), id="inner list between"),
    ],
)
def test_a_line_out_of_column_is_told_with_its_neighbour(  # noqa: PLR0917 - a row of the table
    text: str, found: int, word: str, wanted: int, other: str, line: int, where: Box
) -> None:
    fault = only(read(text))
    assert (fault.rule, fault.case) == ("CP001", "indent")
    assert fault.args == {"found": found, "word": word, "wanted": wanted, "other": other, "line": line}
    assert box(fault.span) == where


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: b: c\n", id="two colons"),
        pytest.param("a:\n  b: c\n  d: e: f\n", id="two colons in a column that fits"),
        pytest.param("a: 'l'eau'\n", id="quotation mark too many"),
        pytest.param('a:\n  b: "c" d\n', id="text behind a quotation mark"),
    ],
)
def test_what_stands_in_its_column_is_told_otherwise(text: str) -> None:
    fault = only(read(text))
    assert (fault.rule, fault.case) == ("CP001", "")


def test_an_error_without_a_place_says_nothing_of_the_layout() -> None:
    assert layout_fault("\u00a0a", yaml.YAMLError("?")) is None


@pytest.mark.parametrize(
    "line", ["a" + " " * 200_000, NO_BREAK * 60_000, "- " * 100_000 + "x", "a" * 200_000 + "\u00a0", "a\n" * 99_000]
)
def test_no_text_takes_long(line: str) -> None:
    start = time.process_time()
    assert read(f"{line}\nb: c: d\n").faults
    assert time.process_time() - start < 10
