"""Packed JSON: what goes in comes out, what an older format wrote is read, and damage is never taken for a value."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest

from chorus_config.diff.sensitive import canonical, canonical_pieces
from chorus_config.model.streamed.rows import Rows
from chorus_config.store import packed as packing
from chorus_config.store.packed import packed, packed_fields, packed_stream, unpacked, unpacked_fields

_SHEET = {"type": "fiche-structure", "informations_generales": {"identifiant": "1", "libelle": "é" * 40, "n": None, "t": True}}


@pytest.mark.parametrize("value", [{}, [], None, 5, "é\udce9", _SHEET, [_SHEET] * 40, {"a": "x" * 300_000}])
def test_what_goes_in_comes_out(value: Any) -> None:
    assert unpacked(packed(value)) == value
    if isinstance(value, dict):
        assert unpacked(packed_stream(canonical_pieces(value))) == value


def test_a_sheet_takes_less_than_half_of_its_text() -> None:
    assert len(packed(_SHEET)) < len(json.dumps(_SHEET)) / 2


def test_no_packed_text_is_longer_than_a_plain_one() -> None:
    noise = {"a": b64encode(sha256(b"a").digest() * 2).decode()}
    assert len(packed(noise)) <= len(json.dumps(noise))


def test_what_an_older_format_wrote_is_read() -> None:
    assert unpacked('{"digest": "p1"}') == {"digest": "p1"}
    rows = [{"path": "/nom", "before": None, "after": "é"}]
    assert unpacked_fields(json.dumps(rows)) == tuple(rows)


def test_the_dictionary_is_that_of_the_format() -> None:
    """Whoever changes it can no longer read what was written: then it is another format, under another prefix."""
    assert sha256(packing._WORDS).hexdigest() == "cc6c16f51ed5e7e060d5d9df7854927ef4620385b7c54ffa8445ea01d3265d09"


@pytest.mark.parametrize("make", [packed, lambda value: packed_stream(canonical_pieces(value))], ids=["row", "long"])
@pytest.mark.parametrize("spoil", [lambda t: t[:-8], lambda t: t[:9] + "AAAA" + t[13:], lambda t: t + "AAAA", lambda t: t[:3]])
def test_damage_is_told(make: Any, spoil: Any) -> None:
    text = make(_SHEET)
    assert text.startswith(("z0:", "z1:"))
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, the store says that it is damaged
        unpacked(spoil(text))


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ({"path": "/a", "before": None, "after": None}, {"path": "/b", "before": None, "after": {"c": [1, "x"]}}),
        ({"path": "/a", "before": None, "after": 1}, {"path": "/b", "before": "x", "after": 2}),
        ({"path": "/a", "before": None, "after": 1}, {"path": "/a", "before": None, "after": 2}),
        ({"path": "", "before": None, "after": 1},),
        ({"path": "/a", "before": None, "after": 1, "more": 2},),
    ],
)
def test_fields_come_out_as_they_went_in(rows: tuple[dict[str, object], ...]) -> None:
    assert unpacked_fields(packed_fields(rows)) == rows


def test_a_creation_says_each_path_once() -> None:
    assert packed_fields([{"path": "/a", "before": None, "after": 1}]) == '{"/a":1}'


@pytest.mark.parametrize("text", ['{"a": 1}', "{}", "[1]", "5", "null"])
def test_what_are_no_fields_is_damage(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        unpacked_fields(text)


def test_pieces_are_the_canonical_text() -> None:
    document = {"b": [{"z": 1, "a": "é"}, 2], "a": {"y": [1]}, "c": [], "é": None}
    assert b"".join(canonical_pieces(document)) == canonical(document)
    rows = {**document, "b": Rows(lambda: iter(document["b"] or ()))}
    assert b"".join(canonical_pieces(rows)) == canonical(document) == b"".join(canonical_pieces(rows))
