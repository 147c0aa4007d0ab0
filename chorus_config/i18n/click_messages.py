"""click's own words, so that help and usage errors speak the user's language too: click asks gettext, our catalogue answers."""

from __future__ import annotations

from typing import Final

from chorus_config.i18n.mark import _, n_

WORDS: Final = (
    _("Usage:"),
    _("Options"),
    _("Commands"),
    _("Show this message and exit."),
    _("default: {default}"),
    _("No such option {name!r}."),
    _("No such command {name!r}."),
    _("Missing command."),
    _("Missing argument"),
    _("Missing option"),
    _("Invalid value: {message}"),
    _("Invalid value for {param_hint}: {message}"),
    _("Option {name!r} does not take a value."),
    n_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    n_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    n_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    n_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
