"""The options that say how many processes check sheets, and whether what they find is remembered."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

import click

from chorus_config.app.checking.verdicts import Effort, effort_of_user
from chorus_config.cli.shared.numbers import Number
from chorus_config.cli.shared.options import Request
from chorus_config.i18n.translator import Translator, _

# Beyond this, processes wait for the first one, which gathers what they find.
_MOST_PROCESSES: Final = 8


def effort_options(say: Translator) -> Iterator[click.Option]:
    """Yield the options in a language."""
    yield jobs_option(say)
    yield click.Option(
        ["--no-cache"], is_flag=True, envvar="CHORUS_CONFIG_NO_CACHE",
        help=say(_("Check every sheet again, and remember nothing of it.")),
    )  # fmt: skip


def jobs_option(say: Translator) -> click.Option:
    """Return the option that says how many processes there may be."""
    return click.Option(
        ["--jobs"], type=Number(say, 1), metavar="N", envvar="CHORUS_CONFIG_JOBS",
        help=say(_("Check many sheets in so many processes at once; one a processor by default.")),
    )  # fmt: skip


def effort_of(request: Request) -> Effort:
    """Return what a command line asks for."""
    return effort_of_user(processes_of(request), remember=not request.own["no_cache"])


def processes_of(request: Request) -> int:
    """Return how many processes a command line allows."""
    asked: int | None = request.own["jobs"]
    return asked or min(_processors(), _MOST_PROCESSES)


def _processors() -> int:
    """Return how many processors this process may use: in a container, fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
