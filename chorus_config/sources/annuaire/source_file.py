"""A file of a path: on disk, or in a ZIP."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Final

from msgspec import Struct

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_LISTS: Final = (".csv", ".xlsx")


def is_called_a_list(name: str) -> bool:
    """Tell whether a file has the name of a table."""
    return name.casefold().endswith(_LISTS)


class SourceFile(Struct, frozen=True):
    """A file on disk or in a ZIP: its name as shown, its size in bytes, the instant it was written, how to open it.

    `start` is how it begins; `named` says that the user named it, and did not only name its folder.
    """

    name: str
    size: int
    written: str
    start: bytes
    named: bool
    open: Callable[[], IO[bytes]]

    @property
    def is_meant(self) -> bool:
        """Tell whether it is to be read: the user named it, or it is called as lists are. Others may be of no concern."""
        return self.named or is_called_a_list(self.name)

    @property
    def is_archive(self) -> bool:
        """Tell whether it is a ZIP, which workbooks are, too."""
        return self.start.startswith((_ZIP, _EMPTY_ZIP))
