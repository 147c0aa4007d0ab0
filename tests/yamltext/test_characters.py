from __future__ import annotations

import sys
import unicodedata
from functools import cache

import pytest

from chorus_config.model.finding import START, Fault, Span
from chorus_config.yamltext.characters import (
    PLACEHOLDER,
    cleaned,
    decode,
    escaped_fault,
    forbidden_in_file,
    forbidden_in_value,
    printable,
    shown,
    without_forbidden,
)

from .reading import box

EVERY_CHARACTER = "".join(map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1))))
# Marks and letters that show nothing, beside the controls, formats, separators and noncharacters (Default_Ignorable).
BLANKS = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0))
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


@cache
def forbidden() -> frozenset[str]:
    """Return every character that a file may not hold, a carriage return without its line feed among them."""
    text = EVERY_CHARACTER.replace("\n", "")
    return frozenset(text[fault.span.column - 1] for fault in forbidden_in_file(text) if fault.span is not None)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param("é € 𝄞".encode(), "é € 𝄞", id="UTF-8"),
        pytest.param(b"\xef\xbb\xbfa: b", "a: b", id="one byte order mark"),
        pytest.param(b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa", id="of two byte order marks the second stays"),
    ],
)
def test_utf_8_is_decoded_without_its_byte_order_mark(raw: bytes, text: str) -> None:
    assert decode(raw) == text


@pytest.mark.parametrize(
    ("raw", "guess", "line", "column"),
    [
        pytest.param("nom: Régie".encode("latin-1"), "Windows-1252 / ISO-8859-1", 1, 7, id="Latin-1"),
        pytest.param("a: b\nc: 5 €".encode("cp1252"), "Windows-1252 / ISO-8859-1", 2, 6, id="Windows-1252"),
        pytest.param("é€𝄞".encode() + b"\xe9", "Windows-1252 / ISO-8859-1", 1, 4, id="columns are code points"),
        pytest.param(b"\xef\xbb\xbfa\xe9", "Windows-1252 / ISO-8859-1", 1, 2, id="a mark is no column"),
        pytest.param("a: b".encode("utf-16"), "UTF-16", 1, 1, id="UTF-16 with its mark"),
        pytest.param(b"\xfe\xff" + "a: b".encode("utf-16-be"), "UTF-16", 1, 1, id="UTF-16 BE with its mark"),
        pytest.param("é: b".encode("utf-16-le"), "UTF-16", 1, 1, id="UTF-16 LE without a mark"),
        pytest.param(b"\x1f\x8b\x08\x00", "gzip", 1, 2, id="gzip"),
        pytest.param(b"PK\x03\x04\x14\x00\xff", "ZIP", 1, 7, id="ZIP"),
    ],
)
def test_another_encoding_is_named_at_its_first_bad_byte(raw: bytes, guess: str, line: int, column: int) -> None:
    assert decode(raw) == Fault("CP002", case="encoding", args={"guess": guess}, span=Span(line, column, line, column + 1))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: b\nc: d\n", id="line feeds"),
        pytest.param("a: b\r\nc: d\r\n", id="CRLF line ends"),
        pytest.param("a:\tb", id="tab"),
        pytest.param("À É Ç Œ œ ÿ « ’ – — … »", id="French typography"),
        pytest.param("5\u00a0000\u202f€", id="no-break spaces"),
        pytest.param("ŁÓDŹ Ελλάδα Київ 東京 العربية", id="other scripts"),
        pytest.param("e\u0301", id="combining accent"),
        pytest.param("😀 𝄞", id="beyond the basic plane"),
        pytest.param("\ufffd", id="replacement character"),
    ],
)
def test_visible_text_and_line_ends_are_allowed(text: str) -> None:
    assert forbidden_in_file(text) == ()


@pytest.mark.parametrize(
    ("character", "args"),
    [
        pytest.param("\x00", {"codepoint": "U+0000"}, id="NUL"),
        pytest.param("\x1b", {"codepoint": "U+001B"}, id="ESC"),
        pytest.param("\r", {"codepoint": "U+000D"}, id="lone carriage return"),
        pytest.param("\x7f", {"codepoint": "U+007F"}, id="DEL"),
        pytest.param("\x85", {"codepoint": "U+0085"}, id="NEL"),
    ],
)
def test_a_control_character_is_named_by_its_code_point(character: str, args: dict[str, str]) -> None:
    (fault,) = forbidden_in_file(f"a{character}b")
    assert fault == Fault("CP002", case="control", args=args, span=Span(1, 2, 1, 3))


@pytest.mark.parametrize(
    ("character", "codepoint", "name"),
    [
        pytest.param("\u200b", "U+200B", "ZERO WIDTH SPACE", id="zero width"),
        pytest.param("\u00ad", "U+00AD", "SOFT HYPHEN", id="soft hyphen"),
        pytest.param("\u202e", "U+202E", "RIGHT-TO-LEFT OVERRIDE", id="bidirectional"),
        pytest.param("\u2028", "U+2028", "LINE SEPARATOR", id="line separator"),
        pytest.param("\ufe0f", "U+FE0F", "VARIATION SELECTOR-16", id="variation selector"),
        pytest.param("\U000e0041", "U+E0041", "TAG LATIN CAPITAL LETTER A", id="tag"),
        pytest.param("\uffff", "U+FFFF", "-", id="noncharacter"),
        pytest.param(PLACEHOLDER, "U+1FFFF", "-", id="our own placeholder"),
    ],
)
def test_a_hidden_character_is_named_in_full(character: str, codepoint: str, name: str) -> None:
    (fault,) = forbidden_in_file(f"a{character}b")
    args = {"codepoint": codepoint, "name": name}
    assert fault == Fault("CP002", case="hidden", args=args, span=Span(1, 2, 1, 3))


