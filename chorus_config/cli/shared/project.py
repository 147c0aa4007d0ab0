"""Opening the project that a command line is about, with notes and progress on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial

import click

from chorus_config.app.events import Events
from chorus_config.app.project import OpenOptions, OpenProject, ReadProject, open_project
from chorus_config.cli.shared.options import Request
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import ProjectFault
from chorus_config.model.text_file import TextFile

_PROGRESS_FROM = 400


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
        click.echo(message, err=True)


def _track(request: Request, texts: Iterable[TextFile], count: int, label: str) -> Iterator[TextFile]:
    """Show progress on stderr when files are many; the bar itself shows on a terminal only."""
    if count < _PROGRESS_FROM or request.quiet or os.environ.get("CI"):
        yield from texts
        return
    with click.progressbar(texts, length=count, label=label, file=sys.stderr) as shown:
        yield from shown
