from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chorus_config.model.finding import START, Fault, Span
from chorus_config.yamltext.characters import readable
from chorus_config.yamltext.parse import MAX_BYTES
from chorus_config.yamltext.parsed_text import ParsedText

from .reading import box, only, read, told

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("", None, id="empty file"),
        pytest.param("# rien\n", None, id="comment alone"),
        pytest.param("---\n", "", id="document without content"),
        pytest.param("- a\n- b: c\n", ["a", {"b": "c"}], id="root list"),
        pytest.param("mot\n", "mot", id="root text"),
        pytest.param("{}\n", {}, id="empty block"),
        pytest.param("a:\n- b\n- [c, {d: e}]\n", {"a": ["b", ["c", {"d": "e"}]]}, id="nested"),
        pytest.param("a: 30 RUE DENIS PAPIE\n", {"a": "30 RUE DENIS PAPIE"}, id="plain text"),
        pytest.param("a: b\n  c\n", {"a": "b c"}, id="plain text on two lines"),
        pytest.param("a: 'l''eau'\n", {"a": "l'eau"}, id="single quotes"),
        pytest.param('a: "\\xe9\\n\\u20ac"\n', {"a": "é\n€"}, id="escapes"),
        pytest.param("a: \"true\"\nb: ''\n", {"a": "true", "b": ""}, id="quoted words are text"),
        pytest.param("a: |\n  b\n\n  c\n", {"a": "b\n\nc\n"}, id="literal block"),
        pytest.param("a: >-\n  b\n  c\n", {"a": "b c"}, id="folded block"),
        pytest.param("a: true\nb: [false]\n", {"a": True, "b": [False]}, id="booleans"),
        pytest.param("1: x\ntrue: y\n~: z\n", {"1": "x", "true": "y", "~": "z"}, id="keys are text"),
        pytest.param('"<<": b\n', {"<<": "b"}, id="quoted merge sign"),
        pytest.param("? a\n: b\n", {"a": "b"}, id="long form of a key"),
        pytest.param("a:\tb\t\n\n# \t\n", {"a": "b"}, id="tabs outside values"),
        pytest.param("\ufeffa: b\r\nc: |\r\n  d\r\n", {"a": "b", "c": "d\n"}, id="mark and CRLF"),
    ],
)
def test_text_is_read_as_written(text: str, data: object) -> None:
    parsed = read(text)
    assert (parsed.data, parsed.faults, parsed.stopped) == (data, (), False)


def test_plain_scalars_that_others_alter_are_named_with_their_place() -> None:
    parsed = read("a: 01000\nb:\n  - c\n  - NO\nd:\n")
    assert parsed.data == {"a": "01000", "b": ["c", "NO"], "d": ""}
    assert [(plain.path, plain.text, box(plain.span)) for plain in parsed.altered] == [
        (("a",), "01000", (1, 4, 1, 9)),
        (("b", 1), "NO", (4, 5, 4, 7)),
        (("d",), "", (5, 3, 5, 3)),
    ]


def test_a_plain_scalar_leads_to_the_container_that_holds_it() -> None:
    parsed = read("a: 1\nb: [2]\n")
    assert isinstance(parsed.data, dict)
    assert [plain.container for plain in parsed.altered] == [parsed.data, ["2"]]
    assert parsed.altered[0].container is parsed.data
    assert parsed.altered[1].container is parsed.data["b"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: true\n", id="boolean"),
        pytest.param("a: '12'\n", id="single quotes"),
        pytest.param('a: "~"\n', id="double quotes"),
        pytest.param("a: |\n  12\n", id="literal block"),
        pytest.param("a: >-\n  12\n", id="folded block"),
        pytest.param("12: a\n", id="key"),
        pytest.param("a: 2A004\n", id="ordinary word"),
    ],
)
def test_nothing_else_is_named(text: str) -> None:
    assert read(text).altered == ()


def test_a_key_written_twice_is_told_at_both_lines_and_the_last_value_stays() -> None:
    parsed = read('x: u\na: b\n"a": c\n')
    fault = Fault(
        "CP004",
        ("a",),
        at="key",
        args={"key": "a", "line": 2},
        span=Span(3, 1, 3, 4),
        related=((Span(2, 1, 2, 2), "first"),),
    )
    assert parsed == ParsedText({"x": "u", "a": "c"}, (fault,))


def test_keys_are_compared_after_nfc() -> None:
    fault = only(read("é: a\ne\u0301: b\n"))
    assert (fault.rule, fault.args, box(fault.span)) == ("CP004", {"key": "e\u0301", "line": 1}, (2, 1, 2, 3))


def test_each_repetition_points_at_the_first() -> None:
    parsed = read("- {a: 1, b: 2, a: 3, a: 4}\n")
    assert told(parsed) == [("CP004", "", 1, 16), ("CP004", "", 1, 22)]
    assert {fault.related for fault in parsed.faults} == {((Span(1, 4, 1, 5), "first"),)}


