"""`state`: what the store holds, and what may be done with it as a whole."""

from __future__ import annotations

import click

from chorus_config.cli.shared.options import CommandHelp, make_group
from chorus_config.i18n.translator import Translator, _


def command(say: Translator) -> click.Command:
    """Return the group in a language."""
    about = CommandHelp(
        say(_("Show what the store holds, stop managing a structure, move the store, back it up, restore it.")),
        ("chorus-config state list", "chorus-config state show 25160278500015"),
        (),
    )
    return make_group("state", ("list", "show", "forget", "migrate", "backup", "restore"), about, say)
