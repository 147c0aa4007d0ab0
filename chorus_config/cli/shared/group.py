"""Commands that have commands of their own, one file each: `state list` is `cli/state/list.py`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

from chorus_config.cli.shared.options import CommandHelp, shared
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator


class _Group(click.Group):
    """A group that imports a command only when it is called or listed."""

    def __init__(self, name: str, names: Sequence[str], about: CommandHelp, say: Translator) -> None:
        shown = "\n".join(f"  {example}" for example in about.examples)
        super().__init__(
            name,
            params=[*about.params, *shared(say)],
            help=about.help,
            epilog=f"\b\n{say(_('Examples:'))}\n{shown}",
            short_help=about.help.split("\n", 1)[0],
            no_args_is_help=False,
        )
        self._names = (*names,)
        self._say = say

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the work."""
        return [*self._names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command."""
        if cmd_name not in self._names:
            return None
        made: click.Command = import_module(f"chorus_config.cli.{self.name}.{cmd_name}").command(self._say)
        return made


def make_group(name: str, names: Sequence[str], about: CommandHelp, say: Translator) -> click.Group:
    """Return a command whose commands are those named; the shared options are understood before and after each of them."""
    return _Group(name, names, about, say)
