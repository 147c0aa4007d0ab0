"""The languages: gettext catalogues packaged beside the code, message ids in English, and the marks by which they are found."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from chorus_config.i18n.catalogue import Catalogue


def _(message: str) -> str:
    """Return the message id unchanged; it is translated where it is shown, by a `Translator`."""
    return message


def n_(one: str, many: str) -> tuple[str, str]:
    """Return the two forms of a message that somebody else asks gettext for by number."""
    return one, many


Language = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
DOMAIN: Final = "chorus_config"
CATALOGUES: Final = Path(__file__).resolve().parent / "locale"


class Translator(Struct, frozen=True):
    """Says a message id in one language, with its `{named}` places filled. Without a catalogue it says the id itself."""

    language: Language
    catalogue: Catalogue | None = None

    def __call__(self, message: str, /, **places: object) -> str:
        """Return the message in this language, filled. Raises KeyError when a place is missing."""
        said = message if self.catalogue is None else self.catalogue.translated(message)
        return said.format(**places) if places else said

    def count(self, one: str, many: str, number: int, /, **places: object) -> str:
        """Return the singular or plural message for `number`, which also fills `{n}`. French counts 0 as singular."""
        single = number < 2 if self.language == "fr" else number == 1
        return self(one if single else many, n=number, **places)


@cache
def translator_for(language: Language) -> Translator:
    """Return the texts of a language. English is what the message ids say, and needs no catalogue."""
    if language == "en":
        return Translator(language)
    return Translator(language, Catalogue((CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes()))


# click's own messages, so that help and usage errors speak the user's language too: click asks gettext, our catalogue answers.
CLICK_MESSAGES: Final = (
    _("Usage:"),
    _("Options"),
    _("Commands"),
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
