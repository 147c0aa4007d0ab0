"""Several calls at once, in the order of what they are made for; the first that fails stops all."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Event, Lock
from typing import TypeVar

from chorus_config.sources.http.faults import StoppedCall

Item = TypeVar("Item")
Result = TypeVar("Result")


def _unbroken() -> None:
    """Leave what waits to itself: it sees the stop."""


def in_order(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    most: int,
    stop: Event,
    break_off: Callable[[], None] = _unbroken,
) -> Generator[Result]:
    """Yield what a function makes of items, in their order, `most` at once. Raises the first error, once nothing runs any more.

    `stop` is set while what runs is to end, and `break_off` then ends what waits; the function raises StoppedCall.
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
            break_off()
            raise

    pool = ThreadPoolExecutor(max_workers=most)
    try:
        yield from _results(pool, watched, items, 2 * most)
    except StoppedCall:
        # It was stopped for another: that one says why.
        raise next((error for error in failed if not isinstance(error, StoppedCall)), failed[0]) from None
    except BaseException:
        # Also the end of the program at the keyboard, and who turns away: nobody waits for a server that is silent.
        stop.set()
        break_off()
        raise
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)
        stop.clear()


def _results(pool: Executor, function: Callable[[Item], Result], items: Iterable[Item], ahead: int) -> Generator[Result]:
    """Yield the results in the order of the items, of which so many are drawn ahead."""
    waiting: deque[Future[Result]] = deque()
    for item in items:
        waiting.append(pool.submit(function, item))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
