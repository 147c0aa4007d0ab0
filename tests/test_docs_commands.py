"""Each command that a page names is one: it, its options, the rules and kinds that it is given exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import click
import pytest

from chorus_config.cli.main import COMMANDS
from chorus_config.i18n.translator import translator_for
from chorus_config.rules.catalogue import RULES

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE: Final = re.compile(r"```(?:console|sh|bash|text)?\n(.*?)```", re.DOTALL)
INLINE: Final = re.compile(r"`(chorus-config [^`\n]+)`")
# What stands for something that the reader has: a word in capitals, in brackets, or an ellipsis.
PLACEHOLDER: Final = re.compile(r"^(?:\[.*\]|…|[A-ZÈÉ_]+…?)$")
SAY: Final = translator_for("fr")


def written(page: Path) -> Iterator[str]:
    """Yield the command lines of a page, those in a sentence and those in a block."""
    text = page.read_text(encoding="utf-8")
    yield from INLINE.findall(FENCE.sub("", text))
    for block in FENCE.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            found = re.match(r"^(?:\$ |(?:\.venv|venv)/bin/)?(chorus-config .*)", line.strip())
            if found:
                yield found[1]


def commands() -> list[tuple[str, str]]:
    """Return each command line with its page."""
    found = [(page.relative_to(ROOT).as_posix(), line) for page in PAGES for line in written(page)]
    return list(dict.fromkeys(found))


def parsed(words: list[str]) -> None:
    """Read a command line as the program does. Raises UsageError for what it would refuse."""
    name, *rest = words
    assert name in COMMANDS, name
    command: click.Command = import_module(f"chorus_config.cli.{name}").command(SAY)
    while isinstance(command, click.Group):
        inner = command.get_command(click.Context(command), rest[0])
        assert inner is not None, rest[0]
        command, rest = inner, rest[1:]
    with command.make_context(name, rest):
        pass


def is_meant(word: str) -> bool:
    """Tell whether a word is what is typed, not what the reader puts there."""
    return not PLACEHOLDER.match(word)


@pytest.mark.parametrize(("page", "line"), commands())
def test_a_command_of_a_page_is_one(page: str, line: str) -> None:
    words = [word for word in shlex.split(re.split(" [|>] ", line)[0], comments=True)[1:] if not word.startswith("[")]
    if words and words[0].startswith("-"):
        return
    name = words[0]
    if name == "explain" and len(words) > 1 and is_meant(words[1]):
        assert words[1] in RULES, page
    numbered = ["1" if word in {"NUMÉRO", "N", "SERIAL"} else word for word in words]
    try:
        parsed(numbered)
    except click.MissingParameter:
        # In a sentence a command is named without all that it needs.
        assert f"`{line}`" in (ROOT / page).read_text(encoding="utf-8")


def test_there_are_many() -> None:
    assert len(commands()) > 60
    assert {words.split()[1] for _page, words in commands()} >= {*COMMANDS}
