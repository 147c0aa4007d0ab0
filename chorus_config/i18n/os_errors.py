"""Why the operating system refused something, in the user's language."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Final

from chorus_config.i18n.translator import Translator, _

_REASONS: Final[Mapping[int, str]] = {
    errno.EACCES: _("Permission denied"),
    errno.EPERM: _("Operation not permitted"),
    errno.ENOENT: _("No such file or directory"),
    errno.ENOTDIR: _("Not a directory"),
    errno.EISDIR: _("Is a directory"),
    errno.EEXIST: _("File exists"),
    errno.ENOTEMPTY: _("Directory not empty"),
    errno.ENOSPC: _("No space left on device"),
    errno.EFBIG: _("File too large"),
    errno.EROFS: _("Read-only file system"),
    errno.ENAMETOOLONG: _("File name too long"),
    errno.ELOOP: _("Too many levels of symbolic links"),
    errno.EIO: _("Input/output error"),
    errno.EBUSY: _("Device or resource busy"),
    errno.EBADF: _("Bad file descriptor"),
    errno.EMFILE: _("Too many open files"),
    errno.ENXIO: _("No such device or address"),
    errno.EXDEV: _("Invalid cross-device link"),
    errno.EINVAL: _("Invalid argument"),
    errno.ETIMEDOUT: _("Connection timed out"),
}
# Not every system knows a limit of one's own.
_QUOTA: Final = getattr(errno, "EDQUOT", None)
# Windows: somebody else has the file open, or a part of it locked.
_HELD: Final = frozenset({32, 33})


def os_reason(error: BaseException | int, say: Translator) -> str:
    """Return why the operating system refused something; `error` is its error or the number of it."""
    number: int | None = error if isinstance(error, int) else getattr(error, "errno", None)
    if getattr(error, "winerror", None) in _HELD:
        return say(_("another program has it open (a spreadsheet, perhaps): close it there"))
    if number is None:
        return say(_("the operating system does not say why"))
    if number == _QUOTA:
        return say(_("Disk quota exceeded"))
    return say(_REASONS[number]) if number in _REASONS else say(_("error {number} of the operating system"), number=number)
