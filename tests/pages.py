"""The pages of docs/ as something that is done: their blocks in order, with what a comment beside a block says of it.

A comment before a block, which nobody sees on a page, is one of:

    <!-- test: begin NAME -->         a new folder, prepared by the set-up of that name (`tests/test_docs_run.py`)
    <!-- test: not run, REASON -->    the block cannot run here: a network, another machine, a question
    <!-- test: exit CODE… -->         its commands end so, one after another; all others end with 0
    <!-- test: write PATH -->         the block is what a reader writes into that file
    <!-- test: append PATH -->        the block is what a reader adds to that file
    <!-- test: insert PATH before TEXT -->    the same, in front of the first line with that text
"""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DOCS: Final = Path(__file__).parents[1] / "docs"
_PART: Final = re.compile(
    r"<!-- test: (?P<mark>.*?) -->|^(?P<blank> *)```(?P<kind>\w*)\n(?P<text>.*?)^ *```$", re.DOTALL | re.MULTILINE
)
_MARKS: Final = ("begin ", "not run, ", "exit ", "write ", "append ", "insert ")
_PROGRAMS: Final = ("chorus-config ", "git ", "pre-commit ", "cd ")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: `begin`, `run`, `write`, `append`, or `skip` for a block that is not run; with its words or its text."""

    do: str
    what: str
    text: str = ""
    code: int = 0


def steps(page: str) -> Iterator[Step]:
    """Yield what a page has its readers do, in its order."""
    mark = ""
    for found in _PART.finditer((DOCS / page).read_text(encoding="utf-8")):
        if found["mark"]:
            assert not mark, (page, mark)
            assert found["mark"].startswith(_MARKS), found["mark"]
            mark = found["mark"]
            if mark.startswith("begin "):
                yield Step("begin", mark.removeprefix("begin "))
                mark = ""
            continue
        block = textwrap.dedent(found["text"])
        if mark.startswith("not run, "):
            yield Step("skip", mark.removeprefix("not run, "), block)
        elif mark.startswith(("write ", "append ")):
            do, _blank, path = mark.partition(" ")
            yield Step(do, path, block)
        elif mark.startswith("insert "):
            # As far to the right as on the page, but for the list on the page that it stands in.
            yield Step("insert", mark.removeprefix("insert "), re.sub(f"(?m)^{found['blank']}", "", found["text"]))
        elif found["kind"] == "console":
            lines = commands(block)
            codes = [int(code) for code in mark.removeprefix("exit ").split()] or [0] * len(lines)
            yield from (Step("run", line, code=code) for line, code in zip(lines, codes, strict=True))
        mark = ""
    assert not mark, (page, mark)


def commands(block: str) -> list[str]:
    """Return the commands of a console block: all its lines, or those after a `$` where it shows answers, too."""
    lines = [line for line in block.replace("\\\n", " ").splitlines() if line.strip()]
    shown = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")] or lines
    assert all(line.startswith(_PROGRAMS) for line in shown), shown
    return shown


def words(line: str) -> list[str]:
    """Return the words of a command, without the remark behind it."""
    return shlex.split(line, comments=True)


def inline(page: str) -> list[str]:
    """Return the commands that a page names in its sentences and tables, each once."""
    text = re.sub(r"^ *```.*?^ *```$", "", (DOCS / page).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return list(dict.fromkeys(" ".join(found.split()) for found in re.findall(r"`(chorus-config [^`]+)`", text)))
