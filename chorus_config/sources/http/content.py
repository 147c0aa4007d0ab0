"""The content of an answer: never more of it than is credible, and JSON alone."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from typing import Any, Final

from chorus_config.sources.http.faults import CUT, NO_JSON, TOO_DEEP, TOO_LARGE, UNKNOWN_ENCODING, WEB_PAGE, ContentFault

# The window bits by which zlib reads gzip alone.
_GZIP: Final = 31


def unpacked(chunks: Iterable[bytes], encoding: str, limit: int, tick: Callable[[], None]) -> bytes:
    """Return a body, unpacked when it is packed by gzip, `limit` bytes at the most. Raises ContentFault.

    Unpacking stops at the limit, so a small answer cannot become a large one. `tick` is called with every chunk.
    """
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise ContentFault(UNKNOWN_ENCODING)
    unpack = _Gzip() if encoding.endswith("gzip") else None
    body = bytearray()
    empty = True
    for chunk in chunks:
        tick()
        empty = empty and not chunk
        body += chunk if unpack is None else unpack.part(chunk, limit - len(body) + 1)
        if len(body) > limit:
            raise ContentFault(TOO_LARGE)
    # An empty body says that it is packed, and is not.
    if unpack is not None and not unpack.whole and not empty:
        raise ContentFault(CUT, again=True)
    return bytes(body)


class _Gzip:
    """Unpacks gzip, whose members stand one behind the other: what compresses as it sends may make several."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)

    @property
    def whole(self) -> bool:
        """Whether it may end here."""
        return self._member.eof

    def part(self, chunk: bytes, most: int) -> bytes:
        """Return what a chunk unpacks to, `most` bytes at the most."""
        found = bytearray()
        try:
            while chunk and len(found) < most:
                if self._member.eof:
                    self._member = zlib.decompressobj(_GZIP)
                found += self._member.decompress(chunk, most - len(found))
                chunk = self._member.unused_data
        except zlib.error:
            raise ContentFault(CUT, again=True) from None
        return bytes(found)


def decoded(body: bytes, kind: str, depth: int) -> Any:
    """Return the data of a body that is to be JSON, None for an empty one; `kind` is its Content-Type. Raises ContentFault."""
    if not body.strip():
        return None
    if "html" in kind.lower() or body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise ContentFault(WEB_PAGE)
    try:
        data = json.loads(body.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError:
        raise ContentFault(TOO_DEEP) from None
    except ValueError:
        # Half a text reads as none: it may be whole the next time.
        raise ContentFault(NO_JSON, again=True) from None
    _look_through(data, depth)
    return data


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _look_through(data: Any, depth: int) -> None:
    """Refuse what is nested too deep, and halves of characters, which nobody could write down."""
    level = [data]
    while level:
        if depth < 0:
            raise ContentFault(TOO_DEEP)
        depth -= 1
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += value
                below += value.values()
            elif isinstance(value, list):
                below += value
            elif isinstance(value, str) and not value.isascii():
                _refuse_halves(value)
        level = below


def _refuse_halves(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ContentFault(NO_JSON) from None
