"""The catalogue of bad inputs (facts/reliability.md 2.1 to 2.3): each row as it must end."""

from __future__ import annotations

from time import perf_counter

import pytest

from .reading import read, told

LAUGHS = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("source", "rule", "case", "line", "column"),
    [
        pytest.param("a: b\na: c\n", "CP004", "", 2, 1, id="1 duplicate key"),
        pytest.param("é: b\ne\u0301: c\n", "CP004", "", 2, 1, id="2 duplicate key after NFC"),
        pytest.param("a: {<<: {b: c}}\n", "CP003", "merge", 1, 5, id="4 merge key"),
        pytest.param("<<: {a: b}\n<<: {c: d}\n", "CP003", "merge", 1, 1, id="4 two merge keys"),
        pytest.param("&a [*a]\n", "CP003", "anchor", 1, 1, id="5 cycle"),
        pytest.param(LAUGHS, "CP003", "anchor", 1, 4, id="5 billion laughs"),
        pytest.param("a: *b\n", "CP003", "alias", 1, 4, id="5 alias of nothing"),
        pytest.param("a: &x b\nc: &x d\n", "CP003", "anchor", 1, 4, id="6 anchor twice"),
        pytest.param("!!python/object:os.system {}\n", "CP003", "tag", 1, 1, id="7 python object"),
        pytest.param("a: !secret b\n", "CP003", "tag", 1, 4, id="7 secret"),
        pytest.param("a: !!str 12\n", "CP003", "tag", 1, 4, id="7 even str"),
        pytest.param("%TAG !e! tag:x,2000:\n---\na: !e!b c\n", "CP003", "directive", 1, 1, id="7 tag directive"),
        pytest.param("a: !!binary aGk=\n", "CP003", "tag", 1, 4, id="8 binary"),
        pytest.param("a: !!set {b, c}\n", "CP003", "tag", 1, 4, id="8 set"),
        pytest.param("a: !!omap [b: c]\n", "CP003", "tag", 1, 4, id="8 omap"),
        pytest.param("? [a]\n: b\n", "CP001", "complex", 1, 3, id="9 complex key"),
        pytest.param("a: b\n---\nc: d\n", "CP003", "document", 2, 1, id="10 two documents"),
        pytest.param("a: b\n...\nc: d\n", "CP003", "document", 3, 1, id="10 two documents, the second bare"),
        pytest.param("%YAML 1.2\n---\na: b\n", "CP003", "directive", 1, 1, id="11 version directive"),
        pytest.param("%FOO bar\n---\na: b\n", "CP003", "directive", 1, 1, id="11 unknown directive"),
        pytest.param("[" * 100_000, "CP005", "depth", 1, 33, id="14 brackets"),
        pytest.param("- " * 100_000, "CP005", "depth", 1, 65, id="14 dashes"),
        pytest.param("{a: " * 60_000, "CP005", "depth", 1, 129, id="14 braces"),
        pytest.param("{a: " * 100_000, "CP005", "size", 1, 1, id="14 braces beyond the size"),
        pytest.param("[?" * 100_000, "CP005", "depth", 1, 33, id="14 brackets and question marks"),
        pytest.param("- a\n" * 60_000, "CP005", "nodes", 50_000, 3, id="15 many nodes"),
        pytest.param("[" + "{}," * 80_000 + "]", "CP005", "nodes", 1, 149_999, id="15 many blocks"),
        pytest.param("a: '" + "x" * 1_000_000, "CP005", "size", 1, 1, id="16 huge scalar"),
        pytest.param("a:\n\tb: c\n", "CP001", "", 2, 1, id="17 tab indent"),
        pytest.param('a: "b\n', "CP001", "", 1, 4, id="18 open quote"),
        pytest.param("a: [\n", "CP001", "", 2, 1, id="18 open bracket"),
        pytest.param("a: @x\n", "CP001", "", 1, 4, id="18 at sign"),
        pytest.param("a: `x`\n", "CP001", "", 1, 4, id="18 backtick"),
        pytest.param("a: b: c\n", "CP001", "", 1, 5, id="18 two colons"),
    ],
)
def test_structure(source: str, rule: str, case: str, line: int, column: int) -> None:
    parsed = read(source)
    assert told(parsed) == [(rule, case, line, column)]
    assert parsed.stopped is (rule != "CP004")
    assert (parsed.data is None) is parsed.stopped


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("00012345600017", id="20 leading zeros"),
        pytest.param("12345678900012", id="21 fourteen digits"),
        pytest.param("123_456_789_00012", id="22 underscores"),
        pytest.param("01000", id="24 octal postal code"),
        pytest.param("08200", id="24 postal code"),
        pytest.param("0123456701", id="25 telephone"),
        pytest.param("+33123456789", id="25 international telephone"),
        *(pytest.param(word, id=f"26 {word}") for word in ("NO", "yes", "on", "off", "True", "FALSE", "y")),
        *(pytest.param(time, id=f"27 {time}") for time in ("12:30:45", "22:22", "08:30")),
        *(pytest.param(date, id=f"28 {date}") for date in ("2024-01-31", "2024-02-31")),
        *(pytest.param(number, id=f"29 {number}") for number in ("1e3", "12e45", "1.0e+3", ".nan", ".inf", "1.10")),
        *(pytest.param(number, id=f"30 {number}") for number in ("0x1F", "0o17", "0b11")),
        pytest.param("9" * 5_000, id="31 five thousand digits"),
        *(pytest.param(null, id=f"32 {null or 'nothing'}") for null in ("~", "null", "")),
        pytest.param("=", id="33 equals sign"),
    ],
)
def test_a_scalar_that_lies_keeps_its_text_and_is_named(text: str) -> None:
    parsed = read(f"a: {text}\n")
    assert (parsed.data, parsed.faults) == ({"a": text}, ())
    assert [(plain.path, plain.text) for plain in parsed.altered] == [(("a",), text)]


