"""What happened to a text on its way into a file: quotation marks left over, letters of another encoding, odd blanks.

What is legitimate stays silent: French apostrophes, a quotation inside a text, inches, no-break spaces before a colon.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from msgspec import Struct

ODD_BLANKS: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_DOUBLE: Final = '"“”„‟«»＂〝〞'
_SINGLE: Final = {"'": "'", "‘": "’‘", "‚": "‘’", "‹": "›", "`": "`´", "´": "´"}
_CURLY: Final = "“”„‟"
# An inch or a second after its digits is no quotation mark.
_STRAIGHT: Final = re.compile(r'(?<![0-9])["＂]')
_ENTITY: Final = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{2,5}|#x[0-9A-Fa-f]{2,5});")
_BETWEEN_LETTERS: Final = re.compile(rf"(?<=[^\W\d_])[{ODD_BLANKS}]+(?=[^\W\d_])")
_ODD: Final = re.compile(f"[{ODD_BLANKS}]")
_FRAMES: Final = re.compile("[\u2500-\u259f]")

# The characters of French texts whose UTF-8 is worth looking for, and the code pages it is read in by mistake.
_FRENCH: Final = "".join(map(chr, range(0xA0, 0x100))) + "œŒŸŠšŽž’‘“”„‚«»–—…€™•†ˆ\ufeff"
_PAGES: Final = ("cp1252", "cp850", "cp437", "mac_roman")
_ROUNDS: Final = 3


class Damage(Struct, frozen=True):
    """What is wrong with a text (a case of CP018), what stands there, and what was probably meant ("" when nobody knows)."""

    case: str
    found: str
    meant: str


def damage(text: str, *, form: bool, prose: bool, blank: str = "") -> Damage | None:
    """Return what happened to a text, None for nothing.

    `form`: a field whose form leaves no room for odd blanks, which `blank` replaces in what was meant. `prose`: a text of
    several sentences, in which quotations and no-break spaces are at home.
    """
    if text.isascii() and not any(sign in text for sign in "\"&`'"):
        return None
    first: Damage | None = None
    meant = text
    for look in (_encoding, _entities, _lost, _marks(form=form, prose=prose), _blanks(form=form, prose=prose, blank=blank)):
        found = look(meant)
        if found is not None:
            first, meant = first or found, found.meant
    return None if first is None else Damage(first.case, first.found, "" if "\ufffd" in meant else meant)


_Look = Callable[[str], Damage | None]


@cache
def _misread() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what the UTF-8 of French characters looks like in other code pages, and what each piece was."""
    table: dict[str, str] = {}
    for page in _PAGES:
        for character in _FRENCH:
            try:
                table.setdefault(character.encode().decode(page), character)
            except UnicodeDecodeError:
                continue
    longest = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), table


def _encoding(text: str) -> Damage | None:
    pattern, table = _misread()
    meant = text
    for _round in range(_ROUNDS):
        meant, count = pattern.subn(lambda match: table[match.group()], meant)
        if not count:
            break
    first = pattern.search(text)
    if first is None:
        return _old_page(text)
    return Damage("encoding", first.group(), meant.replace("\ufeff", ""))


def _old_page(text: str) -> Damage | None:
    """Tell a text in Windows-1252 that was read as the code page of a DOS: `TR╔BOURG`."""
    frame = _FRAMES.search(text)
    if frame is None:
        return None
    try:
        return Damage("encoding", frame.group(), text.encode("cp850").decode("cp1252"))
    except UnicodeError:
        return Damage("encoding", frame.group(), text.replace(frame.group(), "\ufffd"))


def _entities(text: str) -> Damage | None:
    match = _ENTITY.search(text) if "&" in text else None
    if match is None:
        return None
    from html import unescape  # noqa: PLC0415 - seldom

    meant = _ENTITY.sub(lambda one: unescape(one.group()), text)
    return Damage("entity", match.group(), meant) if meant != text else None


def _lost(text: str) -> Damage | None:
    return Damage("lost", "\ufffd", text) if "\ufffd" in text else None


def _marks(*, form: bool, prose: bool) -> _Look:
    """Return a look at quotation marks: around the whole text, or one that has no partner."""

    def _look(text: str) -> Damage | None:
        bare = text.strip()
        if len(bare) < 2:
            return None
        inner = bare[1:-1]
        if _is_around(bare[0], bare[-1], inner):
            guillemets = bare[0] == "«" and bare[-1] == "»"
            return None if prose and guillemets else Damage("around", f"{bare[0]} {bare[-1]}", inner.strip(f" {_BLANK_SET}"))
        stray = _stray(bare, form=form)
        return Damage("stray", stray, _without(bare, stray)) if stray else None

    return _look


_BLANK_SET: Final = "\u00a0\u202f\u2009"


def _is_around(opening: str, closing: str, inner: str) -> bool:
    if not inner.strip():
        return False
    if opening in _DOUBLE and closing in _DOUBLE:
        return not any(mark in inner for mark in _DOUBLE)
    return closing in _SINGLE.get(opening, "") and opening not in inner and len(inner) > 1


def _stray(text: str, *, form: bool) -> str:
    """Return the quotation mark without a partner in a text, "" for none."""
    if form and text[0] in "'‘’‚`´":
        return text[0]
    marks: list[str] = [mark for mark in text if mark in _CURLY] + _STRAIGHT.findall(text)
    if len(marks) % 2:
        return marks[0]
    opened, closed = text.count("«"), text.count("»")
    if opened == closed:
        return ""
    return "«" if opened > closed else "»"


def _without(text: str, mark: str) -> str:
    """Return a text without its stray mark where that stands at an end, which is where it was left."""
    if text[-1] == mark:
        return text[:-1].rstrip(f" {_BLANK_SET}")
    return text[1:].lstrip(f" {_BLANK_SET}") if text[0] == mark else text.replace(mark, "", 1)


def _blanks(*, form: bool, prose: bool, blank: str) -> _Look:
    """Return a look at blanks that are no spaces: none in a form; elsewhere none at an edge or between two words."""

    def _look(text: str) -> Damage | None:
        if prose or _ODD.search(text) is None:
            return None
        if form:
            # Where no blank belongs at all, the plain ones go too.
            meant = _ODD.sub(blank, text).strip() if blank else _ODD.sub("", text).replace(" ", "")
        else:
            meant = _BETWEEN_LETTERS.sub(" ", text).strip(_BLANK_SET)
        if meant == text:
            return None
        return Damage("blank", next(sign for sign in text if _ODD.match(sign)), meant)

    return _look
