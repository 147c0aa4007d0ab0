"""Where results go: one format on stdout, any number in files; machines get one whole document."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

from chorus_config.cli.shared.console import encoded
from chorus_config.cli.shared.options import Request
from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Unavailable, UsageFault
from chorus_config.model.iban import masked_text
from chorus_config.render.shared.paint import Paint, coloured, plain
from chorus_config.yamltext.characters import printable, shown

# The beginning of a line that a runner obeys (GitHub Actions, Azure Pipelines, TeamCity), blanks before it or not.
# Each runner says in the environment that it is one.
_RUNNERS: Final = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "CI")
_COMMAND: Final = re.compile(r"^(?=[ \t]*(?:::|##(?:vso|teamcity)?\[))", re.MULTILINE)

# A view waits to be asked: only what is shown is rendered.
# What a format makes of a result: a text, or the pieces of a long one, each of whole lines.
View = Callable[[Paint], str | Iterator[str]]
# A result that is no text, and goes to files only.
BinaryView = Callable[[], bytes]


def formats(request: Request, known: Collection[str]) -> dict[str, str | None]:
    """Return the formats asked for with their files (None is stdout); text goes to stdout when nothing else does."""
    outputs: dict[str, str | None] = {}
    for word in request.formats:
        name, colon, file = word.partition(":")
        if name not in known or (colon and not file):
            raise UsageFault(_no_format(word, name, known, request.say))
        outputs[name] = file or None
    on_screen = [name for name, file in outputs.items() if file is None]
    if len(on_screen) > 1:
        raise UsageFault(
            request.say(
                _("{formats} cannot share stdout: give all but one a file, FMT:FILE"),
                formats=", ".join(on_screen),
            )
        )
    for target in outputs.values():
        _require_writable(request, target)
    return outputs if on_screen else {"text": None, **outputs}


def _no_format(word: str, name: str, known: Collection[str], say: Translator) -> str:
    """Return what is said of a format that a command does not have: which was probably meant, and which there are."""
    from chorus_config.schema.lookup import nearest  # noqa: PLC0415 - only a slip pays for it

    close = "" if name in known else nearest(name, known, 0.5)
    if close:
        message = _("{word} is not a format of this command; the nearest is {close}, of {known}")
        return say(message, word=shown(word), close=close, known=", ".join(known))
    return say(_("{word} is not a format of this command: {known}"), word=shown(word), known=", ".join(known))


def _require_writable(request: Request, file: str | None) -> None:
    """Refuse a result that could not be written, before anything is done whose result it would be."""
    if file is None:
        return
    path = request.directory / file
    if _takes_a_stream(path):
        if not os.access(path, os.W_OK):
            raise _unwritable(path, PermissionError(errno.EACCES, ""), request.say)
        return
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK | os.X_OK):
        why = errno.EISDIR if path.is_dir() else errno.EACCES if path.parent.is_dir() else errno.ENOENT
        raise _unwritable(path, OSError(why, ""), request.say)


def deliver(
    request: Request,
    outputs: Mapping[str, str | None],
    views: Mapping[str, View],
    binary: Mapping[str, BinaryView] = MappingProxyType({}),
    private: Collection[str] = (),
) -> None:
    """Write each wanted view where it goes, files first; only text on a terminal is painted.

    What is `binary` goes to files only: whoever offers it refuses it on stdout, and masks what is in it. Files of `private`
    formats name persons: they are for their owner alone, and it is told when git would take one.
    """
    for name, file in outputs.items():
        if file is not None:
            made = binary[name]() if name in binary else map(masked_text, _pieces(views[name](plain)))
            write_file(request.directory / file, made, request, mode=0o600 if name in private else 0o644)
            if name in private:
                _tell_of_git(request.directory / file, request)
    for name in (name for name, file in outputs.items() if file is None):
        shown = views[name](coloured if name == "text" and in_colour(request.color) else plain)
        write_stdout(shown, commands=name == "github")


def _pieces(text: str | Iterable[str]) -> Iterable[str]:
    return (text,) if isinstance(text, str) else text


def _tell_of_git(path: Path, request: Request) -> None:
    from chorus_config.workspace.git_ignored import git_notes  # noqa: PLC0415 - asks git, for few files

    for note in () if request.quiet else git_notes(path, request.say):
        tell(note)


def write_stdout(text: str | Iterator[str], *, commands: bool = False) -> None:
    """Write a result to stdout as UTF-8, but on a terminal of another encoding; lines end with a line feed everywhere.

    The pieces of a long one are written as they are made. Unless the format is made of `commands`, no line is one to the
    log of a runner: a file's name could be. Nor is any IBAN in it: whoever made the text masked it, and if not, it is masked
    here. Raises Unwritten, BrokenPipeError.
    """
    pieces = map(masked_text, _pieces(text))
    if not commands:
        pieces = map(_obeyed_by_nobody, pieces)
    if sys.stdout is None:
        raise Unwritten(OSError(errno.EBADF, ""))
    try:
        sys.stdout.flush()
        stream = getattr(sys.stdout, "buffer", None)
        for piece in pieces:
            if stream is None:
                sys.stdout.write(piece)
            else:
                stream.write(encoded(piece, sys.stdout))
        if stream is not None:
            stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unwritten(error) from error


class Unwritten(Exception):
    """Stdout cannot be written; its one argument is the error of the system.

    It is none itself: whoever writes a file meanwhile would take it for its own.
    """


def silence_stdout() -> None:
    """Let go of what stdout could not write, which the interpreter would complain about when it closes it."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _obeyed_by_nobody(text: str) -> str:
    """Return a text of which a runner obeys no line; elsewhere it stays as it is."""
    return _COMMAND.sub("· ", text) if any(os.environ.get(name) for name in _RUNNERS) else text


