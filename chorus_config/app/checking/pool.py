"""Work on files in several processes at once; what comes out, and its order, is what one process gives."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import connection, get_all_start_methods, get_context, parent_process
from multiprocessing.synchronize import Event
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from chorus_config.workspace.folder import Files

Result_co = TypeVar("Result_co", covariant=True)


class Work(Protocol[Result_co]):
    """What is to be done with files: plain data, since another process may have to be started from nothing."""

    def results(self, files: Files) -> Iterator[Result_co]:
        """Yield what comes of each file, in their order."""


def in_processes(files: Files, work: Work[Result_co], processes: int, chunk: int) -> Iterator[Result_co]:
    """Do a work on files in so many processes, and yield what comes of each, in their order.

    A process is handed `chunk` files at a time: so many that handing them over costs nothing beside the work, and so few that
    no process waits long for the last. Should one die (the system may be short of memory), this one does the rest.
    """
    chunks = [files[start : start + chunk] for start in range(0, len(files), chunk)]
    done = 0
    try:
        for results in _results(chunks, work, processes):
            done += 1
            yield from results
    except BrokenProcessPool:
        for left in islice(chunks, done, None):
            yield from work.results(left)


def _results(chunks: Sequence[Files], work: Work[Result_co], processes: int) -> Iterator[list[Result_co]]:
    context = get_context("fork" if _may_fork() else "spawn")
    count = min(processes, len(chunks))
    stop = context.Event()
    with ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(work, stop)) as pool:
        try:
            with _uninterrupted():
                found = pool.map(_work, chunks)
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

    work: Work[Any]
    stop: Event


_place: list[_Place] = []


def _begin(work: Work[Any], stop: Event) -> None:
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


def _work(files: Files) -> list[Any]:
    (place,) = _place
    found = []
    for one in place.work.results(files):
        if place.stop.is_set():
            break
        found.append(one)
    return found
