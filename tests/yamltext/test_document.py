from __future__ import annotations

import pytest

from chorus_config.model.finding import START, Place, Span
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.parse import parse

SHEET = """\
type: fiche-structure
adresse_postale:
  ville: "ANGOULÊME"
  # note
services:
  - code: ST-TECH
    actif: true
"""


@pytest.mark.parametrize("text", [SHEET, SHEET.replace('"ANGOULÊME"', "'ANGOULÊME'")], ids=["plain", "otherwise"])
@pytest.mark.parametrize(
    ("path", "at", "line", "column"),
    [
        (("adresse_postale", "ville"), "value", 3, 10),
        (("adresse_postale", "ville"), "key", 3, 3),
        (("adresse_postale", "pays"), "key", 3, 3),
        (("services", 0, "libelle", "x"), "value", 6, 5),
        (("services", 4), "value", 6, 3),
        (("services", 0), "key", 6, 5),
        (("absent",), "key", 1, 1),
        ((), "key", 1, 1),
    ],
)
def test_what_is_not_written_stands_where_the_nearest_around_it_does(
    text: str, path: tuple[str | int, ...], at: Place, line: int, column: int
) -> None:
    read = parse(text.encode())
    assert isinstance(read.data, dict)
    assert read.plain == (text == SHEET)
    span = Document("f.yaml", "fiche-structure", read.data, text.encode(), read.plain).place(path, at)
    assert (span.line, span.column) == (line, column)


def test_of_a_file_that_was_not_read_all_stands_at_its_beginning() -> None:
    assert Document("f.yaml", "projet", {}).place(("a", 0), "key") == START


@pytest.mark.parametrize(
    ("span", "source"),
    [
        (Span(1, 4, 1, 7), '"é"'),
        (Span(1, 4, 2, 2), '"é" # c\nb'),
        (Span(9, 1, 9, 2), ""),
    ],
)
def test_a_stretch_of_the_file_is_shown_as_written(span: Span, source: str) -> None:
    document = Document("f.yaml", "projet", {}, 'a: "é" # c\nb: 2\n'.encode())
    assert document.source(span) == source
    assert Document("f.yaml", "projet", {}, b"\xff").source(span) == ""
