"""A second reader, written by others for YAML 1.2 alone, accepts what ours accepts, and refuses what ours refuses.

Sheets are drawn, written in every layout that people use, and spoilt in one or two places by what slips into files. What
the two see differently is named here, and nothing else may be.
"""

from __future__ import annotations

import os
import random
import re
from typing import TYPE_CHECKING, Final

import pytest
import yaml12

from .reading import read

if TYPE_CHECKING:
    from chorus_config.model.finding import Fault

SHEETS: Final = 20_000 if os.environ.get("CHORUS_CONFIG_SOAK") else 600
BATCHES: Final = 10

# Refused here on purpose, whatever YAML says: characters, anchors and tags, keys written twice, limits.
ON_PURPOSE: Final = frozenset({"CP002", "CP003", "CP004", "CP005"})
# CP001 that the second reader does not see, each by what is told; the first two follow YAML 1.2.2 (§6.1, §7.3, §7.4), which it
# does not always do; a key that is a block is no sheet; libyaml alone is behind the rest.
ONLY_OURS: Final = {
    "continued": "lines of texts and brackets are further in than their block, behind a dash and in plain texts as well",
    "complex": "a key that is itself a block or a list",
    "odd": "a blank that is no space, before a line or beside a colon",
    "the indentation holds a tab: use spaces": "libyaml takes no tab before the first word of a block",
    "a value begins with a character that YAML keeps for itself: write it between double quotes": "libyaml, in brackets",
    "a curly bracket is not closed, or a comma is missing": "libyaml takes no key over two lines in brackets",
    "something stands before or after the document": "libyaml takes no block of text alone that is not indented",
}
# The same, by what stands in the text: a colon without a key, or without a value in brackets.
EMPTY_ENDS: Final = re.compile(r"(?:^|[\s\[{,]):|:[,\]}]", re.MULTILINE)
# What the second reader refuses although YAML 1.2.2 allows it, or every other reader takes it: its words, and the text.
ONLY_THEIRS: Final = (
    ("a tab between a colon and a text without quotes", "':' must be followed by a valid YAML", re.compile(r":[ ]*\t")),
    ("a closing bracket under the key that opened it", "invalid indentation", re.compile(r"\n *[\]}]")),
    ("a question mark alone in brackets", "while parsing a flow", re.compile(r"\? *[\],}\n]")),
    (
        "a dash that begins the second line of a text in brackets",
        "plain scalar cannot start with '-'",
        re.compile(r"\n *-[\],}]"),
    ),
)

SLIPS: Final[tuple[str, ...]] = (
    *" :-#[]{},'\"|>\\\té", "  ", "   ", "\n", "\n ", "\n  ", "\n    ", "\n\t", "\n \t", " \n", "\r\n", "\n- ", "\n---\n",
    "\n...\n", "# note", "#note", " #note", '"x"#y', "[x]#y", "|#y", ": ", "- ", ", ", "...", "''", "|\n", "[]", "[-]",
    "[-, a]", "a: b", "{a: b}", '"a\n b"', '"a\nb"', "'a\n\tb'", "[a,\nb]", "{a: b,\n c: d}",
)  # fmt: skip


