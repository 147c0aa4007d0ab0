"""Names that were probably meant for one another: what a budget or a user lacks often stands in a file under a wrong name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from chorus_config.model.observed.lost_letters import LOST_LETTERS

# Shorter names have too many neighbours.
_SHORTEST = 3


class NamedFile(Struct, frozen=True):
    """A file that may be meant by a name: where it lies, and what is written there as its name."""

    path: str
    written: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """The name of the file without its folder and ending."""
        return self.path.rpartition("/")[2].rpartition(".")[0]


def are_near(one: str, other: str) -> bool:
    """Tell whether two names are one but for case, blanks and signs, or one character: wrong, left out, added or swapped."""
    return not _forms(one).isdisjoint(_forms(other))


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two names are one but for case, accents, blanks and punctuation, and letters that a public list lost."""
    left, right = _letters(one), _letters(other)
    return len(left) == len(right) and all(map(_is_same_letter, left, right))


def _letters(name: str) -> str:
    """Return a name in small letters without accents, its words one blank apart."""
    signs = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join("".join(_kept(sign) for sign in signs if not unicodedata.combining(sign)).split())


def _kept(sign: str) -> str:
    return sign if sign.isalnum() or sign in LOST_LETTERS else " "


def _is_same_letter(one: str, other: str) -> bool:
    return one == other or (one in LOST_LETTERS and other.isalpha()) or (other in LOST_LETTERS and one.isalpha())


def meant_files(names: Iterable[str], files: Sequence[NamedFile]) -> Mapping[str, NamedFile]:
    """Return, of names that nothing bears, those for which a file was probably meant, each with its file.

    A file is meant by the name that it is called after, else by one that is near what is written in it; by one only.
    """
    wanted = dict.fromkeys(names)
    by_stem = {file.stem: file for file in files}
    called_so = {name: by_stem[name] for name in wanted if name in by_stem}
    taken = {file.path for file in called_so.values()}
    others = [name for name in wanted if name not in called_so]
    return called_so | _near_files(others, [file for file in files if file.path not in taken])


def _near_files(names: Iterable[str], files: Iterable[NamedFile]) -> dict[str, NamedFile]:
    """Return, of names, those that are near what is written in a file, each with it; a file goes to the first of them."""
    by_form: dict[str, NamedFile] = {}
    for file in files:
        for form in (form for word in file.written for form in _forms(word)):
            by_form.setdefault(form, file)
    found: dict[str, NamedFile] = {}
    taken = set()
    for name in names if by_form else ():
        near = next((by_form[form] for form in sorted(_forms(name)) if form in by_form), None)
        if near is not None and near.path not in taken:
            found[name] = near
            taken.add(near.path)
    return found


def _forms(name: str) -> frozenset[str]:
    """Return a name without case, blanks and signs, and every form of it that lacks one character."""
    bare = "".join(filter(str.isalnum, name.casefold()))
    if len(bare) < _SHORTEST:
        return frozenset((bare,) if bare else ())
    return frozenset((bare, *(bare[:n] + bare[n + 1 :] for n in range(len(bare)))))
