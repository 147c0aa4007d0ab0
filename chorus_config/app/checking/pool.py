"""Checking files in several processes at once; what comes out, and its order, is what one process gives."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date
from itertools import islice
from multiprocessing import connection, get_all_start_methods, get_context, parent_process
from multiprocessing.synchronize import Event
from typing import Any, Final

from msgspec import Struct

from chorus_config.app.checking.judge import judged
from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import TrackedDay
from chorus_config.model.project import ProjectConfig
from chorus_config.workspace.folder import Files, ProjectFiles
from chorus_config.workspace.verdict_cache import Remembered

# Large enough that handing one over costs nothing beside checking it, small enough that no process waits long for the last.
_CHUNK: Final = 64


class _Work(Struct, frozen=True):
    """What every process needs to know, as plain data: another process may have to be started from nothing."""

    files: ProjectFiles
    day: date
    language: Language
    config: ProjectConfig
    ready: bool

    @property
    def settings(self) -> CheckSettings:
        """What checks are judged by."""
        return CheckSettings(TrackedDay(self.day), translator_for(self.language), self.config, self.ready)


def judged_in_processes(files: Files, project: ProjectFiles, settings: CheckSettings, processes: int) -> Iterator[Remembered]:
    """Check files in so many processes, and yield what is to be remembered of each, in their order.

    Should one of the processes die (the system may be short of memory), this one does the rest.
    """
    work = _Work(project, settings.day, settings.say.language, settings.project, settings.ready)
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    done = 0
    try:
        for chunk, rows in zip(chunks, _results(chunks, work, processes), strict=True):
            done += 1
            # The paths are those that are here already.
            yield from (Remembered(path, *row) for (path, _kind), row in zip(chunk, rows, strict=True))
    except BrokenProcessPool:
        for chunk in islice(chunks, done, None):
            yield from judged(chunk, project, settings)


def _results(chunks: Sequence[Files], work: _Work, processes: int) -> Iterator[list[tuple[Any, ...]]]:
    context = get_context("fork" if _may_fork() else "spawn")
    count = min(processes, len(chunks))
    stop = context.Event()
    with ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(work, stop)) as pool:
        try:
            with _uninterrupted():
                found = pool.map(_judge, chunks)
            yield from found
        finally:
            # Interrupted, or nobody wants the rest: none of the processes goes on with what it has before it.
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let an interruption wait until all processes are there: in the middle of a copy, Python would tell of it and go on."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _may_fork() -> bool:
    """Tell whether a copy of this process can go on: not where threads hold locks, nor on systems that do not bear it."""
    return sys.platform.startswith("linux") and "fork" in get_all_start_methods() and threading.active_count() == 1


class _Place(Struct, frozen=True):
    """What this process works on, where it is one of several, and what tells it to stop."""

    work: _Work
    stop: Event


_place: list[_Place] = []


def _begin(work: _Work, stop: Event) -> None:
    # Whoever interrupts, interrupts the first process, which stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _place[:] = [_Place(work, stop)]


def _leave_with_parent() -> None:
    """End this process when the first one is gone: killed, it can end nobody."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _judge(files: Files) -> list[tuple[Any, ...]]:
    (place,) = _place
    found = []
    for one in judged(files, place.work.files, place.work.settings):
        if place.stop.is_set():
            break
        found.append((one.look, one.digest, one.row))
    return found
