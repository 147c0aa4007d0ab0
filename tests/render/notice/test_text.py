"""What suppliers are told, on a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.notice import Notice
from chorus_config.render.notice.text import render
from chorus_config.render.shared.paint import coloured, plain
from tests.render.breakouts import BREAKOUTS
from tests.render.golden import agree
from tests.render.notices import nothing_changes, sample_changes, sample_notice


def shown(made: Notice, language: Language = "en") -> str:
    """Return a notice as text."""
    return render(made, translator_for(language), plain)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_as_approved(language: Language) -> None:
    agree(f"notice.{language}.txt", shown(sample_notice(), language))
    agree(f"notice-changes.{language}.txt", shown(sample_changes(), language))


def test_nothing_that_changes_is_one_line() -> None:
    assert shown(nothing_changes()) == "Nothing changes for suppliers\n"


def test_it_says_what_is_not_verified_and_what_stays_on_chorus_pro() -> None:
    text = shown(sample_notice())
    for said in ("not what the portal shows", "is not verified", "stay on Chorus Pro", "active structure of your own"):
        assert said in text


def test_before_platforms_take_part_it_speaks_of_the_portal_alone() -> None:
    early = shown(replace(sample_notice(), day=date(2025, 9, 17)))
    assert "REJ_ADR" not in early
    assert "opens on 18 September 2025" in early
    between = shown(replace(sample_notice(), day=date(2026, 8, 31)))
    assert "Until 31 August 2026" in between
    assert "opens on 18 September 2025" not in between
    assert "Until 31 August" not in shown(replace(sample_notice(), day=date(2026, 9, 1)))


def test_what_the_sheets_do_not_write_is_told_to_the_sender() -> None:
    assert "Lycée: the sheet says nothing of" not in shown(sample_changes())
    structure = sample_notice().structures[0]
    unsaid = replace(structure.addresses[1], unsaid=("/statut", "/parametres/moa_uniquement", "/services"))
    made = replace(sample_notice(), structures=(replace(structure, addresses=(unsaid,)),))
    assert "« Statut », « MOA uniquement », « Services »" in shown(made).replace("\u00a0", " ")


@pytest.mark.parametrize("text", BREAKOUTS)
def test_nothing_acts_on_a_terminal(text: str) -> None:
    for made in (sample_notice(text), sample_changes(text)):
        assert not any(ord(sign) < 32 and sign != "\n" for sign in shown(made))
    assert "\x1b[" in render(sample_notice(), translator_for("en"), coloured)
