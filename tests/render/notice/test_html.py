"""What suppliers are told, as a page that is sent as it is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.notice import Notice
from chorus_config.render.notice.html import render
from chorus_config.render.shared.paint import plain
from tests.render.breakouts import BREAKOUTS
from tests.render.golden import agree
from tests.render.notices import TOWN, nothing_changes, sample_changes, sample_notice
from tests.render.page_reading import Page


def shown(made: Notice, language: Language = "en") -> str:
    """Return a notice as a page."""
    return render(made, translator_for(language), plain)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_as_approved(language: Language) -> None:
    agree(f"notice.{language}.html", shown(sample_notice(), language))
    agree(f"notice-changes.{language}.html", shown(sample_changes(), language))


@pytest.mark.parametrize("made", [sample_notice(), sample_changes(), nothing_changes()])
def test_it_is_whole_in_itself_and_its_headings_go_down_step_by_step(made: Notice) -> None:
    text = shown(made)
    read = Page(text)
    assert read.attributes("html", "lang") == ["en"]
    assert not {"script", "link", "img", "iframe", "form", "object", "a"} & {*read.shape}
    levels = [level for level, _text in read.headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_an_address_that_may_be_broken_is_still_one_text() -> None:
    assert f"211609995_<wbr>{TOWN}_<wbr>ST-TECH</code>" in shown(sample_notice())


def test_what_the_sender_checks_is_not_printed() -> None:
    text = shown(sample_notice())
    assert '<aside class="sender">' in text
    assert "@page { size: A4; margin: 14mm 18mm; }\n  .sender { display: none; }" in text
    # Whoever sends the file, not a print, has to take it out.
    assert "take this part out</h2>" in text
    assert text.index('<section class="advice">') < text.index('<aside class="sender">')


@pytest.mark.parametrize("text", BREAKOUTS)
def test_nothing_that_somebody_wrote_becomes_a_tag(text: str) -> None:
    for made, plain_made in ((sample_notice(text), sample_notice()), (sample_changes(text), sample_changes())):
        shape = [tag for tag in Page(shown(made)).shape if tag not in {"wbr", "code"}]
        assert shape == [tag for tag in Page(shown(plain_made)).shape if tag not in {"wbr", "code"}]
