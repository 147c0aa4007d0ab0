"""The French catalogue: complete, current, and with the same places as the English ids."""

from __future__ import annotations

import re
import runpy
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from chorus_config.i18n.catalogue import Catalogue
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
    say = translator_for("fr")
    seconds = {message[1] for message in TOOL["wanted"]() if not isinstance(message, str)}
    firsts = {message: said for message, said in ENTRIES.items() if message not in seconds}
    assert {message: said for message, said in firsts.items() if say(message) != said} == {}


def test_click_finds_what_we_find_in_the_same_file() -> None:
    """The standard library reads the file for click; what it says of each message is what ours says."""
    with PO.with_suffix(".mo").open("rb") as file:
        theirs = GNUTranslations(file)
    ours = Catalogue(PO.with_suffix(".mo").read_bytes())
    single = [message for message in TOOL["wanted"]() if isinstance(message, str)]
    assert [message for message in single if ours.translated(message) != theirs.gettext(message)] == []


@pytest.mark.parametrize("message", ["", "No such message", "\x00", "\U0010ffff", "\ud800", "Usage", "Usage:\x00"])
def test_what_is_no_message_stays_as_it_is(message: str) -> None:
    assert translator_for("en")(message) == message
    if message:
        assert translator_for("fr")(message) == message


def test_what_is_no_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="not a compiled catalogue"):
        Catalogue(b"\x95\x04\x12\xde" + b"\x00" * 24)


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
