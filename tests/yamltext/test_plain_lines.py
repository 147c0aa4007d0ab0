"""The quick reader says what the strict one says, to the letter, or nothing at all."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from benchmarks import sheets
from chorus_config.yamltext.characters import is_usual
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.parsed_text import ParsedText
from chorus_config.yamltext.plain_lines import read_plain
from chorus_config.yamltext.strict_reader import read_strictly

ROOT: Final = Path(__file__).parents[2]
SPOILT: Final = 100_000 if os.environ.get("CHORUS_CONFIG_SOAK") else 2_500
EXAMPLES: Final = sorted((ROOT / "examples").rglob("*.yaml"))
SLIPS: Final[tuple[str, ...]] = (
    *" :-#[]{},'\"|>\\é?&*!%@~=.1", "  ", "\n", "\n\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\n---\n", "...", " # note",
    "#note",
    '"x"', "''", "null", "true", "yes", "12", "2016-10-31", "[]", "{}", "{a: b, a: c}", "[a, 1]", "[no]", '["a", "b"]',
    '["a",]', "<<", ": ", "- ", "a: b", "à", "×", " ",
    "’", "l'eau (n° 5)", "x\n y", "a:b", "a : b", "-x",
)  # fmt: skip

PLAIN: Final = """\
# A comment.
type: fiche-structure
version: 1   # one

libelle: Commune de Valmont (Trébourg), l'hôtel de ville - 1
vide: ""
mots:
- "a"   # list at the column of its key
- b c
- "trois"
listes:
    - "x"
    - nom: "un"
      dedans:
        - k: []
          suite: ["a","b: c", MOT]
          bloc: {nom: "x, y: z", actif: true, mot: M-1}
        - k: true
    - {nom: "trois"} # brackets
    - [DEUX, "mots"]
    - nom: "deux"
      mois: 12
    - 2
seuils:   {structures: 200, suppressions: 5, mots: "12"} # numbers, where numbers are due
jours: ["no", no, 2016-10-31, 01000]
fin:
  le: 2026-12-31
  bloc:
    profond:
      ici: false
"""


def strictly(text: str) -> ParsedText:
    """Return what the strict reader says, as of a text in the plain form."""
    return replace(read_strictly(text), plain=True)


class Draw:
    """One text in the plain form, spoilt in a few places by what slips into files."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a draw that can be made again

    def text(self) -> str:
        """Return the text."""
        text = PLAIN if self.random.random() < 0.6 else sheets.sheet(self.random.randint(1, 50))
        for _ in range(self.random.choice((1, 1, 2, 3))):
            text = self.random.choice((self.slip, self.cut, self.indent, self.move, self.value))(text)
        return text

    def slip(self, text: str) -> str:
        """Put something in."""
        at = self.random.randrange(len(text) + 1)
        return text[:at] + self.random.choice(SLIPS) + text[at:]

    def cut(self, text: str) -> str:
        """Take something away."""
        at = self.random.randrange(max(1, len(text)))
        return text[:at] + text[at + self.random.choice((1, 1, 2, 9)) :]

    def indent(self, text: str) -> str:
        """Move a line to the right, or to the left."""
        lines = text.split("\n")
        at = self.random.randrange(len(lines))
        by = self.random.choice((-4, -2, -1, 1, 2, 3, 4))
        lines[at] = " " * by + lines[at] if by > 0 else lines[at][:-by].lstrip(" ") + lines[at][-by:]
        return "\n".join(lines)

    def move(self, text: str) -> str:
        """Say a line twice, or elsewhere."""
        lines = text.split("\n")
        line = lines[at := self.random.randrange(len(lines))]
        if self.random.random() < 0.5:
            del lines[at]
        lines.insert(self.random.randrange(len(lines) + 1), line)
        return "\n".join(lines)

    def value(self, text: str) -> str:
        """Write a value otherwise."""
        lines = text.split("\n")
        at = self.random.randrange(len(lines))
        lines[at] = lines[at].partition(":")[0] + ":" + self.random.choice((" ", " ", "  ", "")) + self.random.choice(SLIPS)
        return "\n".join(lines)


