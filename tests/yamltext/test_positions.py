from __future__ import annotations

import pytest

from chorus_config.model.finding import Path
from chorus_config.yamltext.positions import Positions, positions_in

from .reading import Box, box

SHEET = """\
type: fiche-structure
adresse_postale:
  ville: "ANGOULÊME"
  "pays": France   # commentaire
services:
  - code: ST-TECH
    actif: true
  - {code: 𝄞é, libelle: }
espaces: ["a", b]
texte: |
  un
  deux
fin:
"""


@pytest.mark.parametrize(
    ("path", "where"),
    [
        pytest.param(("type",), (1, 1, 1, 5), id="first key"),
        pytest.param(("adresse_postale", "pays"), (4, 3, 4, 9), id="quoted key, quotes included"),
        pytest.param(("services", 0, "actif"), (7, 5, 7, 10), id="key in a list item"),
        pytest.param(("services", 1, "libelle"), (8, 16, 8, 23), id="key behind wide characters"),
    ],
)
def test_a_key_stands_where_its_name_does(path: Path, where: Box) -> None:
    assert box(positions_in(SHEET.encode()).keys[path]) == where


@pytest.mark.parametrize(
    ("path", "where"),
    [
        pytest.param((), (1, 1, 14, 1), id="whole document"),
        pytest.param(("type",), (1, 7, 1, 22), id="plain text"),
        pytest.param(("adresse_postale",), (3, 3, 5, 1), id="block"),
        pytest.param(("adresse_postale", "ville"), (3, 10, 3, 21), id="quoted text, quotes included"),
        pytest.param(("adresse_postale", "pays"), (4, 11, 4, 17), id="without the comment"),
        pytest.param(("services", 0), (6, 5, 8, 3), id="list item, after its dash"),
        pytest.param(("services", 1), (8, 5, 8, 26), id="list item between braces"),
        pytest.param(("services", 1, "code"), (8, 12, 8, 14), id="wide characters count one each"),
        pytest.param(("espaces",), (9, 10, 9, 18), id="list between brackets"),
        pytest.param(("espaces", 1), (9, 16, 9, 17), id="item between brackets"),
        pytest.param(("texte",), (10, 8, 13, 1), id="block of text, from its sign"),
        pytest.param(("fin",), (13, 5, 13, 5), id="no value: after the colon"),
    ],
)
def test_a_value_stands_where_it_begins(path: Path, where: Box) -> None:
    assert box(positions_in(SHEET.encode()).values[path]) == where


def test_list_items_and_the_root_have_no_key() -> None:
    keys = positions_in(SHEET.encode()).keys
    assert not {(), ("services", 0), ("services", 1), ("espaces", 0), ("espaces", 1)} & set(keys)
    assert len(keys) == 12


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\xef\xbb\xbfa: b\nc: d\n", id="byte order mark"),
        pytest.param(b"a: b\r\nc: d\r\n", id="CRLF"),
    ],
)
def test_marks_and_line_ends_move_nothing(raw: bytes) -> None:
    found = positions_in(raw)
    assert box(found.keys[("a",)]) == (1, 1, 1, 2)
    assert box(found.values[("c",)]) == (2, 4, 2, 5)


def test_a_hidden_character_keeps_its_column_and_leaves_the_key() -> None:
    found = positions_in("no\u200bm: \u202eb\n".encode())
    assert box(found.keys[("nom",)]) == (1, 1, 1, 5)
    assert box(found.values[("nom",)]) == (1, 7, 1, 9)


def test_of_a_key_written_twice_the_last_counts() -> None:
    assert box(positions_in(b"a: b\na: c\n").values[("a",)]) == (2, 4, 2, 5)


@pytest.mark.parametrize("raw", [b"", b"# rien\n", b"a: \xe9\n"], ids=["empty", "comment", "not UTF-8"])
def test_where_there_is_nothing_to_read_there_is_no_place(raw: bytes) -> None:
    assert positions_in(raw) == Positions()
