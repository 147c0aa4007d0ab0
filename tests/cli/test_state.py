"""`state`: the group; each of its commands has help, examples that parse, options with an environment variable."""

from __future__ import annotations

import importlib
import shlex
from typing import Any

import click
import pytest

from chorus_config.i18n.translator import translator_for

from .desk import Desk, conforms

GROUPS = {"state": ("list", "show", "forget", "migrate", "backup", "restore"), "lock": ("list", "release")}
EACH = [(group, name) for group, names in GROUPS.items() for name in names]


def made(name: str) -> click.Command:
    """Return a command in English."""
    command: Any = importlib.import_module(f"chorus_config.cli.{name}").command(translator_for("en"))
    assert isinstance(command, click.Command)
    return command


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_lists_its_commands_and_wants_one(bare: Desk, group: str) -> None:
    ended = bare.run(group, "--help")
    assert ended.code == 0
    assert all(f"\n  {name} " in ended.out for name in GROUPS[group])
    for words in ((group,), (group, "bogus")):
        ended = bare.run(*words)
        assert (ended.code, ended.out) == (64, "")
        assert "--help" in ended.err
        document = bare.run(*words, "--format", "json").json
        conforms("locks" if group == "lock" else group, document)
        assert document["error"]["exit_code"] == 64


@pytest.mark.parametrize(("group", "name"), EACH)
def test_each_command_has_help_and_examples_that_parse(bare: Desk, group: str, name: str) -> None:
    ended = bare.run(group, name, "--help")
    assert ended.code == 0
    assert f"Usage: chorus-config {group} {name}" in ended.out
    command = made(f"{group}.{name}")
    examples = [shlex.split(line) for line in ended.out.split("Examples:")[1].splitlines() if line.strip()]
    assert examples
    for words in examples:
        assert words[:3] == ["chorus-config", group, name]
        with command.make_context(name, words[3:]):
            pass
    assert (importlib.import_module(f"chorus_config.cli.{group}.{name}").__doc__ or "").startswith(f"`{group} {name}`")


@pytest.mark.parametrize(("group", "name"), EACH)
def test_each_option_has_help_and_an_environment_variable(group: str, name: str) -> None:
    for param in made(f"{group}.{name}").params:
        if isinstance(param, click.Option) and param.expose_value:
            variables = [param.envvar] if isinstance(param.envvar, str) else [*(param.envvar or ())]
            assert param.help, param.name
            assert variables, param.name
            assert all(variable.startswith("CHORUS_CONFIG_") for variable in variables)


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "json", "state", "list"),
        ("state", "--format", "json", "list"),
        ("state", "list", "--format", "json"),
        ("state", "--format", "text", "list", "--format", "json"),
    ],
)
def test_shared_options_are_understood_at_every_level(approved: Desk, words: tuple[str, ...]) -> None:
    assert approved.run(*words).json["type"] == "state"


def test_c_at_every_level(approved: Desk) -> None:
    above = approved.root.parent
    for words in (("-C", "sditec", "state", "list"), ("state", "-C", "sditec", "list"), ("state", "list", "-C", "sditec")):
        assert "structures/" in approved.run(*words, at=above).out
