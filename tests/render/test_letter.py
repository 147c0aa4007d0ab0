"""Letters in each format, whatever the sheets hold. What each kind says is approved in `tests/cli/test_letter.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pytest
from msgspec.structs import replace

from chorus_config.engine.letters.compose import compose_letters
from chorus_config.engine.letters.situation import Situation
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.letter import LETTER_KINDS, Letter, Letters
from chorus_config.model.operation import Operation
from chorus_config.model.project import Body
from chorus_config.render.letter.html import letters_html
from chorus_config.render.letter.json import letters_document
from chorus_config.render.letter.text import letters_text
from chorus_config.render.letter.view import heading, shown_letter
from chorus_config.render.shared.markdown import quoted
from chorus_config.render.shared.paint import coloured, plain
from chorus_config.yamltext.characters import printable
from tests.cli.desk import conforms
from tests.engine.making import OTHER, SIRET, account, general, sheet
from tests.render.breakouts import breakouts
from tests.render.page_reading import Page
from tests.render.plan.test_html import POLICY
from tests.render.reading import acting, unpainted

LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")
SAY: Final = translator_for("en")


def letters(text: str = "Commune de Valmont", number: int = 1, day: date = date(2026, 11, 27)) -> Letters:
    """Return a letter of each kind about one or more structures, with a text in every place that a sheet fills."""
    sheets: dict[str, Body] = {"comptes/dgs": account("dgs", informations_personnelles={"nom": text, "prenom": text})}
    roots = [SIRET, OTHER, *(f"2116999960{n:04}" for n in range(1, number - 1))][:number]
    for root in roots:
        named = general(identifiant=root, libelle=text, raison_sociale=text, adresse_electronique=text)
        place = {"adresse": text, "complement_1": text, "code_postal": text, "ville": text, "telephone": text}
        users = [{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}]
        sheets[root] = sheet(root, informations_generales=named, adresse_postale=place, utilisateurs=users)
    operations = tuple(Operation(root, "create", (), number) for number, root in enumerate(roots, 1))
    of = Situation(
        day, sheets, operations, observed={SIRET: {"services": []}}, source=text, budgets=dict.fromkeys(roots, text),
        deadline=date(2030, 12, 31), targets=("2116*",), kind_asked=True,
    )  # fmt: skip
    return Letters(tuple(one for kind in LETTER_KINDS for one in compose_letters(of, kind)), source=text)


def everywhere(made: Letters, language: Language = "en") -> Iterator[str]:
    """Yield the letters as text and as a page."""
    say = translator_for(language)
    yield letters_text(made, say, plain)
    yield letters_html(made, say)


def rows(letter: Letter) -> dict[str, str]:
    """Return the reference data of the first structure of a letter, and of all, in English."""
    shown = shown_letter(letter, SAY)
    return {label: " ".join(line.text for line in lines) for label, lines in (*shown.rows[0], *shown.common)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_whole_in_itself(language: Language) -> None:
    text = letters_html(letters(), translator_for(language))
    read = Page(text)
    assert text.startswith("<!DOCTYPE html>\n")
    assert read.attributes("html", "lang") == [language]
    assert POLICY in read.attributes("meta", "content")
    assert not {"script", "link", "img", "iframe", "form", "object"} & {*read.shape}
    assert "url(" not in text
    assert "@import" not in text
    assert read.attributes("section", "class") == ["letter"] * 7
    assert read.attributes("section", "id") == [link.removeprefix("#") for link in read.attributes("a", "href")]


def test_one_letter_has_no_list_of_letters() -> None:
    made = letters()
    assert "nav" not in Page(letters_html(replace(made, letters=made.letters[:1]), SAY)).shape


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_page_say_the_same(language: Language) -> None:
    say = translator_for(language)
    made = letters()
    text, read = letters_text(made, say, plain), Page(letters_html(made, say))
    flat = re.sub(r"[ \n]+", " ", text)
    for letter in made.letters:
        shown = shown_letter(letter, say)
        told = [*shown.opening, *shown.closing, shown.subject, shown.dated, shown.title, shown.enclosed]
        told += [line.text for line in (*shown.sender, *shown.recipient, *shown.signature)]
        for one in filter(None, told):
            assert one in flat
            assert one in read.text
        for note in (*shown.before, *shown.after):
            assert note in flat
            assert re.sub("`([^`]+)`", r"\1", note) in read.text


def test_a_command_is_never_broken_over_lines() -> None:
    told = letters_text(letters(), SAY, plain)
    commands = re.findall(r"`[^`]*`", told)
    assert len(commands) > 5
    assert [one for one in commands if "\n" in one] == []


def test_lines_are_short_enough_to_be_sent() -> None:
    inside = letters_text(letters(), SAY, plain).split("-" * 78 + "\n")[1::2]
    assert len(inside) == 7
    assert max(len(line) for letter in inside for line in letter.splitlines()) <= 78


def test_colours_change_no_word() -> None:
    made = letters()
    assert unpainted(letters_text(made, SAY, coloured)) == letters_text(made, SAY, plain)


def test_what_is_to_be_filled_in_is_marked() -> None:
    read = Page(letters_html(letters(), SAY))
    assert len([one for one in read.attributes("span", "class") if one == "blank"]) >= 14
    document = letters_document(letters(), SAY)
    blanks = [line["text"] for line in document["letters"][0]["to"] if line["blank"]]
    assert blanks == ["[to be filled in: address of the office of the DGFiP that keeps the accounts]"]


def test_the_document_is_as_its_schema_says_and_the_same_each_time() -> None:
    for say in map(translator_for, LANGUAGES):
        document = letters_document(letters(), say)
        conforms("letter", document)
        assert document == letters_document(letters(), say)
    conforms("letter", letters_document(Letters(()), SAY))


def test_several_structures_are_told_in_the_plural() -> None:
    one, many = (letters(number=count).letters[0] for count in (1, 3))
    assert [shown_letter(letter, SAY).subject for letter in (one, many)] == [
        "Subject: Chorus Pro: creation of a public structure",
        "Subject: Chorus Pro: creation of public structures",
    ]
    assert len(shown_letter(many, SAY).rows) == 3
    assert rows(many)["Our references"] == "operations no. 1, 2, 3 of our follow-up"
    assert rows(one)["Our references"] == "operation no. 1 of our follow-up"
    assert [shown_letter(letter, SAY).enclosed for letter in (one, many)] == [
        "Enclosure: the INSEE certificate (avis de situation) of the SIRET",
        "Enclosure: the INSEE certificate (avis de situation) of each SIRET",
    ]


def test_the_words_are_those_of_the_portal_of_the_day() -> None:
    now, then = (" ".join(shown_letter(one, SAY).opening) for one in (
        letters().letters[0], letters(day=date(2016, 10, 1)).letters[0],
    ))  # fmt: skip
    assert "« Gérer une structure »" in now
    assert "Activités du Gestionnaire" not in now
    assert "« Activités du Gestionnaire », « Mes structures »" in then
    # Nothing of the portal of 2023 in a letter of the guide's.
    whole = letters_text(letters(day=date(2016, 10, 1)), SAY, plain)
    assert not re.search("PIGP|Gérer une structure|Organisation modification", whole)


@pytest.mark.parametrize(
    ("to_check", "told"),
    [
        ((False, False), "2 letters to send."),
        ((True,), "1 letter prepared, to be sent if the check on the portal fails."),
        ((True, True, False), "1 letter to send. 2 letters prepared, to be sent if the check on the portal fails."),
    ],
    ids=["to send", "to check", "both"],
)
def test_letters_that_are_to_be_checked_first_are_not_to_be_sent_yet(to_check: tuple[bool, ...], told: str) -> None:
    made = Letters(tuple(replace(letters().letters[0], to_check=one) for one in to_check))
    assert heading(made, SAY) == told
    titles = [shown_letter(one, SAY).title.endswith(", if the check fails") for one in made.letters]
    assert titles == [*to_check]
    assert [one["to_check"] for one in letters_document(made, SAY)["letters"]] == [*to_check]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (Letters(()), "No letter to send."),
        (Letters((), targets=("2116*",)), "No letter to send for 2116*."),
        (
            Letters((), "status"),
            "No letter to send: nothing calls for it. To have it nevertheless, name structures with --target.",
        ),
    ],
    ids=["all", "targets", "kind"],
)
def test_that_there_is_none_is_told(made: Letters, told: str) -> None:
    assert heading(made, SAY) == told
    assert letters_text(made, SAY, plain) == f"{told}\n"
    assert told in Page(letters_html(made, SAY)).text.replace("\u00a0", " ")


@pytest.mark.parametrize("text", breakouts())
def test_no_value_breaks_out(text: str) -> None:
    made = letters(text)
    written, page = everywhere(made)
    assert acting(written) <= acting(printable(text))
    assert acting(page) <= acting(printable(text))
    # Page() fails on any tag or attribute that no template of ours writes.
    assert Page(page).shape == Page(letters_html(_as_long(made), SAY)).shape


def _as_long(made: Letters) -> Letters:
    """Return letters of the same parts with harmless values: only a value could make their pages differ."""

    def _tame(one: Any) -> Any:
        if isinstance(one, str):
            return "x" if one else one
        return tuple(map(_tame, one)) if isinstance(one, tuple) else one

    tamed = []
    for letter in made.letters:
        sender = replace(letter.sender, **{
            name: _tame(getattr(letter.sender, name))
            for name in ("address", "telephone", "mailbox", "person_telephone", "person_mailbox", "person")
        })  # fmt: skip
        references = tuple(
            replace(one, rows=tuple(replace(row, values=_tame(row.values)) for row in one.rows)) for one in letter.references
        )
        tamed.append(replace(letter, sender=sender, references=references))
    return replace(made, letters=tuple(tamed))


def test_values_stand_as_they_are_written() -> None:
    text = "L’Île-d’Yeu & Cie <b>"
    written, page = everywhere(letters(text))
    assert printable(text) in written
    assert quoted(text) in Page(page).text
