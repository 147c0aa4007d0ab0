"""What suppliers are told, as Markdown."""

from __future__ import annotations

import pytest

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.notice import Notice
from chorus_config.render.notice.markdown import render
from chorus_config.render.shared.paint import plain
from tests.render.breakouts import BREAKOUTS
from tests.render.golden import agree
from tests.render.markdown_reading import read
from tests.render.notices import TECH, changed, nothing_changes, sample_changes, sample_notice
from tests.render.reading import acting


def shown(made: Notice, language: Language = "en") -> str:
    """Return a notice as Markdown."""
    return render(made, translator_for(language), plain)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_as_approved(language: Language) -> None:
    agree(f"notice.{language}.md", shown(sample_notice(), language))
    agree(f"notice-changes.{language}.md", shown(sample_changes(), language))


def test_it_begins_with_what_it_is_about_and_ends_with_what_the_sender_checks() -> None:
    lines = shown(sample_changes()).splitlines()
    assert lines[0] == "# What changes for your invoices to 3 structures"
    assert shown(nothing_changes()) == "# Nothing changes for suppliers\n"
    assert "## Before you send this: not for suppliers, take this part out" in shown(sample_notice())


def test_what_an_address_demands_that_opens_stands_with_it() -> None:
    ticked = ({"code_service_obligatoire": True}, {"engagement_juridique_obligatoire": True})
    assert "| New address. The invoice must bear: a commitment number |" in shown(changed([TECH], [TECH], ticked))


@pytest.mark.parametrize("text", BREAKOUTS)
def test_no_name_breaks_out(text: str) -> None:
    for made, plain_made in ((sample_notice(text), sample_notice()), (sample_changes(text), sample_changes())):
        seen, expected = read(shown(made)), read(shown(plain_made))
        assert len(seen.headings) == len(expected.headings)
        assert [len(table) for table in seen.tables] == [len(table) for table in expected.tables]
        assert acting(" ".join((*seen.words, *seen.codes))) == set()
