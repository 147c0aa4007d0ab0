from __future__ import annotations

from typing import Any

import pytest

from chorus_config.sources.piste.paging import ListFault, whole


class Pages:
    """Answers pages one after the other; the last one for ever."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = answers
        self.asked: list[int] = []

    def __call__(self, page: int) -> dict[str, Any]:
        self.asked.append(page)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


def page(*ids: int, **counts: Any) -> dict[str, Any]:
    return {"rows": [{"id": one} for one in ids], **({"parametresRetour": counts} if counts else {})}


def read(pages: Pages) -> list[Any]:
    return [row["id"] for row in whole(pages, "rows", "id")]


@pytest.mark.parametrize(
    ("answers", "found", "calls"),
    [
        ([page(1, 2, pages=1, total=2)], [1, 2], 1),
        ([page(1, pages=2, total=2), page(2, pages=2, total=2)], [1, 2], 2),
        ([page(pages=0, total=0)], [], 1),
        ([page(pageCourante=0, pages=0, total=0)], [], 1),
        ([{}], [], 1),
        ([{"rows": None, "parametresRetour": None}], [], 1),
        ([{"rows": {"id": 1}, "parametresRetour": {"pages": 1, "total": 1}}], [1], 1),
        ([page(1, pages="1", total="1")], [1], 1),
        # Without a number of pages: until nothing new comes.
        ([page(1, 2), page(3), page()], [1, 2, 3], 3),
        ([page(1, 2), page(1, 2)], [1, 2], 2),
        ([page(1, total=1), page(total=1)], [1], 2),
    ],
)
def test_a_whole_list(answers: list[Any], found: list[int], calls: int) -> None:
    pages = Pages(*answers)
    assert read(pages) == found
    assert pages.asked == [*range(1, calls + 1)]


@pytest.mark.parametrize(
    ("answers", "told", "calls"),
    [
        ([page(1, pages=3, total=2), page(pages=3, total=2)], "empty before the last", [1, 2, 1]),
        ([page(1, pages=2, total=2), page(1, pages=2, total=2)], "more or fewer rows", [1, 2, 1, 2]),
        ([page(1, pages=1, total=2)], "more or fewer rows", [1, 1]),
        ([page(1, pages=1, pageCourante=2)], "another page came", [1]),
        ([{"rows": [1]}], "no list where one is due", [1]),
        ([{"rows": "x"}], "no list where one is due", [1]),
        ([{"rows": [{"id": 1.5}]}], "no technical number", [1]),
    ],
)
def test_a_list_that_is_not_whole(answers: list[Any], told: str, calls: list[int]) -> None:
    pages = Pages(*answers)
    with pytest.raises(ListFault) as raised:
        whole(pages, "rows", "id")
    assert told in raised.value.message
    # One that moved is read once more.
    assert pages.asked[: len(calls)] == calls


def test_a_list_without_end() -> None:
    with pytest.raises(ListFault, match="more pages than is credible"):
        whole(page, "rows", "id")
    with pytest.raises(ListFault, match="more pages than is credible"):
        whole(lambda number: page(number, pages=10**9, total=10**9), "rows", "id")
