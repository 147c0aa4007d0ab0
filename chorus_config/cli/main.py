"""The one door: it finds the command, and turns every end into an exit code and words for a person."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

import click

from chorus_config import __version__
from chorus_config.app.project import language
from chorus_config.cli.shared.console import prepare_streams
from chorus_config.cli.shared.metavars import in_language, metavar_text
from chorus_config.cli.shared.options import SUBCOMMAND, asked_in, help_option, require_known, shared, use_language
from chorus_config.cli.shared.output import Unwritten, complain, silence_stdout, tell, write_stdout, write_whole
from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _, translator_for
from chorus_config.model.errors import ChorusConfigError, Exit, ProjectFault
from chorus_config.model.iban import masked_text

_COMPLETE: Final = "_CHORUS_CONFIG_COMPLETE"
COMMANDS: Final = (
    "init", "validate", "fix", "set", "diff", "plan", "show", "apply", "status", "worksheet", "confirm", "letter",
    "observe", "drift", "import", "export", "notice", "history", "state", "lock", "rules", "explain", "schema",
    "doctor",
)  # fmt: skip


class _Commands(click.Group):
    """A group that imports a command only when it is called or listed."""

    def __init__(self, say: Translator) -> None:
        super().__init__(
            "chorus-config",
            params=in_language([*shared(say), _version_option(say), help_option(say)], say),
            add_help_option=False,
            subcommand_metavar=metavar_text(SUBCOMMAND, say),
            help=say(_("The structure sheets of Chorus Pro as files: check them, plan, approve.")),
            epilog=_exit_codes(say),
        )
        self._say = say

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the work."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        made: click.Command = import_module(f"chorus_config.cli.{cmd_name}").command(self._say)
        return made

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names, or say which one was probably meant."""
        require_known(args[0], COMMANDS, ctx, self._say)
        return super().resolve_command(ctx, args)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; every message is in the user's language."""
    prepare_streams()
    words = list(sys.argv[1:] if argv is None else argv)
    chosen = language(asked_in(words))
    use_language(chosen)
    say = translator_for(chosen)
    try:
        code = _run(words, say)
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.ClickException as error:
        code = _usage(error, words, say)
    except ChorusConfigError as error:
        code = _ended(error, words)
    except (KeyboardInterrupt, click.Abort):
        message = say(_("interrupted: the store is as it was before, or as it should be after, and no file is written by half"))
        _document(words, Exit.INTERRUPTED, message, ())
        complain(message)
        code = Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        silence_stdout()
        code = Exit.OK
    except Exception as error:
        code = _unwritten(error, say) or _internal(error, words, say)
    return code


def _run(words: list[str], say: Translator) -> int:
    if not words:
        words = ["--help"]
    door, complete = _Commands(say), os.environ.get(_COMPLETE)
    if complete is not None:
        from click.shell_completion import shell_complete  # noqa: PLC0415 - only a shell that completes pays for it

        return shell_complete(door, {}, "chorus-config", _COMPLETE, complete)
    # Not through click's own main, which takes a reader that left early for a failure.
    with door.make_context("chorus-config", [*words]) as context:
        return int(door.invoke(context) or 0)


def _unwritten(error: Exception, say: Translator) -> int:
    """Say that stdout could not be written, and return the code of that; 0 for any other error.

    Files that the result was written to before stay as they are.
    """
    if not (isinstance(error, Unwritten) or (isinstance(error, OSError) and _is_of_help(error))):
        return Exit.OK
    silence_stdout()
    why = os_reason(error if isinstance(error, OSError) else error.args[0], say)
    message = _(
        "stdout cannot be written: {why}. What the command wrote before, to files or to the store, is written and stays"
    )
    complain(say(message, why=why))
    return Exit.UNAVAILABLE


def _is_of_help(error: OSError) -> bool:
    """Tell whether an error is one of writing help to stdout, which click does by itself."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return place is not None and place.tb_frame.f_code is click.echo.__code__ and not place.tb_frame.f_locals["err"]


def _usage(error: click.ClickException, words: list[str], say: Translator) -> int:
    context = getattr(error, "ctx", None)
    message = error.format_message()
    if context is not None:
        tell(context.get_usage())
    _document(words, Exit.USAGE, message, ())
    complain(message)
    name = context.command_path if context is not None else "chorus-config"
    tell(say(_("Try: {name} --help"), name=name))
    return Exit.USAGE


def _ended(error: ChorusConfigError, words: list[str]) -> int:
    findings = error.findings if isinstance(error, ProjectFault) else ()
    _document(words, error.code, str(error), findings)
    complain(str(error))
    return error.code


def _internal(error: Exception, words: list[str], say: Translator) -> int:
    """An internal error is one line: its kind and place, no value (it could be anybody's IBAN)."""
    if "--debug" in words or os.environ.get("CHORUS_CONFIG_DEBUG"):
        import traceback  # noqa: PLC0415

        # Frames only: the error's own text may repeat what the sheets hold.
        tell("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place is not None else "?"  # noqa: PTH119
    told = _("internal error ({kind} at {where}, version {version}): please report this line; --debug shows more")
    message = say(told, kind=type(error).__name__, where=where, version=__version__)
    _document(words, Exit.INTERNAL, message, ())
    complain(message)
    return Exit.INTERNAL


def _document(words: list[str], code: int, message: str, findings: Any) -> None:
    """Write findings for people, and the one valid document that a machine was promised on stdout, on failure too."""
    from chorus_config.cli.shared.failure import failure, failure_files  # noqa: PLC0415

    for path, whole in failure_files(words, code, message, findings).items():
        # That it cannot be written is no reason to hide why the command failed.
        with suppress(OSError):
            write_whole(path, masked_text(whole))
    text = failure(words, code, message, findings)
    if text:
        try:
            write_stdout(text)
        except (Unwritten, BrokenPipeError):
            silence_stdout()


def _version_option(say: Translator) -> click.Option:
    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version,
        help=say(_("Show the version and exit.")),
    )  # fmt: skip


def _version(context: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"chorus-config {__version__}")
        context.exit()


def _exit_codes(say: Translator) -> str:
    rows = (
        (0, _("success")),
        (1, _("findings at or above --fail-level, a blocked change, a wish that is not known, a file that fix would change, or "
              "status --check")),
        (2, _("changes present, with --detailed-exitcode")), (3, _("operations left open by confirm --all")),
        (4, _("refused, nothing written")), (64, _("wrong usage")), (66, _("no input")),
        (69, _("store or source unreachable")), (70, _("internal error")), (75, _("locked by somebody else")),
        (78, _("invalid or misnamed project file")), (130, _("interrupted")),
    )  # fmt: skip
    title = say(_("Exit codes:"))
    return "\n".join(["\b", title, *(f"  {code:>3}  {say(words)}" for code, words in rows)])