# What a file is to hold: a text, or the pieces of a long one, of which one is held at a time.
Content = str | bytes | Iterable[str]


def write_whole(path: Path, content: Content, mode: int = 0o644) -> None:
    """Write a file whole or not at all; into what is no file, but a device or a pipe. Raises OSError."""
    raw = (content,) if isinstance(content, bytes) else (piece.encode() for piece in _pieces(content))
    if _takes_a_stream(path):
        _write_into(path, raw)
        return
    made = _prepared(path, raw, mode)
    try:
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _prepared(path: Path, raw: bytes | Iterable[bytes], mode: int) -> Path:
    from chorus_config.workspace.replace import prepared  # noqa: PLC0415 - most results go to stdout

    return prepared(path, raw, mode)


def _takes_a_stream(path: Path) -> bool:
    """Tell whether a path names a device or a pipe: it is written into, and never replaced by a file."""
    # Behind /dev/stdout there may stand a file, which is not replaced either.
    return path.exists() and not path.is_dir() and (not path.is_file() or (path.is_symlink() and path.is_relative_to("/dev")))


def _write_into(path: Path, raw: Iterable[bytes]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND), "wb") as stream:
        stream.writelines(raw)


def write_file(path: Path, content: Content, request: Request, *, mode: int = 0o644) -> None:
    """Write a file whole or not at all. Raises Unavailable."""
    try:
        write_whole(path, content, mode)
    except OSError as error:
        raise _unwritable(path, error, request.say) from error


@contextmanager
def written_at_end(file: str | None, text: str, request: Request, *, mode: int = 0o644) -> Iterator[None]:
    """Write a file beside its place, and put it there when the block ended well: until then what was there stays.

    None is no file. Raises Unavailable, before the block when it can be foreseen.
    """
    if file is None:
        yield
        return
    _require_writable(request, file)
    path = request.directory / file
    if _takes_a_stream(path):
        yield
        write_file(path, text, request)
        return
    try:
        made = _prepared(path, text.encode(), mode)
    except OSError as error:
        raise _unwritable(path, error, request.say) from error
    try:
        try:
            yield
        except BrokenPipeError:
            # Whoever read the result has seen enough of it.
            _put(made, path, request)
            raise
        _put(made, path, request)
    finally:
        made.unlink(missing_ok=True)


def _put(made: Path, path: Path, request: Request) -> None:
    try:
        made.replace(path)
    except OSError as error:
        raise _unwritable(path, error, request.say) from error


def _unwritable(path: Path, error: OSError, say: Translator) -> Unavailable:
    return Unavailable(say(_("{path} cannot be written: {why}"), path=path, why=os_reason(error, say)))


def in_colour(choice: str) -> bool:
    """Tell whether stdout is painted: the option, then NO_COLOR, then FORCE_COLOR, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE"):
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def tell(message: str = "", *, nl: bool = True) -> None:
    """Write to stderr what is no result: notes, questions, errors. No IBAN stands in it, wherever it came from.

    Nor does anything that acts: controls are spelt out, and no line is a command to a runner.
    """
    lines = "\n".join(printable(line) for line in masked_text(message).split("\n"))
    click.echo(_obeyed_by_nobody(lines), err=True, nl=nl)


def complain(message: str) -> None:
    """Write one line of error to stderr: a line end that came with a value begins none of ours."""
    tell(printable(f"chorus-config: {message}"))