def test_each_forbidden_character_is_told_in_order_where_it_stands() -> None:
    faults = forbidden_in_file("\u200b\r\n𝄞é\u202e\x00\n\n\ufeff")
    assert [box(fault.span) for fault in faults] == [(1, 1, 1, 2), (2, 3, 2, 4), (2, 4, 2, 5), (4, 1, 4, 2)]


def test_all_controls_bidirectional_marks_and_invisible_formats_are_forbidden() -> None:
    unwanted = {"BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    due = {
        sign
        for sign in EVERY_CHARACTER
        if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} or unicodedata.bidirectional(sign) in unwanted
    }
    assert due - forbidden() == {"\t", "\n"}
    assert forbidden().issuperset("\u200e\u200f\u061c\ufff9\ufffa\ufffb")


def test_all_noncharacters_are_forbidden() -> None:
    last = {chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)}
    noncharacters = last | set(map(chr, range(0xFDD0, 0xFDF0)))
    assert len(noncharacters) == 66
    assert noncharacters <= forbidden()


def test_nothing_that_can_be_seen_is_forbidden() -> None:
    seen = {sign for sign in forbidden() if unicodedata.category(sign) not in {"Cc", "Cf", "Cn", "Zl", "Zp"}}
    assert seen == BLANKS


def test_forbidden_characters_are_replaced_one_for_one() -> None:
    assert without_forbidden("a\u200b\r\n\x00\rb") == f"a{PLACEHOLDER}\r\n{PLACEHOLDER}{PLACEHOLDER}b"
    assert without_forbidden("Régie 😀\r\n") == "Régie 😀\r\n"


@pytest.mark.parametrize(
    ("value", "character"),
    [
        pytest.param("Régie « principale »\n2e ligne 😀", "", id="text on two lines"),
        pytest.param("a\tb", "\t", id="tab"),
        pytest.param("a\r\nb", "\r", id="carriage return"),
        pytest.param("\u200b\x00", "\u200b", id="the first of two"),
        pytest.param("\x1b[31m", "\x1b", id="ESC"),
        pytest.param(f"a{PLACEHOLDER}b", "", id="what the file's own fault has told"),
    ],
)
def test_a_value_may_hold_line_feeds_and_nothing_else_unseen(value: str, character: str) -> None:
    assert forbidden_in_value(value, replaced=True) == character


def test_a_cleaned_value_keeps_all_that_is_seen() -> None:
    assert cleaned(f"R\u200bé\tg\r\ni\x00e{PLACEHOLDER} 😀") == "Rég\nie 😀"


def test_an_escaped_character_is_told_at_its_value() -> None:
    span = Span(3, 4, 3, 9)
    assert escaped_fault("\t", span) == Fault("CP002", case="escaped", args={"codepoint": "U+0009"}, span=span)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(True, "true", id="true"),
        pytest.param(False, "false", id="false"),
        pytest.param(12, "12", id="integer"),
        pytest.param("Régie", '"Régie"', id="text"),
        pytest.param("", '""', id="empty text"),
        pytest.param("a\nb\x1b", '"a\\nb\\u{1b}"', id="text that would act on a terminal"),
        pytest.param(["a"], "…", id="list"),
        pytest.param({"a": "b"}, "…", id="block"),
        pytest.param("x" * 80, f'"{"x" * 80}"', id="as long as shown"),
        pytest.param("x" * 81, f'"{"x" * 79}…"', id="too long"),
    ],
)
def test_a_value_is_shown_on_one_line(value: object, text: str) -> None:
    assert shown(value) == text


def test_a_value_is_cut_at_the_wanted_length() -> None:
    assert shown("abcdef", limit=4) == '"abc…"'


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        pytest.param("Régie\u00a0: 😀", "Régie\u00a0: 😀", id="visible"),
        pytest.param("\x1b[31m", "\\u{1b}[31m", id="ESC"),
        pytest.param("a\u202eb\u200b", "a\\u{202e}b\\u{200b}", id="bidirectional and zero width"),
        pytest.param("a\tb\rc\nd", "a\\u{9}b\\u{d}c\\nd", id="tab and line ends"),
        pytest.param("\u2028\U000e0041", "\\u{2028}\\u{e0041}", id="separator and tag"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text: str, spelt: str) -> None:
    assert printable(text) == spelt


@pytest.mark.parametrize("raw", [b"\0", b"\0" * 4096, b"\0\n\n"])
def test_a_file_of_zero_bytes_has_lost_its_content(raw: bytes) -> None:
    fault = decode(raw)
    assert isinstance(fault, Fault)
    assert (fault.rule, fault.case, fault.span) == ("CP002", "zeros", START)