@pytest.mark.parametrize("text", ["2A004", "oui", "non", "123 456 789 00012", "１２", "0123 45 67 01"])
def test_a_scalar_that_does_not_lie_is_not_named(text: str) -> None:
    parsed = read(f"a: {text}\n")
    assert (parsed.data, parsed.faults, parsed.altered) == ({"a": text}, (), ())


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        pytest.param("a: b\n".encode("utf-16"), 1, 1, id="37 UTF-16 with its mark"),
        pytest.param("a: b\n".encode("utf-16-le"), 1, 2, id="38 UTF-16 LE without a mark"),
        pytest.param("a: b\n".encode("utf-16-be"), 1, 1, id="38 UTF-16 BE without a mark"),
        pytest.param("a: é\n".encode("utf-16-le"), 1, 7, id="38 UTF-16 without a mark, accented"),
        pytest.param("a: b\n".encode("utf-32"), 1, 1, id="38 UTF-32 with its mark"),
        pytest.param("a: b\n".encode("utf-32-le"), 1, 2, id="38 UTF-32 without a mark"),
        pytest.param(b"\x1f\x8b\x08\x00", 1, 2, id="38 gzip"),
        pytest.param("a: b\nc: é\n".encode("latin-1"), 2, 4, id="39 Latin-1"),
        pytest.param(b"a: b\nc: \x93d\x94\n", 2, 4, id="39 Windows-1252"),
        pytest.param(b"a: \xc0\xaf\n", 1, 4, id="40 overlong"),
        pytest.param(b"a: \xe2\x82\n", 1, 4, id="40 truncated"),
        pytest.param(b"a: \xed\xa0\x80\n", 1, 4, id="40 surrogate"),
        pytest.param(b"a: \xf5\x80\x80\x80\n", 1, 4, id="40 beyond Unicode"),
    ],
)
def test_bytes_that_are_no_utf_8_text_stop_the_file(raw: bytes, line: int, column: int) -> None:
    parsed = read(raw)
    assert told(parsed) == [("CP002", "encoding", line, column)]
    assert (parsed.data, parsed.stopped) == (None, True)


@pytest.mark.parametrize("text", ['a: "\\ud800"\n', 'a: "\\ud83d\\ude00"\n'], ids=["41 half", "41 pair"])
def test_an_escaped_surrogate_is_no_yaml(text: str) -> None:
    assert told(read(text)) == [("CP001", "", 1, 7)]


