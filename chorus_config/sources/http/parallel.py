"""Several calls at once, in the order of what they are made for; the first that fails stops all."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock
from typing import TypeVar

from chorus_config.sources.http.faults import StoppedCall

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(function: Callable[[Item], Result], items: Iterable[Item], most: int, stop: Event) -> Generator[Result]:
    """Yield what a function makes of items, in their order, `most` at once. Raises the first error, once nothing runs any more.

    `stop` is set while what runs is to end; the function raises StoppedCall then.
    """
    failed: list[BaseException] = []
    lock = Lock()

    def watched(item: Item) -> Result:
        """Note who fails, and stop the others."""
        try:
            return function(item)
        except BaseException as error:
            with lock:
                failed.append(error)
            stop.set()
            raise

    waiting: deque[Future[Result]] = deque()
    pool = ThreadPoolExecutor(max_workers=most)
    try:
        for item in items:
            waiting.append(pool.submit(watched, item))
            if len(waiting) >= 2 * most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except StoppedCall:
        # It was stopped for another: that one says why.
        raise next((error for error in failed if not isinstance(error, StoppedCall)), failed[0]) from None
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)
        stop.clear()
