"""The traces of damage in a text, which nearly no sheet holds: only then is anybody to look closer (`damage`)."""

from __future__ import annotations

from typing import Final

# Any of these is in every damaged text; as bytes they are found at the speed of memory. `\xe2` begins typographic marks,
# narrow blanks and the frames of old code pages, `\xce\x93` is the Γ of a DOS.
_PLAIN_SIGNS: Final = (b'"', b"&", b"`", b"\n'")
_IN_LATIN: Final[tuple[bytes, ...]] = (
    b"\xa0", b"\xab", b"\xbb", b"\xb4", b"\xac", b"\xc2", b"\xc3", b"\xc5", b"\xd4\xc7", b"\xd4\xe9", b"\xd4\xe4",
    b"\xd4\xaa", b"\xc0\xdc",    *_PLAIN_SIGNS,
)  # fmt: skip
_IN_UTF_8: Final = (
    b"\xe2", b"\xef", b"\xce\x93", b"\xe3\x80", b"\xe1\x9a\x80", *_PLAIN_SIGNS,
    *(sign.decode("latin-1").encode() for sign in _IN_LATIN if sign not in _PLAIN_SIGNS),
)  # fmt: skip


def may_hold_damage(texts: str) -> bool:
    """Tell whether texts, one a line, need a closer look; nearly none do."""
    try:
        signs, data = _IN_LATIN, b"\n" + texts.encode("latin-1")
    except UnicodeEncodeError:
        signs, data = _IN_UTF_8, b"\n" + texts.encode("utf-8", "replace")
    return any(map(data.__contains__, signs))
