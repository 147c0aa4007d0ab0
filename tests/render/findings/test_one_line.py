"""One finding as one line."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chorus_config.model.finding import Related, Span
from chorus_config.render.findings.report import one_line, one_line_at
from chorus_config.render.shared.values import relative, visible
from tests.render.model import findings
from tests.render.naughty import INJECTIONS, spoken
from tests.render.reading import acting

ONE = replace(findings("en")[0], path="a.yaml", span=Span(3, 5, 3, 9), message="M", help="H", related=())


def test_the_line_says_message_other_places_and_remedy() -> None:
    assert one_line(ONE) == "M → H"
    others = (Related("b.yaml", 1, 2, "first"), Related("c.yaml", 3, 4, "second"))
    assert one_line(replace(ONE, related=others)) == "M (b.yaml:1:2: first) (c.yaml:3:4: second) → H"


def test_its_place_stands_in_front() -> None:
    assert one_line_at(ONE) == "a.yaml:3:5: M → H"


@pytest.mark.parametrize("text", INJECTIONS)
def test_it_is_one_line_that_cannot_act_and_can_be_written(text: str) -> None:
    line = one_line_at(spoken(text))
    assert acting(line) == set()
    assert "\n" not in line
    assert line.encode().decode() == line


def test_hidden_and_half_characters_are_spelt() -> None:
    assert visible("é\x1b\u202e\udc80\n") == "é\\u{1b}\\u{202e}\\u{dc80}\\n"
    assert visible("plain – « text »") == "plain – « text »"


def test_a_path_keeps_its_name() -> None:
    assert relative("./a/b.yaml") == "a/b.yaml"
    assert relative("../a\x1b.yaml") == "../a\x1b.yaml"
    assert relative("a\udc80.yaml") == "a\\u{dc80}.yaml"
