"""Replacing files: one whole or not at all, several all or none."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Refused, Unavailable
from chorus_config.workspace.interrupted import JournalRow, digest_of, hidden_names, sync_folder
from chorus_config.workspace.journal import journal
from chorus_config.yamltext.characters import printable


class Replacement(Struct, frozen=True):
    """A file, named without links, its bytes as they were read (None when it is not there yet) and as they are to be."""

    path: Path
    old: bytes | None
    new: bytes


def prepared(path: Path, raw: bytes | Iterable[bytes], mode: int) -> Path:
    """Write a hidden file beside `path`, for it to be replaced by, and return its name. Raises OSError.

    What is long may come in pieces, of which one is held at a time.
    """
    import tempfile  # noqa: PLC0415 - most runs write no file

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines((raw,) if isinstance(raw, bytes) else raw)
        made.chmod(mode)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    return made


def replace_all(wanted: Sequence[Replacement], root: Path, say: Translator) -> None:
    """Give every file its new bytes, or leave every file as it was. Raises Unavailable, Locked, Refused.

    The former bytes are written down too before the first file is touched: to put them back then takes no room on the disk.
    Who dies in the middle leaves a journal in the project of this `root`, by which the next command finishes or undoes it.
    A file that is not there yet is made, never over one that somebody made meanwhile; nor is one replaced that is no longer as
    it was read. What cannot be put back stays beside its place, with the journal.
    """
    if not wanted:
        return
    rows = [JournalRow(one.path, digest_of(one.old) if one.old is not None else "", digest_of(one.new)) for one in wanted]
    with journal(root, rows, say) as hold, ExitStack() as leftovers:
        # Who held the journal until now may have changed them.
        for one in wanted:
            _refuse_moved(one, root, say)
        ready = [(one, *_both(one, leftovers, say)) for one in wanted]
        replaced: list[tuple[Path, Path | None]] = []
        try:
            for one, new, old in ready:
                _refuse_moved(one, root, say)
                _replace(one.path, new, old, say)
                replaced.append((one.path, old))
            for folder in {one.path.parent for one in wanted}:
                sync_folder(folder)
        except BaseException:
            # Until all is put back, what stands beside the files stays, and so does the journal.
            hold.stays, kept = True, leftovers.pop_all()
            _put_back(replaced, say)
            hold.stays = False
            kept.close()
            raise


def _refuse_moved(one: Replacement, root: Path, say: Translator) -> None:
    """Raise Refused for a file that is no longer as it was read."""
    try:
        now: bytes | None = one.path.read_bytes()
    except OSError:
        now = None
    if now != one.old:
        message = _("nothing was written: {path} was changed meanwhile; run the command again")
        raise Refused(say(message, path=printable(os.path.relpath(one.path, os.path.realpath(root)))))


def _both(one: Replacement, leftovers: ExitStack, say: Translator) -> tuple[Path, Path | None]:
    """Return the files with the new and with the former bytes, None without any; whatever happens, neither stays behind."""
    new, old = hidden_names(one.path)
    try:
        mode = one.path.stat().st_mode & 0o7777 if one.old is not None else 0o666 & ~_umask()
        one.path.parent.mkdir(parents=True, exist_ok=True)
        for hidden, raw in ((new, one.new), (old, one.old)):
            leftovers.callback(hidden.unlink, missing_ok=True)
            if raw is not None:
                _write(hidden, raw, mode)
    except OSError as error:
        raise _unwritable(one.path, error, say) from error
    return new, old if one.old is not None else None


def _umask() -> int:
    """Return which rights a new file does not get; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _write(hidden: Path, raw: bytes, mode: int) -> None:
    """Write a hidden file, whole and for good; what an earlier death left of it goes."""
    hidden.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(hidden, flags, 0o600), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    hidden.chmod(mode)


def _replace(path: Path, new: Path, old: Path | None, say: Translator) -> None:
    try:
        if old is None:
            _made(new, path)
        else:
            new.replace(path)
    except OSError as error:
        raise _unwritable(path, error, say) from error


def _made(new: Path, path: Path) -> None:
    """Give a new file its name. Raises FileExistsError: two names of one file tell whether somebody was faster."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:
        # Not every disk knows two names of one file.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        new.replace(path)


def _unwritable(path: Path, error: OSError, say: Translator) -> Unavailable:
    return Unavailable(say(_("nothing was written: {path} cannot be written: {why}"), path=path, why=os_reason(error, say)))


def _put_back(replaced: Sequence[tuple[Path, Path | None]], say: Translator) -> None:
    """Give the files that were replaced their former bytes, take away those that were made.

    Raises Unavailable naming those that could not get them.
    """
    lost, beside = [], []
    for path, old in reversed(replaced):
        try:
            if old is None:
                path.unlink()
            else:
                old.replace(path)
        except OSError:
            lost.append(path)
            beside += [] if old is None else [old]
    if not lost:
        return
    paths = ", ".join(map(str, lost))
    if not beside:
        message = _("only a part was written, and {paths} could not be taken away again: the next command tries it once more")
        raise Unavailable(say(message, paths=paths))
    message = _(
        "only a part was written, and {paths} could not be put back as before: the former text is in {hidden}; the next "
        "command tries it once more"
    )
    raise Unavailable(say(message, paths=paths, hidden=", ".join(map(str, beside))))


def rename_file(path: Path, new: Path, say: Translator) -> None:
    """Give a file another name, never that of a file that is there. Raises Refused, Unavailable."""
    try:
        _made(path, new)
        path.unlink(missing_ok=True)
        sync_folder(new.parent)
    except FileExistsError:
        message = _("{path} is not renamed: {name} is there already")
        raise Refused(say(message, path=printable(path.name), name=printable(new.name))) from None
    except OSError as error:
        raise _unwritable(new, error, say) from error
