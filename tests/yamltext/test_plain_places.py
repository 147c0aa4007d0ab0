"""What is found in a plain text, one place at a time, is what libyaml's marks say of all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import sheets
from chorus_config.yamltext import positions
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.plain_lines import read_plain
from chorus_config.yamltext.plain_places import PlainPlaces
from chorus_config.yamltext.positions import positions_in

from .test_plain_lines import EXAMPLES, PLAIN, SPOILT, Draw


def compare(text: str) -> None:
    """Fail unless each place of a text, and no other, is found where libyaml says."""
    expected, found = positions_in(text.encode()), PlainPlaces(text)
    for path, span in expected.values.items():
        assert found.value(path) == span, (path, text)
        assert found.key(path) == expected.keys.get(path), (path, text)
        for other in ((*path, "absent"), (*path, 99)):
            assert (found.value(other), found.key(other)) == (None, None), (other, text)


@pytest.mark.parametrize("batch", range(5))
def test_every_place_of_every_text_is_found(batch: int) -> None:
    compared = 0
    for number in range(SPOILT // 5):
        text = Draw(batch * SPOILT + number).text()
        if read_plain(text) is not None:
            compared += 1
            compare(text)
            compare(text.replace("\n", "\r\n"))
    assert compared * 8 > SPOILT // 5


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_place_of_the_examples_is_found(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if read_plain(text) is not None:
        compare(text)


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# end", "\n  # end\n", "\n ", "\n     ", "\r\n"])
def test_what_is_open_ends_where_the_text_does(end: str) -> None:
    for text in (PLAIN, PLAIN + "x:\n  - a", PLAIN + "x:\n- a: b", sheets.sheet(1)):
        compare(text.rstrip() + end)


def test_a_plain_sheet_is_not_composed_to_find_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = sheets.sheet(1).encode()
    read = parse(raw)
    assert isinstance(read.data, dict)
    document = Document("a.yaml", "fiche-structure", read.data, raw, read.plain)
    expected = positions_in(raw).values[("services", 1)]
    monkeypatch.setattr(positions, "positions_in", lambda _raw: pytest.fail("composed"))
    assert document.place(("services", 1)) == document.place(("services", 1, "absent")) == expected
    assert document.place(("services", 1, "absent"), "key") == expected
