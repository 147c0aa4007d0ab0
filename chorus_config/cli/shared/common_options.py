"""Options that several commands have, though not all: what they are about, who writes, what is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chorus_config.cli.shared.completion import complete_target
from chorus_config.cli.shared.numbers import Number
from chorus_config.cli.shared.options import Request
from chorus_config.i18n.translator import Translator, _

# Help and usage errors know the options of many commands: what a command does is read when it is done.
if TYPE_CHECKING:
    from chorus_config.app.project import OpenProject
    from chorus_config.app.sources import Pace
    from chorus_config.app.store_access import Writer
    from chorus_config.model.observed.source import Asked
    from chorus_config.model.plan import Options


class _Lines(click.types.StringParamType):
    """Text that comes one a line from the environment: a reason has blanks."""

    envvar_list_splitter = "\n"


def target_option(say: Translator) -> click.Option:
    """Return the `--target` option of plan, apply and diff."""
    return click.Option(
        ["--target"], multiple=True, metavar="ID", shell_complete=complete_target, envvar="CHORUS_CONFIG_TARGET",
        help=say(_("Only these structures: an identifiant, or a pattern with *; repeatable.")),
    )  # fmt: skip


def operations_option(say: Translator) -> click.Option:
    """Return the `--target` option of the commands on operations."""
    return click.Option(
        ["--target"], multiple=True, metavar="ID", shell_complete=complete_target, envvar="CHORUS_CONFIG_TARGET",
        help=say(_("Only these operations: an identifiant, a pattern with *, or a whole address; repeatable.")),
    )  # fmt: skip


def narrowing(say: Translator) -> list[click.Parameter]:
    """Return the options of plan and apply that narrow a plan, accept what it was refused for, or name its size."""
    return [
        target_option(say),
        click.Option(
            ["--accept"], multiple=True, metavar="RULE:ADDRESS=REASON", envvar="CHORUS_CONFIG_ACCEPT", type=_Lines(),
            help=say(_("Accept an error of change for this plan, with the reason; repeatable.")),
        ),
        click.Option(
            ["--expect-structures"], type=Number(say, 0), metavar="N", envvar="CHORUS_CONFIG_EXPECT_STRUCTURES",
            help=say(_("So many structures are meant to change: more than the project's threshold is then no error.")),
        ),
        click.Option(
            ["--expect-removals"], type=Number(say, 0), metavar="N", envvar="CHORUS_CONFIG_EXPECT_REMOVALS",
            help=say(_("So many removals are meant.")),
        ),
    ]  # fmt: skip


def against_option(say: Translator) -> click.Option:
    """Return the `--against` option."""
    return click.Option(
        ["--against"], multiple=True, metavar="SOURCE", envvar="CHORUS_CONFIG_AGAINST", type=_Lines(),
        help=say(
            _(
                "The observed source: a snapshot file, annuaire:PATH, afnor:[NAME] or piste:[ENVIRONMENT]; repeatable: of each "
                "field the best informed source speaks."
            )
        ),
    )  # fmt: skip


def selection_options(say: Translator) -> list[click.Parameter]:
    """Return the options that say which structures a source is asked for."""
    return [
        click.Option(
            ["--siren"], multiple=True, metavar="SIREN", envvar="CHORUS_CONFIG_SIREN",
            help=say(_("All structures of this SIREN; repeatable.")),
        ),
        click.Option(
            ["--siret"], multiple=True, metavar="SIRET", envvar="CHORUS_CONFIG_SIRET",
            help=say(_("This structure; repeatable.")),
        ),
        click.Option(
            ["--list", "list_file"], metavar="FILE", envvar="CHORUS_CONFIG_LIST",
            help=say(_("The SIRENs and SIRETs of a text file, one a line.")),
        ),
    ]  # fmt: skip


def pace_options(say: Translator) -> list[click.Parameter]:
    """Return the options that say how fast a source is asked over the network."""
    return [
        click.Option(
            ["--parallelism"], type=Number(say, 1, 16), default=2, show_default=True, metavar="N",
            envvar="CHORUS_CONFIG_PARALLELISM", help=say(_("So many calls to afnor: or piste: at once, from 1 to 16.")),
        ),
        click.Option(
            ["--rate"], type=Number(say, 0, 1000, whole=False), default=2, show_default=True, metavar="N",
            envvar="CHORUS_CONFIG_RATE", help=say(_("So many calls a second at most; 0 for no limit.")),
        ),
    ]  # fmt: skip


def pace_of(request: Request) -> Pace:
    """Return how fast sources are asked, as the options of `pace_options` say."""
    from chorus_config.app.sources import Pace  # noqa: PLC0415 - see above

    return Pace(request.own["parallelism"], request.own["rate"] or None)


def asked_by(request: Request, project: OpenProject) -> Asked:
    """Return the structures that the options of `selection_options` name. Raises UsageFault, NoInput for a missing list."""
    from chorus_config.app.selection import asked_for  # noqa: PLC0415 - see above

    own = request.own
    return asked_for(project, own["siren"], own["siret"], own["list_file"])


def yes_option(say: Translator) -> click.Option:
    """Return the `--yes` option of the commands that ask before they write."""
    return click.Option(["--yes", "-y"], is_flag=True, envvar="CHORUS_CONFIG_YES", help=say(_("Do not ask.")))


def by_option(say: Translator) -> click.Option:
    """Return the `--by` option: the person, and perhaps the pull request, that the history names."""
    return click.Option(
        ["--by"], metavar="NAME", envvar="CHORUS_CONFIG_BY",
        help=say(_("Who does it (and which pull request), for the history; else git's user.name, else the login.")),
    )  # fmt: skip


def holder_option(say: Translator) -> click.Option:
    """Return the `--by` option of a command that only holds the store: no history names who it was."""
    return click.Option(
        ["--by"], metavar="NAME", envvar="CHORUS_CONFIG_BY",
        help=say(_("Who holds the store meanwhile, for others who wait; else the login.")),
    )  # fmt: skip


def lock_timeout_option(say: Translator) -> click.Option:
    """Return the `--lock-timeout` option, in seconds."""
    return click.Option(
        ["--lock-timeout"], type=Number(say, 0, 86_400, whole=False), default=10, show_default=True, metavar="SECONDS",
        envvar="CHORUS_CONFIG_LOCK_TIMEOUT", help=say(_("How long to wait while somebody else writes to the store.")),
    )  # fmt: skip


def writer_of(request: Request) -> Writer:
    """Return who writes, and how long they wait, as the options say."""
    from chorus_config.app.store_access import Writer  # noqa: PLC0415 - see above

    return Writer(request.own["by"], request.own["lock_timeout"])


def requested_options(request: Request, project: OpenProject) -> Options:
    """Return what the options of `narrowing` ask of a plan. Raises UsageFault for an acceptance that cannot be one."""
    from chorus_config.app.plan import parse_acceptance, plan_options  # noqa: PLC0415 - see above

    own = request.own
    accept = tuple(parse_acceptance(word, project.say) for word in own["accept"])
    return plan_options(project, tuple(own["target"]), accept, (own["expect_structures"], own["expect_removals"]))
