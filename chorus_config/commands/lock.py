"""`lock`: who holds the store for writing."""

from __future__ import annotations

import click

from chorus_config.commands.group import make_group
from chorus_config.commands.options import Face
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts


def command(say: Texts) -> click.Command:
    """Return the group in a language."""
    face = Face(
        say(_("Show who holds the store for writing, take a lock away.")),
        ("chorus-config lock list", "chorus-config lock release 0a1b2c3d"),
        (),
    )
    return make_group("lock", ("list", "release"), face, say)
