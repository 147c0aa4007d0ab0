"""The first observed source: a snapshot in a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import NoInput, Unavailable
from chorus_config.yamltext.characters import printable

MAX_BYTES: Final = 256 * 1024 * 1024
# Without O_NONBLOCK, opening a FIFO waits for a writer for ever. Windows has none of these flags, and no FIFO here.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_file(path: Path, name: str, say: Translator, limit: int = MAX_BYTES) -> str:
    """Return the text of a source's file. Raises NoInput when there is none, Unavailable when it cannot be one."""
    try:
        handle = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise NoInput(say(_("no such file: {names}"), names=printable(name))) from None
    except (OSError, ValueError) as error:
        raise _unusable(name, getattr(error, "strerror", None) or "?", say) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _unusable(name, say(_("it is no file")), say)
    with os.fdopen(handle, "rb") as file:
        try:
            # One byte over the limit is enough to refuse a file of any size without holding it.
            raw = file.read(limit + 1)
        except OSError as error:
            raise _unusable(name, error.strerror or "?", say) from error
    if len(raw) > limit:
        raise _unusable(name, say(_("it is too large")), say)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unusable(name, say(_("it is not UTF-8 text")), say) from None


def _unusable(name: str, why: str, say: Translator) -> Unavailable:
    return Unavailable(say(_("{name} cannot be used as a snapshot: {why}"), name=printable(name), why=why))
