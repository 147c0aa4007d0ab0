"""`lock`: who holds the store for writing."""

from __future__ import annotations

import click

from chorus_config.cli.shared.options import CommandHelp, make_group
from chorus_config.i18n.translator import Translator, _


def command(say: Translator) -> click.Command:
    """Return the group in a language."""
    about = CommandHelp(
        say(_("Show who holds the store for writing, take a lock away.")),
        ("chorus-config lock list", "chorus-config lock release 0a1b2c3d"),
        (),
    )
    return make_group("lock", ("list", "release"), about, say)