@pytest.mark.parametrize(
    ("sign", "case"),
    [
        pytest.param("\x00", "control", id="42 NUL"),
        pytest.param("\x07", "control", id="42 BEL"),
        pytest.param("\x1b", "control", id="42 ESC"),
        pytest.param("\x7f", "control", id="42 DEL"),
        pytest.param("\x9b", "control", id="42 C1"),
        pytest.param("\r", "control", id="44 CR alone"),
        pytest.param("\x85", "control", id="45 NEL"),
        pytest.param("\u2028", "hidden", id="45 line separator"),
        pytest.param("\u2029", "hidden", id="45 paragraph separator"),
        *(pytest.param(sign, "hidden", id=f"46 {ord(sign):X}") for sign in "\u202a\u202e\u2066\u2069\u200e\u200f\u061c"),
        *(
            pytest.param(sign, "hidden", id=f"47 {ord(sign):X}")
            for sign in "\u200b\u200d\u2060\ufeff\u00ad\U000e0001\U000e007f"
        ),
        pytest.param("\uffff", "hidden", id="52 noncharacter"),
        pytest.param("\U0001ffff", "hidden", id="52 noncharacter beyond the basic plane"),
    ],
)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("a: b", "c\n", id="plain"),
        pytest.param('a: "b', 'c"\n', id="quoted"),
        pytest.param("a: bc # ", "d\n", id="comment"),
    ],
)
def test_an_unseen_character_is_told_wherever_it_is(before: str, sign: str, after: str, case: str) -> None:
    parsed = read(before + sign + after)
    assert told(parsed) == [("CP002", case, 1, len(before) + 1)]
    assert parsed.data == {"a": "bc"}


@pytest.mark.parametrize(
    ("escape", "codepoint"),
    [
        pytest.param("\\0", "U+0000", id="43 NUL"),
        pytest.param("\\e[31m", "U+001B", id="43 ESC"),
        pytest.param("\\x9b", "U+009B", id="43 C1"),
        pytest.param("\\r", "U+000D", id="44 CR"),
        pytest.param("\\N", "U+0085", id="45 NEL"),
        pytest.param("\\L", "U+2028", id="45 line separator"),
        pytest.param("\\u202e", "U+202E", id="46 bidirectional"),
        pytest.param("\\u200b", "U+200B", id="47 zero width"),
        pytest.param("\\ufeff", "U+FEFF", id="47 byte order mark"),
        pytest.param("\\U000E0041", "U+E0041", id="47 tag"),
        pytest.param("\\uffff", "U+FFFF", id="52 noncharacter"),
        pytest.param("\\U0001FFFF", "U+1FFFF", id="52 noncharacter beyond the basic plane"),
    ],
)
@pytest.mark.parametrize("shape", ['a: "b{}"\n', '"{}": b\n'], ids=["value", "key"])
def test_an_escape_brings_nothing_unseen_in(shape: str, escape: str, codepoint: str) -> None:
    parsed = read(shape.format(escape))
    assert [(fault.rule, fault.case, fault.args) for fault in parsed.faults] == [("CP002", "escaped", {"codepoint": codepoint})]
    assert not parsed.stopped


def test_36_one_byte_order_mark_is_allowed_and_no_second() -> None:
    assert read("\ufeffa: b\n").faults == ()
    doubled = read("\ufeff\ufeffa: b\n")
    assert told(doubled) == [("CP002", "hidden", 1, 1)]
    assert doubled.data == {"a": "b"}


def test_44_crlf_is_a_line_end_and_never_part_of_a_value() -> None:
    parsed = read('a: b\r\nc: "d\r\n  e"\r\nf: |\r\n  g\r\n')
    assert (parsed.data, parsed.faults) == ({"a": "b", "c": "d e", "f": "g\n"}, ())


@pytest.mark.parametrize("separator", ["\r", "\x85", "\u2028", "\u2029"])
def test_45_no_hidden_line_end_makes_a_key(separator: str) -> None:
    parsed = read(f"a: x{separator}b: y\n")
    assert [fault.rule for fault in parsed.faults] == ["CP002", "CP001"]
    assert parsed.data is None


def test_48_no_break_spaces_do_not_indent() -> None:
    assert told(read("a:\n\u00a0\u00a0b: c\n")) == [("CP001", "odd", 2, 1)]


def test_49_a_look_alike_letter_makes_another_key() -> None:
    assert read("vіlle: a\nville: b\n").data == {"v\u0456lle": "a", "ville": "b"}


def test_51_a_decomposed_accent_stays_as_written() -> None:
    assert read("a: e\u0301\n").data == {"a": "e\u0301"}


@pytest.mark.parametrize(
    "text",
    [
        *(pytest.param(sign * (262_144 // len(sign)), id=sign) for sign in ("[", "- ", "{a: ", "? ", "[?", "- [", "{")),
        pytest.param("[" * 131_072 + "]" * 131_072, id="brackets that close"),
        pytest.param("# &\n" + LAUGHS * 1_000, id="laughs"),
        pytest.param("a: '" + "''" * 131_000, id="quotes"),
        pytest.param('"' + "\n" * 262_000 + '"', id="empty lines"),
        pytest.param("".join(f"{' ' * depth}a:\n" for depth in range(700)), id="indentation"),
    ],
)
def test_nothing_hangs(text: str) -> None:
    start = perf_counter()
    read(text)
    assert perf_counter() - start < 1