@pytest.mark.parametrize("batch", range(5))
def test_both_readers_say_the_same_of_every_text(batch: int) -> None:
    taken = 0
    for number in range(SPOILT // 5):
        text = Draw(batch * SPOILT + number).text()
        if not is_usual(text):
            continue
        quick = read_plain(text)
        if quick is not None:
            taken += 1
            assert quick == strictly(text), text
            assert quick == strictly(text.replace("\n", "\r\n")), text
            # Equal to what compares equal: True is not 1.
            assert repr(quick.data) == repr(strictly(text).data), text
    # Many spoilt texts are still in the plain form: what is compared is worth comparing.
    assert taken * 8 > SPOILT // 5


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.relative_to(ROOT / "examples").as_posix())
def test_examples_are_read_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    quick = read_plain(text)
    assert quick is None or quick == strictly(text)


def test_sheets_as_people_write_them_are_in_the_plain_form() -> None:
    assert read_plain(PLAIN) is not None
    assert sum(read_plain(path.read_text(encoding="utf-8")) is not None for path in EXAMPLES) * 10 >= len(EXAMPLES) * 8


def test_words_that_others_alter_are_noted_wherever_they_stand() -> None:
    quick = read_plain(PLAIN)
    assert quick == strictly(PLAIN)
    assert quick is not None
    assert [(one.path, one.text) for one in quick.altered] == [
        (("version",), "1"), (("listes", 4, "mois"), "12"), (("listes", 5), "2"), (("seuils", "structures"), "200"),
        (("seuils", "suppressions"), "5"), (("jours", 1), "no"), (("jours", 2), "2016-10-31"), (("jours", 3), "01000"),
        (("fin", "le"), "2026-12-31"),
    ]  # fmt: skip


def test_a_good_sheet_is_not_read_by_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = strictly(sheets.sheet(1))
    monkeypatch.setattr("chorus_config.yamltext.strict_reader.read_strictly", lambda _text: pytest.fail("read twice"))
    assert parse(sheets.sheet(1).encode()) == expected
    assert parse(sheets.sheet(1).replace("\n", "\r\n").encode()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "# nothing\n", "a\n", "a:\n", "a:b\n", "a: b: c\n", "a: 'b'\n", "a: |\n  b\n", 'a: "b\n  c"\n', "a: b\n  c\n",
        "a: &x b\n",
        "a: *x\n", "a: !t b\n", "%YAML 1.2\n---\na: b\n", "a: b\n---\nc: d\n", "a: b\n...\n", "- a\n", "{a: b}\n",
        "a: [b: c]\n", "a: {b: c, b: d}\n", 'a: ["b",]\n', 'a: ["b" "c"]\n', "? a\n: b\n", "a: b\na: c\n",
        "a:\n- b\n  c: d\n", " a: b\n",
        "a: b#c\n", "a:\n  b: c\n d: e\n", "a:\n  - b\n - c\n", "<<: a\n", '"a": b\n', "A: b\n", "a: -\n", "a: .5\n",
        "a: no\n  \n b: c\n",
        "a: b\n  # c\n  d: e\n", "a: \n  ? b\n", "a: b\n-\n",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_strict_reader(text: str) -> None:
    quick = read_plain(text)
    assert quick is None or quick == strictly(text)
    if text not in {"a: no\n  \n b: c\n", "a: -\n", "a: .5\n"}:
        assert quick is None


def test_nothing_beyond_the_limits_is_read() -> None:
    deep = "".join(f"{' ' * level}k:\n" for level in range(20)) + " " * 20 + "k: v\n"
    assert read_plain(deep) is None
    assert read_plain("a: b\n" + "# long\n" * 10_000) is None
