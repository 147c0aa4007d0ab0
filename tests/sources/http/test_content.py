from __future__ import annotations

import gzip
import tracemalloc

import pytest

from chorus_config.sources.http.content import decoded, unpacked
from chorus_config.sources.http.faults import CUT, NO_JSON, TOO_DEEP, TOO_LARGE, UNKNOWN_ENCODING, WEB_PAGE, ContentFault

PACKED = gzip.compress(b'{"a": 1}')


def test_what_is_packed_is_unpacked_chunk_by_chunk() -> None:
    ticks: list[int] = []
    chunks = [PACKED[index : index + 1] for index in range(len(PACKED))]
    assert unpacked(chunks, "gzip", 8, lambda: ticks.append(1)) == b'{"a": 1}'
    assert len(ticks) == len(PACKED)
    assert unpacked(chunks * 2, "gzip", 16, lambda: None) == b'{"a": 1}' * 2
    assert unpacked([gzip.compress(b"") + PACKED * 3], "gzip", 24, lambda: None) == b'{"a": 1}' * 3
    assert unpacked([b"ab", b"c"], "", 3, lambda: None) == b"abc"
    assert unpacked([], "gzip", 3, lambda: None) == b""


@pytest.mark.parametrize(
    ("chunks", "encoding", "message", "again"),
    [
        ([PACKED], "gzip", TOO_LARGE, False),
        ([b"abcd", b"efgh"], "identity", TOO_LARGE, False),
        ([PACKED[:-4]], "x-gzip", CUT, True),
        ([PACKED[:4]], "gzip", CUT, True),
        ([PACKED + PACKED[:-4]], "gzip", CUT, True),
        ([PACKED, PACKED[:4]], "gzip", CUT, True),
        ([PACKED + b"and more"], "gzip", CUT, True),
        ([b"no gzip"], "gzip", CUT, True),
        ([PACKED], "deflate", UNKNOWN_ENCODING, False),
        ([PACKED], "gzip, gzip", UNKNOWN_ENCODING, False),
    ],
)
def test_a_body_that_is_not_read(chunks: list[bytes], encoding: str, message: str, again: bool) -> None:
    with pytest.raises(ContentFault) as raised:
        unpacked(chunks, encoding, 7 if message == TOO_LARGE else 100, lambda: None)
    assert (raised.value.message, raised.value.again) == (message, again)


def test_what_is_packed_never_takes_more_room_than_the_limit() -> None:
    bomb = gzip.compress(bytes(64 * 1024 * 1024))
    tracemalloc.start()
    try:
        with pytest.raises(ContentFault):
            unpacked([bomb], "gzip", 1024 * 1024, lambda: None)
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("chunks", [[PACKED * 2], [PACKED, PACKED]], ids=["in-one", "one-by-one"])
def test_what_is_packed_in_several_parts_has_one_limit(chunks: list[bytes]) -> None:
    assert unpacked(chunks, "gzip", 16, lambda: None) == b'{"a": 1}' * 2
    with pytest.raises(ContentFault) as raised:
        unpacked(chunks, "gzip", 15, lambda: None)
    assert raised.value.message == TOO_LARGE


@pytest.mark.parametrize(
    ("body", "kind", "data"),
    [
        (b"", "text/html", None),
        (b" \r\n", "", None),
        (b"\xef\xbb\xbf[1]", "application/json", [1]),
        ('{"é": "\\ud83d\\ude00"}'.encode(), "", {"é": "😀"}),
        (b'"<p>"', "text/plain", "<p>"),
        (b"[[[1, {}], 2]]", "", [[[1, {}], 2]]),
    ],
)
def test_json_is_read(body: bytes, kind: str, data: object) -> None:
    assert decoded(body, kind, 4) == data


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>", WEB_PAGE),
        (b"\xef\xbb\xbf\n<?xml", WEB_PAGE),
        (b'{"a": ', NO_JSON),
        (b"[1e999, Infinity]", NO_JSON),
        (b"[" + b"1" * 5000 + b"]", NO_JSON),
        (b'"\xe9"', NO_JSON),
        (b'["\\ud83d"]', NO_JSON),
        (b'{"\\udc00": 1}', NO_JSON),
        (b"[[[[[1]]]]]", TOO_DEEP),
        (b'{"a":' * 100_000, TOO_DEEP),
    ],
)
def test_a_text_that_is_not_read(body: bytes, message: str) -> None:
    with pytest.raises(ContentFault) as raised:
        decoded(body, "application/json", 4)
    assert raised.value.message == message


def test_what_calls_itself_a_web_page_is_one() -> None:
    with pytest.raises(ContentFault) as raised:
        decoded(b"{}", "text/HTML; charset=utf-8", 4)
    assert raised.value.message == WEB_PAGE
