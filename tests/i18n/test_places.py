"""Whoever says a message fills every place that it names: nothing else would tell before a user meets it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import chorus_config

PACKAGE = Path(chorus_config.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))


def said(path: Path) -> Iterator[tuple[int, str, set[str]]]:
    """Yield line, message and filled places of each call that says a message which stands in the call itself."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call) or not ast.unparse(call.func).endswith(("say", "_say", "say.count", "note")):
            continue
        given = {keyword.arg for keyword in call.keywords}
        if None not in given:
            filled = {name for name in given if name} | ({"n"} if ast.unparse(call.func).endswith("count") else set())
            yield from ((call.lineno, message, filled) for message in messages(call.args))


def messages(nodes: list[ast.expr]) -> Iterator[str]:
    """Yield the messages that stand in arguments, on either side of a condition too."""
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from messages([node.body, node.orelse])
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "_" and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_place_of_a_message_is_filled(path: Path) -> None:
    for line, message, filled in said(path):
        named = {name for _text, name, _form, _conversion in Formatter().parse(message) if name}
        assert named <= filled, f"{path.name}:{line}: {message}"


def test_most_messages_are_looked_at() -> None:
    assert sum(1 for path in MODULES for _said in said(path)) > 150
