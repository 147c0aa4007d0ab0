"""The French catalogue: complete, current, and with the same places as the English ids."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from chorus_config.i18n.translator import CATALOGUES, DOMAIN, translator_for

ROOT = Path(__file__).parents[2]
PO = CATALOGUES / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po"
TOOL: dict[str, Any] = runpy.run_path(str(ROOT / ".ci" / "texts"))
NO_BREAK = "\u00a0"


def entries() -> dict[str, str]:
    """Return every message id of the file with its translation, plural forms each by themselves."""
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    found: dict[str, str] = {}
    for message in catalogue:
        if isinstance(message.id, (list, tuple)):
            found.update(zip(message.id, message.string or (), strict=True))
        elif message.id:
            found[message.id] = str(message.string)
    return found


ENTRIES = entries()


def ids_of_the_code() -> set[str]:
    """Return what the code asks for."""
    return {one for message in TOOL["wanted"]() for one in ([message] if isinstance(message, str) else message)}


def test_no_message_is_missing_and_none_is_stale() -> None:
    assert set(ENTRIES) == ids_of_the_code()


def test_a_message_inside_an_f_string_is_found() -> None:
    """What nobody collects is shown in English to French readers, and no other test sees it."""
    source = 'a = f"# {say(_(\'in braces\'))}"\nb = _("plain"), n_("one", "many")\n'
    assert [*TOOL["_messages"](source)] == ["in braces", "plain", ("one", "many")]


def test_every_message_is_translated() -> None:
    assert [message for message, said in ENTRIES.items() if not said.strip()] == []


def test_the_compiled_catalogue_is_the_one_that_people_edit() -> None:
    catalogue = translator_for("fr").catalogue
    plurals = dict(message for message in TOOL["wanted"]() if not isinstance(message, str))

    def compiled(message: str) -> str:
        # Not every release of Python finds a message with a plural without being asked for a number.
        return catalogue.ngettext(message, plurals[message], 1) if message in plurals else catalogue.gettext(message)

    seconds = set(plurals.values()) - set(plurals)
    assert {message: said for message, said in ENTRIES.items() if message not in seconds and compiled(message) != said} == {}


@pytest.mark.parametrize("message", sorted(ENTRIES))
def test_places_are_the_same_in_both_languages(message: str) -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"\{[^}]*\}", text))

    # « one » in a plural may leave the number out, nothing else may go.
    assert set(places(ENTRIES[message])) == set(places(message))


@pytest.mark.parametrize("message", sorted(ENTRIES))
def test_french_is_typeset_as_french(message: str) -> None:
    said = ENTRIES[message]
    assert "'" not in re.sub(r"`[^`]*`|'[A-Z/]+'|\{[^}]*\}", "", said), "apostrophes are ’"
    for sign in (";", "?", "!"):
        assert f" {sign}" not in said, f"a no-break space goes before {sign}"
    assert "« " not in said
    assert " »" not in said.replace(f"{NO_BREAK}»", "")


def test_no_word_is_of_the_inside() -> None:
    inside = re.compile(r"lignée|\bTrue\b|\bFalse\b|\bNone\b|\bde (le|les)\b fichier")
    assert [said for said in ENTRIES.values() if inside.search(said)] == []


def test_no_message_sends_people_to_a_page_that_they_do_not_have() -> None:
    page = re.compile(r"docs/|\.md\b")
    assert [message for message, said in ENTRIES.items() if page.search(message + said)] == []


def test_sentences_are_joined_in_the_language() -> None:
    # A French semicolon has a space before it: what joins sentences is a message, too.
    package = ROOT / "chorus_config"
    joined = {path.relative_to(package) for path in package.rglob("*.py") if '"; ".join' in path.read_text(encoding="utf-8")}
    # The form of a list in a cell is no sentence.
    assert joined == {Path("engine/spreadsheet/lists.py")}


def test_counts_speak_both_grammars() -> None:
    french, english = translator_for("fr"), translator_for("en")
    assert french.count("{n} sheet", "{n} sheets", 0) == "0 fiche"
    assert french.count("{n} sheet", "{n} sheets", 2) == "2 fiches"
    assert english.count("{n} sheet", "{n} sheets", 0) == "0 sheets"
    assert english.count("{n} sheet", "{n} sheets", 1) == "1 sheet"


def test_no_preposition_stands_before_what_may_bring_its_own_article() -> None:
    """« de {parent} » would read « de le fichier »: the place is filled with a noun and its article."""
    places = re.compile(r"\b(?:de|à|du|au|d’|jusqu’à) ?\{(?:parent|where)\}")
    assert [said for said in ENTRIES.values() if places.search(said)] == []