def test_the_same_key_in_two_blocks_is_no_repetition() -> None:
    assert read("- {a: b}\n- {a: {a: c}}\n").faults == ()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        pytest.param("? [a]\n: b\n", (1, 3, 1, 6), id="list"),
        pytest.param("x:\n  {a: b}: c\n", (2, 3, 2, 9), id="block"),
    ],
)
def test_a_key_that_is_no_text_stops_the_file(text: str, where: tuple[int, int, int, int]) -> None:
    parsed = read(text)
    assert parsed == ParsedText(None, (Fault("CP001", case="complex", span=Span(*where)),), stopped=True)


def test_a_merge_key_stops_the_file() -> None:
    parsed = read("a:\n  <<: {b: c}\n")
    assert parsed == ParsedText(None, (Fault("CP003", case="merge", span=Span(2, 3, 2, 5)),), stopped=True)


def test_a_file_as_large_as_allowed_is_read() -> None:
    assert read(b"a" * MAX_BYTES).data == "a" * 262_144


def test_a_larger_file_is_not_even_decoded() -> None:
    fault = Fault("CP005", case="size", args={"limit": 256}, span=START)
    assert read(b"\xff" * (MAX_BYTES + 1)) == ParsedText(None, (fault,), stopped=True)


@pytest.mark.parametrize(
    "nest",
    [
        pytest.param(lambda depth: "[" * depth + "]" * depth, id="brackets"),
        pytest.param(lambda depth: "{a: " * depth + "}" * depth, id="braces"),
        pytest.param(lambda depth: "- " * depth + "x\n", id="dashes"),
        pytest.param(lambda depth: "".join(f"{' ' * i}a:\n" for i in range(depth)), id="indentation"),
    ],
)
@pytest.mark.parametrize("comment", ["", "# &\n"], ids=["composed", "guarded"])
def test_thirty_two_levels_are_read_and_one_more_is_not(nest: Callable[[int], str], comment: str) -> None:
    assert read(comment + nest(32)).faults == ()
    fault = only(read(comment + nest(33)))
    assert (fault.rule, fault.case, fault.args) == ("CP005", "depth", {"limit": 32})


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        pytest.param("[" + "a," * 49_999 + "]", [], id="50,000 in a list"),
        pytest.param("[" + "a," * 50_000 + "]", ["nodes"], id="50,001 in a list"),
        pytest.param("[" + "[]," * 49_999 + "]", [], id="50,000 in a list of lists"),
        pytest.param("[" + "[]," * 50_000 + "]", ["nodes"], id="50,001 in a list of lists"),
        pytest.param("{" + ",".join(f"{key:x}" for key in range(24_999)) + "}", [], id="49,999 in a block"),
        pytest.param("{" + ",".join(f"{key:x}" for key in range(25_000)) + "}", ["nodes"], id="50,001 in a block"),
    ],
)
@pytest.mark.parametrize("comment", ["", "# R&D\n"], ids=["composed", "guarded"])
def test_fifty_thousand_nodes_are_read_and_one_more_is_not(comment: str, text: str, cases: list[str]) -> None:
    assert [fault.case for fault in read(comment + text).faults] == cases


@pytest.mark.parametrize(
    ("text", "data", "where"),
    [
        pytest.param("a: b\tc\n", {"a": "bc"}, (1, 4, 1, 7), id="raw tab in a plain text"),
        pytest.param('a: "b\tc"\n', {"a": "bc"}, (1, 4, 1, 9), id="raw tab between quotes"),
        pytest.param("a: |\n  b\tc\n", {"a": "bc\n"}, (1, 4, 3, 1), id="raw tab in a block of text"),
        pytest.param('a: "\\t"\n', {"a": ""}, (1, 4, 1, 8), id="escaped tab"),
        pytest.param('"a\\0": b\n', {"a": "b"}, (1, 1, 1, 6), id="escaped NUL in a key"),
    ],
)
def test_a_value_holds_no_tab_and_no_escaped_control(text: str, data: object, where: tuple[int, ...]) -> None:
    parsed = read(text)
    fault = only(parsed)
    assert (fault.rule, fault.case, box(fault.span)) == ("CP002", "escaped", where)
    assert (parsed.data, parsed.stopped) == (data, False)


def test_a_hidden_character_does_not_hide_what_else_is_wrong() -> None:
    parsed = read("a\u200b: 01000\na: \x00b\n")
    assert told(parsed) == [("CP002", "hidden", 1, 2), ("CP002", "control", 2, 4), ("CP004", "", 2, 1)]
    assert parsed.data == {"a": "b"}
    assert parsed.altered == ()  # the value that does not stay is not judged


def test_what_stops_a_file_comes_after_its_hidden_characters() -> None:
    parsed = read("a: b\u202e\nc: *x\n")
    assert told(parsed) == [("CP002", "hidden", 1, 5), ("CP003", "alias", 2, 4)]
    assert (parsed.data, parsed.stopped) == (None, True)


def test_a_file_in_another_encoding_says_only_that() -> None:
    parsed = read("é: \x00\n".encode("latin-1"))
    assert told(parsed) == [("CP002", "encoding", 1, 1)]
    assert (parsed.data, parsed.altered, parsed.stopped) == (None, (), True)


def test_what_libyaml_gets_is_as_long_as_what_was_written() -> None:
    assert readable("a\u200bé\n").decode() == "a\U0001ffffé\n"
