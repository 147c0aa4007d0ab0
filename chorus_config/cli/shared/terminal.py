"""The terminal: opening the project of a command line with notes and progress on stderr, and asking questions."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, TypeVar

import click

from chorus_config.app.project import Events, OpenOptions, OpenProject, ReadProject, open_project
from chorus_config.cli.shared.options import Request
from chorus_config.cli.shared.output import tell
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import ProjectFault
from chorus_config.yamltext.characters import cleaned, printable

_PROGRESS_FROM: Final = 400
# Of fewer, that take long all the same, it is shown from then on (seconds).
_PROGRESS_AFTER: Final = 1.0
Item = TypeVar("Item")


def open_options(request: Request, *, ready: bool = False) -> OpenOptions:
    """Return how a command line wants its project opened."""
    events = Events(partial(_note, request), partial(_track, request))
    return OpenOptions(request.directory, request.config, request.lang, request.as_of, request.paths, ready, events)


def opened(request: Request, *, ready: bool = False, read: ReadProject | None = None) -> OpenProject:
    """Open the project of a command line. Raises like `open_project`."""
    return open_project(open_options(request, ready=ready), read=read)


def language_of(request: Request) -> Translator:
    """Return the language of the project; an invalid project file is no reason not to explain what makes it so."""
    try:
        return opened(request).say
    except ProjectFault:
        return request.say


def _note(request: Request, message: str) -> None:
    if not request.quiet:
        # A note is one line, whatever the values in it hold.
        tell(printable(message))


def _track(request: Request, items: Iterable[Item], count: int | None, label: str) -> Iterator[Item]:
    """Show progress on stderr when items are many, take long, or nobody knows how many.

    On a terminal only: a log would keep it all.
    """
    if request.quiet or os.environ.get("CI") or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    left, done, since = iter(items), 0, time.monotonic()
    while count is not None and count < _PROGRESS_FROM and time.monotonic() - since < _PROGRESS_AFTER:
        try:
            item = next(left)
        except StopIteration:
            return
        done += 1
        yield item
    with click.progressbar(left, length=count, label=label, file=sys.stderr) as shown:
        shown.update(done)
        yield from shown


_YES: Final = frozenset({"y", "yes", "o", "oui"})


def answer(question: str) -> str | None:
    """Ask and return the line without what no text may hold, None at the end of the input."""
    tell(question, nl=False)
    try:
        line = sys.stdin.readline() if sys.stdin is not None else ""
    except UnicodeDecodeError:
        # Whatever it was, it is no answer: it is asked again.
        line = "\n"
    # Only a terminal shows the line that ends an answer.
    if not (line.endswith("\n") and sys.stdin.isatty()):
        tell()
    return cleaned(line.encode("utf-8", "replace").decode()).strip() if line else None


def agreed(question: str) -> bool:
    """Ask for a yes; anything else, the end of the input too, is a no."""
    return (answer(question) or "").casefold() in _YES


def is_asked_on_terminal() -> bool:
    """Tell whether somebody sits at a terminal who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()