class Draw:
    """One sheet: what it says matters little, how it is written is drawn."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a draw that can be made again

    def sheet(self) -> str:
        """Return a sheet, whole or spoilt."""
        text = self.block(0, depth=3)
        for _ in range(self.random.choice((0, 1, 1, 1, 2))):
            text = self.spoilt(text)
        return text.replace("\n", "\r\n") if self.random.random() < 0.05 else text

    def spoilt(self, text: str) -> str:
        """Put a slip into a text, or take something away, where layout is made."""
        places = [match.start() for match in re.finditer(r"[\s:\-\[\]{},\"'#|>]", text)]
        at = self.random.choice(places) + self.random.choice((0, 1))
        slip = self.random.choice((*SLIPS, ""))
        return text[:at] + slip + text[at + self.random.choice((0, 0, 0, 1, 2)) :]

    def block(self, column: int, depth: int) -> str:
        """Return the lines of a block of keys."""
        names = self.random.sample(
            ("libelle", "code", "ville", "é", "actif", "services", '"a b"', "x#y"), self.random.randint(1, 5)
        )
        return "".join(f"{' ' * column}{name}:{self.value(column, depth)}" for name in names)

    def value(self, column: int, depth: int) -> str:
        """Return a value behind a colon, with its line end."""
        kind = self.random.random()
        if depth and kind < 0.2:
            return f"{self.comment()}\n" + self.block(column + self.random.choice((2, 2, 4, 3)), depth - 1)
        if depth and kind < 0.4:
            dash = column + self.random.choice((0, 2, 2))
            return f"{self.comment()}\n" + "".join(self.item(dash, depth) for _ in range(self.random.randint(1, 3)))
        if kind < 0.5:
            header, inner = self.random.choice(("|", ">", "|-", ">+")), " " * (column + 2)
            return f" {header}{self.comment()}\n{inner}Services\n\n{inner}techniques # 1\n"
        return f"{self.random.choice((' ', ' ', '   '))}{self.scalar(column)}{self.comment()}\n"

    def item(self, column: int, depth: int) -> str:
        """Return an item of a list: a text, brackets, or a block whose first key stands behind the dash."""
        dash = f"{' ' * column}-"
        if self.random.random() < 0.5:
            return f"{dash} {self.block(column + 2, depth - 1).lstrip(' ')}"
        return f"{dash} {self.scalar(column)}{self.comment()}\n"

    def scalar(self, column: int) -> str:
        """Return a text in one of its writings, or brackets, perhaps over several lines."""
        inner = "\n" + " " * (column + self.random.choice((1, 2, 4, 4)))
        breaks = self.random.choice((" ", " ", inner, f"\n{inner}"))
        writings = (
            "true", "Commune de Valmont", "12", "C#1", "l'eau", '""', '"Commune"', "'l''eau'", '"à \\"b\\" # c"', "[]", "{}",
            f'"Commune{breaks}de Valmont"', f"'Commune{breaks}de Valmont'", f"Commune{breaks}de Valmont", f'["a",{breaks}"b"]',
            f"[a,{breaks}b,{breaks}c ]", f"{{a: b,{breaks}c: d}}", f'[{{a: "b"}},{breaks}[c, "d"]]',
        )  # fmt: skip
        return self.random.choice(writings)

    def comment(self) -> str:
        """Return a comment, mostly none."""
        return self.random.choice(("", "", "", " # l'été", "  ## x", " #"))


def refused_there(text: str) -> str:
    """Return what the second reader says against a text, "" when it accepts it."""
    try:
        yaml12.parse_yaml(text, multi=True)
    except ValueError as error:
        return str(error)
    return ""


def named(fault: Fault, text: str) -> bool:
    """Tell whether a fault is one that only ours is known to see."""
    if fault.rule == "CP001" and not fault.case and EMPTY_ENDS.search(text):
        return True
    return fault.rule in ON_PURPOSE or fault.case in ONLY_OURS or fault.args.get("problem") in ONLY_OURS


@pytest.mark.parametrize("batch", range(BATCHES))
def test_two_readers_agree_on_every_sheet(batch: int) -> None:
    here = there = both = 0
    for seed in range(batch * SHEETS // BATCHES, (batch + 1) * SHEETS // BATCHES):
        text = Draw(seed).sheet()
        faults, complaint = read(text).faults, refused_there(text)
        if not faults and complaint:
            known = any(words in complaint and sign.search(text) for _what, words, sign in ONLY_THEIRS)
            assert known, f"read here, refused there: {complaint}\n{text}"
            there += 1
        elif faults and not complaint:
            assert any(named(fault, text) for fault in faults), f"refused here, read there: {faults}\n{text}"
            here += 1
        else:
            both += 1
    # What is named stays the exception: the two agree on nearly all.
    assert both > 0.9 * (here + there + both), (here, there, both)


def test_sheets_are_drawn_of_both_kinds() -> None:
    verdicts = [bool(read(Draw(seed).sheet()).faults) for seed in range(400)]
    assert 0.3 < sum(verdicts) / len(verdicts) < 0.8
