"""References of accounts: what a person is called in sheets, which the file of the account bears."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from chorus_config.model.project import Body

# The name of a file that every disk takes.
_REFERENCE: Final = re.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,99}")
_NO_LETTERS: Final = re.compile(r"[^0-9a-z_-]+")
_LONGEST: Final = 40
_EXAMPLE: Final = "m.dupont"


def is_reference(text: str) -> bool:
    """Tell whether an account can have a reference."""
    return _REFERENCE.fullmatch(text) is not None


def like_reference(text: str) -> str:
    """Return a reference that an account can have, like a text: `m.dupre` of « M. Dupré »."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NO_LETTERS.sub(".", plain).strip("._-")[:_LONGEST] or _EXAMPLE


def references_in(body: Body) -> Iterator[str]:
    """Yield the references of the users that a sheet has."""
    users: Any = body.get("utilisateurs")
    for one in users if isinstance(users, list) else ():
        if isinstance(one, Mapping):
            yield str(one.get("ref"))
