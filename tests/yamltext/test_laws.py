"""What holds for every input that Hypothesis can think of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chorus_config.model.finding import Path
from chorus_config.yamltext.characters import cleaned
from chorus_config.yamltext.other_format import other_format
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.parsed_text import ParsedText
from chorus_config.yamltext.positions import positions_in
from chorus_config.yamltext.values import altered

from .reading import read

often = settings(max_examples=300, deadline=None, database=None)

SHEET = """\
type: fiche-structure
version: 1
informations_generales:
  identifiant: "25160278500015"
  libelle: 'Régie de l''eau'
adresse_postale: {code_postal: "16000", ville: ANGOULEME}
services:
  - code: ST-TECH
    description: |
      Services
      techniques
    actif: true
espaces: ["Factures de travaux"]
""".encode()
SIGNS = [sign.encode() for sign in "\t \n\r:-?[]{}&*!|>'\"%@`#,\\\x00\x1b\u200b\u2028\ufeffé😀"]
PIECES = [*SIGNS, b"\xff", b"\xc3", b"\r\n", b"---\n", b"...\n", b"<<: ", b"  ", b": ", b"- ", b"%YAML 1.2\n", b"!!str "]


def assert_sound(parsed: ParsedText) -> None:
    """Data is made of blocks, lists, texts and booleans without unseen characters; what stops has a fault and no data."""
    assert all(fault.span is not None and fault.span.line > 0 and fault.span.column > 0 for fault in parsed.faults)
    if parsed.stopped:
        assert parsed.faults
        assert parsed.data is None
    rest = [parsed.data]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            rest += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            rest += value
        elif isinstance(value, str):
            assert value == cleaned(value)
        else:
            assert value is None or isinstance(value, bool)


@often
@given(st.binary(max_size=300))
def test_no_bytes_raise(raw: bytes) -> None:
    assert_sound(parse(raw))


@often
@given(st.lists(st.sampled_from([*PIECES, b"a", b"1", b"true"]), max_size=40).map(b"".join))
def test_no_signs_raise(raw: bytes) -> None:
    assert_sound(parse(raw))


@often
@given(st.lists(st.tuples(st.integers(0, len(SHEET)), st.integers(0, 8), st.sampled_from([b"", *PIECES])), max_size=6))
def test_no_mutation_of_a_valid_sheet_raises(edits: list[tuple[int, int, bytes]]) -> None:
    raw = SHEET
    for start, length, piece in edits:
        raw = raw[:start] + piece + raw[start + length :]
    parsed = parse(raw)
    assert_sound(parsed)
    if not parsed.stopped:
        positions_in(raw)


@often
@given(st.text(max_size=60))
def test_text_in_double_quotes_comes_back_or_is_told(text: str) -> None:
    source = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    parsed = read(f'a: "{source}"\n')
    assert parsed.data == {"a": cleaned(text)}
    assert (parsed.faults == ()) is (text == cleaned(text))


@often
@given(st.text(max_size=60))
def test_escaped_text_comes_back_or_is_told(text: str) -> None:
    parsed = read('- "' + "".join(f"\\U{ord(sign):08X}" for sign in text) + '"\n')
    assert parsed.data == [cleaned(text)]
    assert (parsed.faults == ()) is (text == cleaned(text))


identifiers = st.one_of(
    st.from_regex(r"[0-9]{9}|0{1,6}[0-9]{8}|[0-9]{14}", fullmatch=True),
    st.from_regex(r"2[AB][0-9]{3}|\+33 ?[0-9]{9}|0[0-9]{9}|0[0-9]( [0-9]{2}){4}", fullmatch=True),
    st.from_regex(r"FR[0-9]{2}[0-9A-Z]{23}|[0-9]{1,4}[eE][0-9]{1,3}|[0-9]{2}:[0-5][0-9]", fullmatch=True),
)


@often
@given(identifiers)
def test_an_identifier_without_quotes_keeps_its_text(text: str) -> None:
    parsed = read(f"a: {text}\n")
    assert (parsed.data, parsed.faults) == ({"a": text}, ())
    assert [plain.text for plain in parsed.altered] == ([text] if re.fullmatch(r"\+?[0-9eE:]+", text) else [])


def test_every_postal_code_without_quotes_keeps_its_text() -> None:
    for first in range(0, 100_000, 20_000):
        codes = [f"{code:05}" for code in range(first, first + 20_000)]
        parsed = read("".join(f"- {code}\n" for code in codes))
        assert parsed.data == codes
        assert [plain.text for plain in parsed.altered] == codes


RESOLVED = [
    *("0", "1", "08", "12", "59", "60", "2016", "-09", "-1", ":30", ":5", ":00", "T", "t", " ", "Z", "_", "+", "-", "."),
    *("e", "E+", "e-", "0x", "0b", "0o", "f", "inf", "INF", "nan", "NaN", "null", "Null", "~", "yes", "No", "on", "OFF"),
    *("true", "False", "=", "<", "y", "N", "a"),
]


@settings(max_examples=2_000, deadline=None, database=None)
@given(st.lists(st.sampled_from(RESOLVED), min_size=1, max_size=6).map("".join))
def test_whatever_pyyaml_changes_is_altered(text: str) -> None:
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        plain = isinstance(node, yaml.ScalarNode) and node.value == text
        kept = yaml.safe_load(text) == text
    except (yaml.YAMLError, ValueError):
        plain, kept = read(text).data == text, False
    assert altered(text) or kept or not plain


# A document is drawn as source tokens with the values that they stand for, and written with every start noted down.
Leaf = tuple[str, "str | bool"]
Node = "Leaf | dict[str, Node] | list[Node]"
LEAVES: list[Leaf] = [
    *(
        (word, word)
        for word in ("00012345600017", "01000", "2A004", "+33545222040", "NO", "~", "2016-09-01", "30 RUE DENIS PAPIE")
    ),
    ("true", True),
    ("false", False),
    ('"true"', "true"),
    ('"é 𝄞 \\u20ac"', "é 𝄞 €"),
    ("'l''eau: # 😀'", "l'eau: # 😀"),
    ('""', ""),
]
keys = st.sampled_from(["code", "libellé", "𝄞", '"deux mots"', "'12'", "services"])
documents = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@dataclass
class Written:
    """A document in the making: its text, and where each key and value begins."""

    text: str = ""
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    tokens: dict[Path, str] = field(default_factory=dict)

    def here(self) -> tuple[int, int]:
        return self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n")

    def write(self, node: object, path: Path, indent: int, flow: int) -> object:
        """Write a node, in brackets from depth `flow` on; return what it must be read as."""
        self.values[path] = self.here()
        if isinstance(node, tuple):
            self.text += node[0]
            self.tokens[path] = node[0]
            return node[1]
        brackets = not node or len(path) >= flow
        if isinstance(node, dict):
            return self._mapping(node, path, indent, 0 if brackets else flow)
        assert isinstance(node, list)
        return self._sequence(node, path, indent, 0 if brackets else flow)

    def _mapping(self, node: dict[str, object], path: Path, indent: int, flow: int) -> dict[str, object]:
        made: dict[str, object] = {}
        self.text += "" if flow else "{"
        for index, (token, item) in enumerate(node.items()):
            key = token.strip("'\"")
            self._next(index, indent, flow)
            self.keys[(*path, key)] = self.here()
            self.text += f"{token}:"
            nested = flow and not isinstance(item, tuple) and item and len(path) + 1 < flow
            self.text += "\n" + " " * (indent + 2) if nested else " "
            made[key] = self.write(item, (*path, key), indent + 2, flow)
        self.text += "" if flow else "}"
        return made

    def _sequence(self, node: list[object], path: Path, indent: int, flow: int) -> list[object]:
        made: list[object] = []
        self.text += "" if flow else "["
        for index, item in enumerate(node):
            self._next(index, indent, flow)
            self.text += "- " if flow else ""
            made.append(self.write(item, (*path, index), indent + 2, flow))
        self.text += "" if flow else "]"
        return made

    def _next(self, index: int, indent: int, flow: int) -> None:
        if index:
            self.text += "\n" + " " * indent if flow else ", "


@often
@given(documents, st.integers(0, 4), st.booleans(), st.booleans())
def test_every_place_is_where_the_thing_begins(node: object, flow: int, mark: bool, crlf: bool) -> None:
    written = Written()
    data = written.write(node, (), 0, flow)
    text = f"{written.text}\n"
    raw = ("\ufeff" * mark + text.replace("\n", "\r\n" if crlf else "\n")).encode()
    # A list of lists of as many texts each may be taken for a table (CP017): no sheet is a list.
    assume(other_format(raw) is None)
    parsed, found = parse(raw), positions_in(raw)
    assert (parsed.data, parsed.faults) == (data, ())
    assert {path: (span.line, span.column) for path, span in found.keys.items()} == written.keys
    assert {path: (span.line, span.column) for path, span in found.values.items()} == written.values
    lines = text.splitlines()
    for path, token in written.tokens.items():
        span = found.values[path]
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == token
    assert [(plain.path, plain.span) for plain in parsed.altered] == [
        (path, found.values[path])
        for path, token in written.tokens.items()
        if token not in {"true", "false"} and altered(token)
    ]
