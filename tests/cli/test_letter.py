"""`letter`: every kind, from a real project, in both languages and on both portals."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final, cast

import pytest

from chorus_config.i18n.translator import Language
from chorus_config.model.letter import LETTER_KINDS, LetterKind
from tests.render.golden import WRITES, agree
from tests.render.page_reading import Page

from .desk import BANK, IBAN, PROJECT, SHEET, SIRET, Desk, conforms
from .letter_states import THEN, TODAY, TOWN, WATER, approve, example, known, observed

LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")


@pytest.mark.parametrize("then", [False, True], ids=["today", "2016"])
@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_every_kind_is_as_approved(desk: Desk, kind: LetterKind, then: bool) -> None:
    words = example(desk, kind, then=then)
    portal = "2016" if then else "today"
    for language in LANGUAGES:
        ended = desk.run(*words, "--lang", language, "--format", "html:x.html", "--format", "json:x.json")
        assert (ended.code, ended.err) == (0, "")
        agree(f"letter.{kind}.{portal}.{language}.txt", ended.out)
        # How pages look is the same for all, and no part of what a letter says.
        page = re.sub(r"<style>.*?</style>", "<style></style>", desk.read("x.html"), flags=re.DOTALL)
        agree(f"letter.{kind}.{portal}.{language}.html", page)
        document = json.loads(desk.read("x.json"))
        conforms("letter", document)
        assert {one["kind"] for one in document["letters"]} == {kind}
        assert document["language"] == language


def kinds(desk: Desk, *words: str) -> list[str]:
    """Return the kinds of the letters that a command line writes."""
    return [one["kind"] for one in letters(desk, *words)]


def letters(desk: Desk, *words: str) -> list[dict[str, Any]]:
    """Return the letters that a command line writes, as its document holds them."""
    document = desk.run("letter", "--format", "json", *words).json
    conforms("letter", document)
    found: list[dict[str, Any]] = document["letters"]
    return found


def test_nothing_called_for_is_one_line_and_0(desk: Desk) -> None:
    for told in (desk.run("letter"), desk.run("letter", "--lang", "fr")):
        assert (told.code, told.err, told.out.count("\n")) == (0, "", 1)
    assert desk.run("letter").out == "No letter to send.\n"
    assert letters(desk) == []
    assert "No letter to send." in desk.run("letter", "--format", "html").out


def test_without_a_kind_every_letter_that_is_called_for_is_written(approved: Desk) -> None:
    assert kinds(approved) == ["structure", "account"]
    ended = approved.run("letter")
    assert ended.out.startswith("2 letters prepared, to be sent if the check on the portal fails.\n")
    assert ended.err == ""


def test_what_was_confirmed_calls_for_nothing_any_more(approved: Desk) -> None:
    approved.run("confirm", "--all")
    assert kinds(approved) == []


def test_of_one_kind_only_what_is_called_for_unless_structures_are_named(approved: Desk) -> None:
    approved.run("confirm", "--all")
    told = approved.run("letter", "structure").out
    assert "name structures with --target" in told
    (letter,) = letters(approved, "structure", "--target", SIRET)
    assert letter["structures"] == [{"root": SIRET, "name": "SDITEC"}]
    assert letter["operations"] == []


def test_a_private_structure_that_is_named_is_told(approved: Desk) -> None:
    approved.edit(SHEET, "structure_privee: false", "structure_privee: true")
    told = approved.run("letter", "structure", "--target", SIRET)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"No letter to send for {SIRET}.\n{SIRET} is a private structure: its manager creates it")
    page = approved.run("letter", "structure", "--target", SIRET, "--format", "html").out
    assert "is a private structure" in page
    document = approved.run("letter", "structure", "--target", SIRET, "--format", "json").json
    conforms("letter", document)
    assert (document["letters"], document["left_out"]) == ([], [SIRET])


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_a_named_structure_has_every_kind_of_letter(approved: Desk, kind: LetterKind) -> None:
    approved.run("confirm", "--all")
    assert kinds(approved, kind, "--target", SIRET) == [kind]


def test_a_target_narrows_what_is_called_for(approved: Desk) -> None:
    found = letters(approved, "--target", SIRET)
    assert [one["structures"] for one in found] == [[{"root": SIRET, "name": "SDITEC"}]] * 2
    assert [one["operations"] for one in found] == [[1], [9, 10]]


@pytest.mark.parametrize("words", [("--target", "absent"), ("structure", "--target", "9*")])
def test_a_target_that_names_nothing_is_66(approved: Desk, words: tuple[str, ...]) -> None:
    ended = approved.run("letter", *words)
    assert (ended.code, ended.out) == (66, "")
    assert f"no sheet and no known structure matches {words[-1]}" in ended.err


def test_a_kind_that_is_none_is_64_and_the_kinds_are_named(desk: Desk) -> None:
    ended = desk.run("letter", "facture")
    assert ended.code == 64
    assert all(kind in ended.err for kind in LETTER_KINDS)


def test_what_a_source_shows_counts(approved: Desk) -> None:
    """A structure that the source has is not asked for; one whose service is gone there is."""
    words = observed(approved, SIRET, lambda body: body.update(services=[]))
    assert kinds(approved, *words) == ["public-invoices"]
    (letter,) = letters(approved, *words)
    assert letter["structures"] == [{"root": SIRET, "name": "SDITEC"}]
    rows = {row["label"]: row["values"][0]["text"] for row in letter["references"][0]}
    assert rows["Seen"] == "5 October 2026 (Lu à l’écran)"


def test_what_a_source_does_not_report_calls_for_nothing(desk: Desk) -> None:
    known(desk, THEN)
    words = observed(desk, SIRET, lambda body: body.pop("services") and None)
    assert kinds(desk, *words) == []


def test_a_principal_who_stays_hands_the_role_over_alone(desk: Desk) -> None:
    """Since 2023; before, nobody but the comptable public or the support could give it."""
    example(desk, "principal", then=True)
    (letter,) = letters(desk, "principal", "--as-of", THEN)
    assert letter["recipient"] == "accountant"
    assert kinds(desk, "principal", "--as-of", TODAY) == []


def test_a_deadline_that_is_past_is_not_named(approved: Desk) -> None:
    assert {one["last"] for one in letters(approved, "--as-of", "2030-12-30")} == {"2030-12-30"}
    found = letters(approved, "--as-of", "2030-12-31")
    assert found
    assert {one["last"] for one in found} == {None}
    assert "at the latest" not in approved.run("letter", "--as-of", "2030-12-31").out


def test_the_member_s_own_deadline_counts(approved: Desk) -> None:
    approved.append(PROJECT, 'membres:\n  - {nom: "SDITEC", siren: "251602785", echeance: "2027-03-01"}\n')
    assert {one["last"] for one in letters(approved, "--as-of", TODAY)} == {"2027-02-28"}


def test_outside_helios_the_support_is_asked_and_each_creates_their_own_account(desk: Desk) -> None:
    desk.edit(SHEET, "comptabilite: helios", "comptabilite: autre")
    approve(desk, TODAY)
    found = {str(one["kind"]): one["recipient"] for one in letters(desk, "--as-of", TODAY, "--target", SIRET)}
    assert found == {"structure": "support"}
    told = desk.run("letter", "account", "--target", SIRET, "--as-of", TODAY).out
    assert told.startswith(
        f"No letter to send for {SIRET}: whoever is no manager of a body at Hélios creates their own account"
    )


def test_one_letter_is_for_one_body(desk: Desk) -> None:
    """The two budgets of the town are one legal entity; its CCAS is another, with another principal manager."""
    example(desk, "structure")
    found = letters(desk, "structure", "--as-of", TODAY)
    assert [[one["root"] for one in letter["structures"]] for letter in found] == [[TOWN, WATER], ["26160999400015"]]


def test_no_bank_detail_stands_in_a_letter(approved: Desk) -> None:
    approved.append(SHEET, BANK)
    approve(approved, THEN)
    for kind in LETTER_KINDS:
        for form in ("text", "html", "json"):
            told = approved.run("letter", kind, "--target", SIRET, "--format", form).out
            assert SIRET in told
            assert IBAN[4:] not in told
            assert "AGRIFRPPXXX" not in told
            assert "****" not in told, "nor anything that was taken for an IBAN"


def test_persons_stand_in_the_result_alone(approved: Desk) -> None:
    ended = approved.run("letter", "--format", "html:courriers.html")
    assert "COMPTABILITÉ" in approved.read("courriers.html")
    assert ended.err == ""
    approved.write("comptes/gestionnaire-sditec.yaml", "ref: [\n")
    ended = approved.run("letter")
    assert ended.code == 0
    assert "GESTIONNAIRE" not in ended.err
    assert "sditec.fr" not in ended.err


def test_what_no_sheet_says_is_left_to_be_filled_in(desk: Desk) -> None:
    (desk.root / "comptes/gestionnaire-sditec.yaml").unlink()
    (letter,) = letters(desk, "structure", "--target", SIRET)
    blank = [line["text"] for line in letter["sender"] if line["blank"]]
    assert blank == ["[to be filled in: name and office of whoever signs]"]
    assert any(line["text"] == "[signature]" and line["blank"] for line in letter["signature"])


@pytest.mark.parametrize("then", [False, True], ids=["today", "2016"])
@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_no_address_number_or_page_of_a_recipient_is_made_up(desk: Desk, kind: LetterKind, then: bool) -> None:
    for letter in letters(desk, *example(desk, kind, then=then)[1:]):
        assert [line["blank"] for line in letter["to"]] == [False, True]
        told = json.dumps([letter["to"], letter["before"], letter["after"], letter["opening"]], ensure_ascii=False)
        # Rules of ours are named by their numbers.
        assert not re.search(r"https?:|www\.|@|\d{2}", re.sub(r"CP\d{3}", "", told))


def test_writes_nothing(approved: Desk) -> None:
    before = approved.listing()
    for form in ("text", "html", "json"):
        assert approved.run("letter", "--format", form).code == 0
    assert approved.listing() == before


def test_a_hostile_value_stays_a_value(approved: Desk) -> None:
    evil = "<script>alert(1)</script> `x` \\e[31m ]]> {{ 7 }} %s {who}"
    approved.edit(SHEET, '"SDITEC"', f"'{evil}'")
    told = approved.run("letter", "structure", "--target", SIRET)
    assert told.code == 0
    assert evil.split(" `", maxsplit=1)[0] in told.out
    read = Page(approved.run("letter", "structure", "--target", SIRET, "--format", "html").out)
    assert "script" not in read.shape
    assert evil.split(" `", maxsplit=1)[0] in read.text


def test_a_sheet_of_other_shapes_is_no_trouble(desk: Desk) -> None:
    """Letters judge no sheet; what is not what it should be is left out."""
    desk.edit(SHEET, "utilisateurs:\n", "utilisateurs: [1, {ref: [a], role: [b]}]\nx:\n")
    desk.edit(SHEET, "services:\n", "services: 3\ny:\n")
    desk.edit(SHEET, "adresse_postale:\n", "adresse_postale: [1]\nz:\n")
    for kind in LETTER_KINDS:
        assert desk.run("letter", kind, "--target", SIRET, "--as-of", TODAY).code == 0


def test_help_names_the_kinds(desk: Desk) -> None:
    told = desk.run("letter", "--help").out
    assert all(kind in told for kind in LETTER_KINDS)
    assert "chorus-config letter --format html:courriers.html" in told


def test_the_examples_of_the_page_are_what_the_command_writes(desk: Desk) -> None:
    """`CHORUS_CONFIG_GOLDEN=write` writes them anew."""
    file = Path(__file__).parents[2] / "docs" / "letters.md"
    page = file.read_text(encoding="utf-8")
    parts = re.compile(r"(<!-- letter ([a-z-]+) -->\n```text\n)(.*?)(```\n)", re.DOTALL)
    made = {kind: desk.run(*example(desk, kind), "--lang", "fr").out.split("-" * 78 + "\n")[1] for kind in LETTER_KINDS}
    if WRITES:
        file.write_text(parts.sub(lambda part: part[1] + made[cast("LetterKind", part[2])] + part[4], page), encoding="utf-8")
        return
    assert {part[2]: part[3] for part in parts.finditer(page)} == made
