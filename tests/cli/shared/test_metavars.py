"""The help of every command and every option: one language, one mood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import click
import pytest
from babel.messages.pofile import read_po

from chorus_config.cli.main import _Commands
from chorus_config.cli.shared.metavars import WORDS, metavar_text
from chorus_config.cli.shared.options import SUBCOMMAND, use_language
from chorus_config.i18n.translator import CATALOGUES, DOMAIN, LANGUAGES, Language, translator_for

FRENCH: Final = translator_for("fr")
# Words of no language: of git, of the portal, of tables.
OF_BOTH: Final = {"BASE", "HEAD", "DATE", "FMT", "ID", "N", "PLAN", "SIREN", "SIRET", "SOURCE", "xlsx", "OPTIONS"}
# What somebody does who is told of in the third person; a help says what to do, as the command itself does.
THIRD_PERSON: Final = {"Écrit", "Fait", "Dit", "Met", "Rend", "Prend", "Finit"}


def commands(command: click.Command) -> Iterator[click.Command]:
    """Yield a command and all below it."""
    yield command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from commands(found)


def every(language: Language) -> list[click.Command]:
    """Return all commands as they speak in a language."""
    use_language(language)
    return [*commands(_Commands(translator_for(language)))]


def helps(language: Language) -> list[str]:
    """Return the help of every command and every option."""
    found = every(language)
    told = [param.help for command in found for param in command.params if isinstance(param, click.Option)]
    return [*(command.help or "" for command in found), *(help_text or "" for help_text in told)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_for_a_value_is_in_the_language_of_the_help(language: Language) -> None:
    say = translator_for(language)
    known = {say(word) for word in WORDS} | OF_BOTH
    for command in every(language):
        usage = command.get_usage(click.Context(command, info_name="x"))
        shown = [param.metavar or "" for param in command.params]
        words = {word for text in (usage.partition("x ")[2], *shown) for word in re.findall(r"[A-ZÉÈÀxls]{2,}|N\b", text)}
        assert words - known <= {"xlsx"}, command.name


def test_no_french_text_names_a_value_in_english() -> None:
    foreign = "|".join(word for word in WORDS if FRENCH(word) != word)
    with (CATALOGUES / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        said = [message.string for message in read_po(file) if message.id and isinstance(message.string, str)]
    assert [text for text in said if re.search(rf"(?<![\w{{-])(?:{foreign})(?![\w}}])", text)] == []


def test_helps_tell_what_to_do_in_one_mood() -> None:
    first = [re.split(r"\W", text)[0] for text in helps("fr")]
    infinitives = {word for word in first if word.endswith("er")}
    assert [word for word in first if f"{word}r" in infinitives or word in THIRD_PERSON] == []
    # Of a command, the first word is what it does.
    french = [re.split(r"\W", command.help or "")[0] for command in every("fr")[1:]]
    assert [word for word in french if not word.endswith(("er", "ir", "re"))] == []
    english = [re.split(r"\W", text)[0] for text in helps("en")]
    assert [word for word in english if word.endswith("s") and word.removesuffix("s") in english] == []


def test_a_sign_before_a_colon_is_typeset_as_french() -> None:
    use_language("fr")
    shown = every("fr")[0].get_help(click.Context(every("fr")[0], info_name="chorus-config"))
    assert {"Usage\u00a0:", "Options\u00a0:", "Commandes\u00a0:"} <= set(re.findall(r"\w+\u00a0:", shown))


def test_only_words_are_changed() -> None:
    assert metavar_text("FILE.xlsx", FRENCH) == "FICHIER.xlsx"
    assert metavar_text("FMT[:FILE]", FRENCH) == "FMT[:FICHIER]"
    assert metavar_text(SUBCOMMAND, FRENCH) == "COMMANDE [ARGUMENTS]..."
    assert metavar_text("RULE:ADDRESS=REASON", translator_for("en")) == "RULE:ADDRESS=REASON"
