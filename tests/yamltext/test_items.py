"""Entries of a list taken out and put in by span: nothing else moves."""

from __future__ import annotations

import pytest

from chorus_config.model.finding import Path
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.items import filled, without_item

LIST = "a: 1\nb:\n# tous\n- k: x # un\n  # à lui\n# deux\n- k: y\n\n# reste\nc: 1\n"


def without(text: str, *path: str | int) -> str:
    return without_item(text.encode(), path).decode()


def test_an_entry_goes_with_its_own_comments() -> None:
    assert without(LIST, "b", 0) == LIST.replace("- k: x # un\n  # à lui\n", "")
    assert without(LIST, "b", 1) == LIST.replace("# deux\n- k: y\n", "")


def test_the_last_one_leaves_an_empty_list() -> None:
    once = without(LIST, "b", 1)
    assert without(once, "b", 0) == "a: 1\nb: []\n# tous\n\n# reste\nc: 1\n"


@pytest.mark.parametrize(
    ("text", "at", "after"),
    [
        ("b: [x, y, z] # c\n", 0, "b: [y, z] # c\n"),
        ("b: [x, y, z]\n", 1, "b: [x, z]\n"),
        ("b: [x, y, z]\n", 2, "b: [x, y]\n"),
        ("b: ['#']\n", 0, "b: []\n"),
        ("b:\n  - x\n  - y", 1, "b:\n  - x"),
        ("b:\r\n  - x\r\n  - y\r\n", 0, "b:\r\n  - y\r\n"),
        ("b:\n  -\n    k: x\n  - k: |\n      # y\n      z\n", 1, "b:\n  -\n    k: x\n"),
        ("\ufeffb:\n  - x\n  - y\n", 0, "\ufeffb:\n  - y\n"),
    ],
)
def test_whatever_the_list_looks_like(text: str, at: int, after: str) -> None:
    assert without(text, "b", at) == after


@pytest.mark.parametrize(
    ("text", "path"),
    [("b: [x, # c\n  y]\n", ("b", 0)), ("b: x\n", ("b", 0)), ("b: [x]\n", ("b", 1)), ("b: [\n", ("b", 0)), (LIST, ("z", 0))],
)
def test_what_cannot_be_taken_out_is_refused(text: str, path: Path) -> None:
    with pytest.raises(CannotEdit):
        without_item(text.encode(), path)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a:\n  b: [] # rien\nc: 1\n", 'a:\n  b: # rien\n    - k: "x"\n      v: true\n    - k: "y"\nc: 1\n'),
        ("a:\n  b: []", 'a:\n  b:\n    - k: "x"\n      v: true\n    - k: "y"'),
        ("a:\r\n  b: [ ]\r\n", 'a:\r\n  b:\r\n    - k: "x"\r\n      v: true\r\n    - k: "y"\r\n'),
    ],
)
def test_an_empty_list_is_filled_with_blocks(text: str, after: str) -> None:
    assert filled(text.encode(), ("a", "b"), [{"k": "x", "v": True}, {"k": "y"}]).decode() == after


@pytest.mark.parametrize("text", ["a: {b: []}\n", "a:\n  b: [x]\n", "a:\n  b:\n    []\n", "a: 1\n"])
def test_a_list_that_cannot_be_filled_is_refused(text: str) -> None:
    with pytest.raises(CannotEdit):
        filled(text.encode(), ("a", "b"), [{"k": "x"}])
