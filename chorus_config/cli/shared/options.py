"""The options that commands share, each also as a `CHORUS_CONFIG_…` environment variable."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click
from click.core import ParameterSource
from msgspec import Struct

from chorus_config.cli.shared.completion import complete_format
from chorus_config.cli.shared.metavars import in_language, metavar_text
from chorus_config.i18n.translator import CATALOGUES, DOMAIN, Language, Translator, _
from chorus_config.model.errors import UsageFault
from chorus_config.schema.packaged import is_date
from chorus_config.yamltext.characters import shown


def asked_in(words: Sequence[str]) -> str | None:
    """Return the `--lang` of a command line that has not been parsed yet: help and usage errors need it."""
    asked = None
    for index, word in enumerate(words):
        if word == "--lang" and index + 1 < len(words):
            asked = words[index + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked


def use_language(chosen: Language) -> None:
    """Have click's own words (Usage, Options, errors) come from our catalogue too."""
    os.environ["LANGUAGE"] = chosen
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)


Run = Callable[["Request"], int]

# What stands for the commands of a group in its help.
SUBCOMMAND: Final = "COMMAND [ARGS]..."
SHARED: Final = ("directory", "config", "format", "lang", "as_of", "color", "quiet", "debug")


class Request(Struct, frozen=True):
    """One call of a command: the shared options, its own options and arguments by name, and the language asked for so far."""

    directory: Path
    config: str | None
    formats: tuple[str, ...]
    lang: str | None
    as_of: date | None
    color: str
    quiet: bool
    own: Mapping[str, Any]
    say: Translator

    @property
    def paths(self) -> tuple[str, ...]:
        """The files and folders that were named."""
        return tuple(self.own.get("paths", ()))


class CommandHelp(Struct, frozen=True):
    """What a command shows of itself: its help, examples that work as they stand, its own parameters."""

    help: str
    examples: Sequence[str]
    params: Sequence[click.Parameter]


def make_command(name: str, run: Run, about: CommandHelp, say: Translator) -> click.Command:
    """Return a click command with the shared options, whose callback runs `run` and returns its exit code."""
    shown = "\n".join(f"  {example}" for example in about.examples)
    title = say(_("Examples:"))
    epilog = f"\b\n{title}\n{shown}"

    def _callback(**given: Any) -> int:
        return run(_request(click.get_current_context(), given, say))

    return click.Command(
        name,
        callback=_callback,
        help=about.help,
        epilog=epilog,
        params=in_language([*about.params, *shared(say), help_option(say)], say),
        add_help_option=False,
        short_help=about.help.split("\n", 1)[0],
    )


def shared(say: Translator) -> list[click.Parameter]:
    """Return fresh shared options; they are understood before and after the command's name."""
    return [
        click.Option(
            ["-C", "directory"], metavar="DIR", envvar=["CHORUS_CONFIG_DIRECTORY", "CHORUS_CONFIG_C"],
            help=say(_("Work as if started in DIR.")),
        ),
        click.Option(
            ["--config"], metavar="FILE", envvar="CHORUS_CONFIG_CONFIG",
            help=say(_("The project file (default: the nearest chorus-config.yaml, here or above).")),
        ),
        click.Option(
            ["--format"], metavar="FMT[:FILE]", multiple=True, envvar="CHORUS_CONFIG_FORMAT", shell_complete=complete_format,
            help=say(_("How to show the result; repeatable, with :FILE for each beyond the first.")),
        ),
        click.Option(
            ["--lang"], type=click.Choice(["fr", "en"]), envvar="CHORUS_CONFIG_LANG",
            help=say(_("Language of the texts (default: the project's, else English in an English locale, else French).")),
        ),
        click.Option(
            ["--as-of"], metavar="DATE", envvar="CHORUS_CONFIG_AS_OF",
            help=say(_("The day whose rules and portal are meant (default: the project's date_de_reference, else today).")),
        ),
        click.Option(
            ["--color"], type=click.Choice(["auto", "always", "never"]), envvar="CHORUS_CONFIG_COLOR",
            help=say(_("Colour: on a terminal by default.")),
        ),
        click.Option(
            ["--quiet", "-q"], is_flag=True, envvar="CHORUS_CONFIG_QUIET", help=say(_("No progress and no notes.")),
        ),
        click.Option(
            ["--debug"], is_flag=True, hidden=True, envvar="CHORUS_CONFIG_DEBUG",
            help=say(_("Show where an internal error is.")),
        ),
    ]  # fmt: skip


def help_option(say: Translator) -> click.Option:
    """Return `--help`. That of click asks for all texts of the catalogue, where few runs show help."""
    return click.Option(
        ["--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
        help=say(_("Show this message and exit.")),
    )  # fmt: skip


def _show_help(context: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(context.get_help(), color=context.color)
        context.exit()


def _request(context: click.Context, given: dict[str, Any], say: Translator) -> Request:
    """Merge what stands before and after the command's name; what stands after wins."""
    merged = {name: _chosen(name, given.pop(name, None), context) for name in SHARED}
    return Request(
        directory=Path(merged["directory"] or "."),
        config=merged["config"],
        formats=tuple(merged["format"] or ()),
        lang=merged["lang"],
        as_of=day_written(merged["as_of"], say),
        color=merged["color"] or "auto",
        quiet=bool(merged["quiet"]),
        own=given,
        say=say,
    )


def _chosen(name: str, inner: Any, context: click.Context) -> Any:
    """Return what was written after the command, else before it, else in the environment."""
    at: click.Context | None = context
    while at is not None:
        if at.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            return inner if at is context else at.params.get(name)
        at = at.parent
    return inner


def day_written(text: str | None, say: Translator) -> date | None:
    """Return the day that an option names, None for none. Raises UsageFault for what is no day."""
    if not text:
        return None
    if not is_date(text):
        raise UsageFault(say(_("{value} is not a day written YYYY-MM-DD"), value=f'"{text}"'))
    return date.fromisoformat(text)


def require_known(word: str, names: Sequence[str], context: click.Context, say: Translator) -> None:
    """Raise click's usage error, with the nearest name, for a word that is no command; what looks like an option is click's."""
    if word in names or word.startswith("-"):
        return
    from chorus_config.schema.lookup import nearest  # noqa: PLC0415 - only a slip pays for it

    close = nearest(word, names, 0.5)
    message = _("{word} is no command; the nearest is {close}") if close else _("{word} is no command; there are: {known}")
    raise click.UsageError(say(message, word=shown(word), close=close, known=", ".join(names)), context)


class _Group(click.Group):
    """A group that imports a command only when it is called or listed."""

    def __init__(self, name: str, names: Sequence[str], about: CommandHelp, say: Translator) -> None:
        shown = "\n".join(f"  {example}" for example in about.examples)
        super().__init__(
            name,
            params=in_language([*about.params, *shared(say), help_option(say)], say),
            add_help_option=False,
            subcommand_metavar=metavar_text(SUBCOMMAND, say),
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

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names, or say which one was probably meant."""
        require_known(args[0], self._names, ctx, self._say)
        return super().resolve_command(ctx, args)


def make_group(name: str, names: Sequence[str], about: CommandHelp, say: Translator) -> click.Group:
    """Return a command whose commands are those named; the shared options are understood before and after each of them."""
    return _Group(name, names, about, say)
