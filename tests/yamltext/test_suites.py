"""Inputs that we did not write: the Big List of Naughty Strings, in every way of writing a text."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from chorus_config.yamltext.characters import cleaned
from chorus_config.yamltext.values import boolean

from .reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

SUITES = Path(__file__).parents[3] / "shared" / "suites"


@pytest.fixture(scope="module")
def naughty() -> list[str]:
    """The strings; their absence is said loudly, and is a failure where tests must be complete."""
    path = SUITES / "blns" / "blns.json"
    if not path.is_file():
        reason = f"THE BIG LIST OF NAUGHTY STRINGS IS NOT THERE: {path}; what it checks was NOT checked"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    strings = [str(string) for string in json.loads(path.read_text(encoding="utf-8"))]
    assert len(strings) > 500
    return strings


def escaped(text: str) -> str:
    """Write a text between double quotes, all but letters and digits escaped."""
    return '"' + "".join(sign if sign.isascii() and sign.isalnum() else f"\\U{ord(sign):08x}" for sign in text) + '"'


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda text: "k: '" + text.replace("'", "''") + "'\n", id="single quotes"),
        pytest.param(lambda text: f"k: {escaped(text)}\n", id="double quotes"),
        pytest.param(lambda text: f"k: |2-\n  {text}\n", id="literal block"),
        pytest.param(lambda text: f"? {escaped(text)}\n: k\n", id="key"),
    ],
)
def test_a_naughty_string_comes_back_unless_it_is_told(naughty: list[str], write: Callable[[str], str]) -> None:
    for string in naughty:
        parsed = read(write(string))
        assert isinstance(parsed.data, dict)
        ((key, value),) = parsed.data.items()
        assert (value if key == "k" else key) == cleaned(string)
        assert {fault.rule for fault in parsed.faults} == (set() if cleaned(string) == string else {"CP002"}), string


def test_a_naughty_string_without_quotes_is_read_as_written_or_told(naughty: list[str]) -> None:
    same = 0
    for string in naughty:
        source = f"k: {string}\n"
        parsed = read(source)
        if parsed.data == {"k": boolean(string) if boolean(string) is not None else string}:
            same += 1
        elif not parsed.faults:
            # Spaces around it, a comment sign, quotes of its own: the source says another text, to every reader.
            assert parsed.data == yaml.load(source, Loader=yaml.CBaseLoader)  # noqa: S506
    assert same > 350
