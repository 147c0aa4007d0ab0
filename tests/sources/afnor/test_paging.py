"""Reading a search to its end, and telling when that cannot be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chorus_config.sources.afnor.paging import NOTHING, PAGE, PARTIAL, NotWhole, Page, read_pages


def entries(first: int, count: int) -> tuple[dict[str, Any], ...]:
    return tuple({"number": number} for number in range(first, first + count))


def serving(total: int, most: int = PAGE, *, told: int | None = -1, status: Callable[[bool], int] = lambda _rest: 200) -> Any:
    """Return a platform with so many entries, `most` a page; `told` is the total that it says (-1: the true one)."""
    asked: list[int] = []

    def ask(limit: int, ignore: int) -> Page:
        asked.append(ignore)
        count = max(0, min(limit, most, total - ignore))
        rest = ignore + count < total
        return Page(status(rest), entries(ignore, count), total if told == -1 else told) if count else Page(NOTHING)

    return ask, asked


def playing(*pages: Page) -> tuple[Any, list[int]]:
    """Return a platform that gives these pages one after the other, whatever is asked."""
    left: Iterator[Page] = iter(pages)
    asked: list[int] = []

    def ask(_limit: int, ignore: int) -> Page:
        asked.append(ignore)
        return next(left)

    return ask, asked


@pytest.mark.parametrize("total", [0, 1, 99, 100, 101, 250])
def test_all_pages_are_read(total: int) -> None:
    ask, asked = serving(total)
    assert len(read_pages(ask)) == total
    assert asked == [*range(0, max(total, 1), PAGE)]


def test_204_is_nothing() -> None:
    ask, _asked = playing(Page(NOTHING))
    assert read_pages(ask) == []


def test_a_platform_that_serves_less_than_asked_is_read_on_where_it_stopped() -> None:
    ask, asked = serving(70, most=30)
    assert [entry["number"] for entry in read_pages(ask)] == [*range(70)]
    assert asked == [0, 30, 60]


def test_206_is_never_taken_as_whole() -> None:
    """The platform cuts its list at 100 and says that there are 100: only the next page shows that there are more."""
    ask, asked = playing(
        Page(PARTIAL, entries(0, 100), 100), Page(PARTIAL, entries(100, 100), 100), Page(200, entries(200, 5), 100)
    )  # fmt: skip
    assert len(read_pages(ask)) == 205
    assert asked == [0, 100, 200]


def test_206_and_then_nothing_without_a_total_is_not_whole() -> None:
    ask, _asked = playing(Page(PARTIAL, entries(0, 100)), Page(NOTHING))
    with pytest.raises(NotWhole) as fault:
        read_pages(ask)
    assert (fault.value.got, fault.value.total) == (100, None)


def test_206_on_every_page_is_whole_when_the_total_was_reached() -> None:
    ask, asked = serving(150, status=lambda _rest: PARTIAL)
    assert len(read_pages(ask)) == 150
    assert asked == [0, 100, 150]


def test_206_below_the_total_and_then_nothing_is_not_whole() -> None:
    ask, _asked = playing(Page(PARTIAL, entries(0, 100), 300), Page(NOTHING))
    with pytest.raises(NotWhole) as fault:
        read_pages(ask)
    assert (fault.value.got, fault.value.total) == (100, 300)


@pytest.mark.parametrize("last", [Page(NOTHING), Page(200, (), 250)])
def test_an_empty_page_before_the_end_is_not_the_end(last: Page) -> None:
    ask, _asked = playing(Page(200, entries(0, 100), 250), last)
    with pytest.raises(NotWhole) as fault:
        read_pages(ask)
    assert (fault.value.got, fault.value.total) == (100, 250)


def test_without_a_total_an_empty_page_is_the_end() -> None:
    ask, asked = serving(130, told=None)
    assert len(read_pages(ask)) == 130
    assert asked == [0, 100, 130]


def test_a_total_that_changes_under_way_makes_it_begin_again() -> None:
    first = (Page(200, entries(0, 100), 150), Page(200, entries(100, 51), 151))
    ask, asked = playing(*first, Page(200, entries(0, 100), 151), Page(200, entries(100, 51), 151))
    assert len(read_pages(ask)) == 151
    assert asked == [0, 100, 0, 100]


def test_an_entry_that_comes_again_makes_it_begin_again() -> None:
    """One was added in front: the total is the same, since another went, and a page slid past the reader."""
    first = (Page(200, entries(0, 100), 150), Page(200, entries(99, 50), 150))
    ask, asked = playing(*first, Page(200, entries(0, 100), 150), Page(200, entries(100, 50), 150))
    assert [entry["number"] for entry in read_pages(ask)] == [*range(150)]
    assert asked == [0, 100, 0, 100]


def test_what_never_stands_still_is_not_whole() -> None:
    ask, asked = playing(*(page for _reading in range(3) for page in (Page(200, entries(0, 100), 150), Page(200, (), 149))))
    with pytest.raises(NotWhole):
        read_pages(ask)
    assert asked == [0, 100] * 3


def test_a_platform_that_always_gives_the_same_page_is_not_read_for_ever() -> None:
    asked = []

    def ask(_limit: int, ignore: int) -> Page:
        asked.append(ignore)
        return Page(200, entries(0, 100), 500)

    with pytest.raises(NotWhole):
        read_pages(ask)
    assert asked == [0, 100] * 3


def test_a_platform_that_never_ends_is_given_up() -> None:
    def ask(_limit: int, ignore: int) -> Page:
        return Page(206, ({"number": ignore},), None)

    with pytest.raises(NotWhole) as fault:
        read_pages(ask)
    assert fault.value.got == 2_000


def test_twice_the_same_entry_on_one_page_is_no_sign_of_change() -> None:
    ask, _asked = playing(Page(200, ({"a": 1}, {"a": 1}), 2))
    assert len(read_pages(ask)) == 2
