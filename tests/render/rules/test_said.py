"""What a rule says: its messages with their places open, and what it says from a day on."""

from __future__ import annotations

from chorus_config.i18n.translator import translator_for
from chorus_config.render.rules.said import later_messages, later_reasons, message_lines, messages, open_places, usual_remedies
from chorus_config.rules.catalogue import texts

ENGLISH = translator_for("en")


def test_places_are_open() -> None:
    assert open_places("`{key}` is {value}: {{x}}") == "`…` is …: {x}"
    assert open_places("nothing") == "nothing"


def test_a_case_without_a_remedy_of_its_own_has_the_usual_one() -> None:
    said = messages(texts("CP401"), ENGLISH)
    assert said["ended"] == ("FACTURES_PUBLIQUES has an end date: none is expected", "Delete `date_fin`.")
    assert said["missing"][1] == ""


def test_what_is_said_from_a_day_on_stands_behind_what_is_said_before() -> None:
    lines = [*message_lines(texts("CP906"), ENGLISH)]
    assert lines[0].startswith("The service … is removed: invoices addressed to it will be rejected")
    assert lines[1].startswith("from 1 September 2026: The service … is removed, and its address with it")
    assert later_messages(texts("CP906"), ENGLISH)["removed"][0] == "2026-09-01"
    assert later_messages(texts("CP911"), ENGLISH) == {}


def test_what_is_asked_for_from_a_day_on_stands_behind_what_is_asked_for_before() -> None:
    before, after = usual_remedies(texts("CP904"), ENGLISH)
    assert "public accountant" in before
    assert after.startswith("Have the principal manager attach")
    assert usual_remedies(texts("CP401"), ENGLISH)[1] == ""
    lines = [*message_lines(texts("CP904"), ENGLISH)]
    assert "→" not in lines[0]
    assert "the attachment ended" in lines[1]
    assert lines[2].startswith("from 21 February 2023: The user … is removed")
    assert lines[2].endswith("→ Have the principal manager detach the user on the portal; their account stays.")
    assert len(lines) == 3


def test_a_note_follows_the_usual_remedy_of_each_day() -> None:
    note = texts("CP908").note
    assert note.startswith("What the sheet did not say before")
    assert all(remedy.endswith(f"leave the boxes as they are. {note}") for remedy in usual_remedies(texts("CP908"), ENGLISH))


def test_why_it_matters_may_have_more_to_say_from_a_day_on() -> None:
    assert [why[:11] for why in later_reasons(texts("CP708"), ENGLISH)] == ["Ticked, the", "The sheet i"]
    assert later_reasons(texts("CP904"), ENGLISH) == later_reasons(texts("CP105"), ENGLISH) == ()
