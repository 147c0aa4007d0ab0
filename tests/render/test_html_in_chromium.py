"""The pages in a real browser, opened from disk: they render, nothing acts, nothing scrolls sideways."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import translator_for
from chorus_config.render.findings.html import findings_html
from chorus_config.render.letter.html import letters_html
from chorus_config.render.notice.html import render as notice_html
from chorus_config.render.plan.html import plan_html
from chorus_config.render.shared.paint import plain
from chorus_config.render.status.html import status_html
from chorus_config.render.worksheet.html import worksheet_html
from tests.render.breakouts import BREAKOUTS
from tests.render.chromium import Tab, browser, program
from tests.render.model import FILES, findings
from tests.render.notices import sample_changes, sample_notice
from tests.render.page_reading import Page
from tests.render.plan.test_text import hostile_plan
from tests.render.portfolio import crowd, portfolio
from tests.render.portfolio import hostile as hostile_portfolio
from tests.render.review import comparison, hostile, large, model
from tests.render.sheets import worksheet
from tests.render.test_letter import letters
from tests.render.test_worksheet import hostile as hostile_worksheet

SAY: Final = translator_for("fr")
# A text that tries everything at once, with a word too long for any screen.
EVERYTHING: Final = " ".join(one for one in BREAKOUTS if one.strip()) + "W" * 400
PAGES: Final[dict[str, Callable[[], str]]] = {
    "plan": lambda: plan_html(model("fr"), SAY),
    "comparison": lambda: plan_html(comparison("fr"), SAY),
    "hostile": lambda: plan_html(hostile_plan(), SAY),
    "everything": lambda: plan_html(hostile(EVERYTHING), SAY),
    "large": lambda: plan_html(large(200, 20), SAY),
    "findings": lambda: findings_html(findings("fr"), FILES, SAY),
    "notice": lambda: notice_html(sample_notice(EVERYTHING), SAY, plain),
    "notice of changes": lambda: notice_html(sample_changes(EVERYTHING), SAY, plain),
    "letters": lambda: letters_html(letters(), SAY),
    "hostile letters": lambda: letters_html(letters(EVERYTHING, 3), SAY),
    "worksheet": lambda: worksheet_html(worksheet("fr"), SAY),
    "worksheet of hostile words": lambda: worksheet_html(hostile_worksheet(EVERYTHING), SAY),
    "status": lambda: status_html(portfolio(), SAY),
    "status of many": lambda: status_html(crowd(), SAY),
    "status of many hostile words": lambda: status_html(crowd(hostile_portfolio(EVERYTHING)), SAY),
    "status of hostile words": lambda: status_html(hostile_portfolio(EVERYTHING), SAY),
    "nothing": lambda: findings_html((), FILES, SAY),
}
# A page that does what ours must not: the test must see it.
BAD: Final = (
    "<!DOCTYPE html><html lang=fr><head><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>x</title></head>"
    "<body><h1>x</h1><script>document.title = 'acted'</script><div style='width: 900px'>x</div></body></html>"
)


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    """A page of a browser; its absence is said loudly, and is a failure where tests must be complete."""
    found = program()
    if found is None:
        reason = "NO CHROMIUM ON THIS MACHINE: that pages are inert and readable in a browser was NOT checked"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with browser(found) as opened:
        yield opened


def saved(folder: Path, text: str) -> Path:
    """Save a page as a user would have it."""
    file = folder / "rapport.html"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", PAGES)
def test_a_page_renders_and_nothing_in_it_acts(tab: Tab, tmp_path: Path, name: str) -> None:
    text = PAGES[name]()
    tab.open(saved(tmp_path, text))
    assert tab.complaints() == []
    assert tab.value("document.title") == tab.value(
        "document.querySelector('p.kind').innerText + ' – ' + document.querySelector('h1').textContent"
    )
    assert tab.value("document.querySelectorAll('h1').length") == 1
    assert tab.value("document.compatMode") == "CSS1Compat"
    assert tab.value("document.querySelectorAll('script, img, iframe, form, base, link, object, embed, details').length") == 0
    # Only the status draws, and only plain bars.
    assert (tab.value("document.querySelectorAll('svg').length") > 0) == ("status" in name)
    assert tab.value("[...document.querySelectorAll('svg *')].every(e => e.localName === 'rect' && !e.hasChildNodes())")
    acting = "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => /^on/i.test(a.name)).length"
    assert tab.value(acting) == 0
    # What the browser made of the page has exactly the tags that the page was written with.
    made = tab.value("[...document.querySelectorAll('*')].map(e => e.localName)")
    assert sorted(made) == sorted(Page(text).shape)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 375, 768, 1200])
def test_no_page_scrolls_sideways(tab: Tab, tmp_path: Path, name: str, width: int) -> None:
    tab.open(saved(tmp_path, PAGES[name]()), width)
    assert tab.value("innerWidth") == width
    assert tab.value("document.documentElement.scrollWidth") <= width
    beyond = f"[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > {width} + 0.5).length"
    assert tab.value(beyond) == 0


def test_colours_follow_the_system(tab: Tab, tmp_path: Path) -> None:
    file = saved(tmp_path, PAGES["comparison"]())
    grounds = []
    for dark in (False, True):
        tab.open(file, dark=dark)
        grounds.append(tab.value("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(255, 255, 255)", "rgb(22, 22, 28)"]


def test_it_prints(tab: Tab, tmp_path: Path) -> None:
    tab.open(saved(tmp_path, PAGES["comparison"]()), 794, dark=True, media="print")
    assert tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.value("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert tab.paper().startswith(b"%PDF-")


def test_each_letter_is_printed_on_a_page_of_its_own_without_what_stands_beside_it(tab: Tab, tmp_path: Path) -> None:
    tab.open(saved(tmp_path, PAGES["letters"]()), 794, dark=True, media="print")
    assert tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    beside = "[...document.querySelectorAll('.beside, .verdict, nav')].every(e => getComputedStyle(e).display === 'none')"
    assert tab.value(beside) is True
    assert tab.value("getComputedStyle(document.querySelector('.sheet p')).color") == "rgba(0, 0, 0, 0)", "the letterhead"
    assert tab.value("getComputedStyle(document.querySelector('.paragraph')).color") == "rgb(0, 0, 0)"
    # So many leaves of paper as there are letters.
    assert len(re.findall(rb"/Type\s*/Page\b", tab.paper())) == tab.value("document.querySelectorAll('.letter').length") == 7


def test_a_worksheet_keeps_its_ticks_and_counts_them_without_a_script(tab: Tab, tmp_path: Path) -> None:
    tab.open(saved(tmp_path, PAGES["worksheet"]()), 390)
    boxes = tab.value("document.querySelectorAll('input[type=checkbox]').length")
    assert boxes > 3
    assert tab.value("document.querySelectorAll('input:not([type=checkbox]), button, select, textarea').length") == 0
    tab.value("[...document.querySelectorAll('.gesture label')].slice(0, 2).forEach(e => e.click())")
    assert tab.value("document.querySelectorAll('input:checked').length") == 2
    assert tab.value("document.querySelector('.progress').innerText").endswith(f"/ {boxes}")
    green = "getComputedStyle(document.querySelectorAll('.gesture')[{}]).backgroundColor"
    assert tab.value(green.format(0)) != tab.value(green.format(2))


def test_a_worksheet_prints_a_structure_a_page_with_boxes_and_page_numbers(tab: Tab, tmp_path: Path) -> None:
    text = PAGES["worksheet"]()
    tab.open(saved(tmp_path, text), 794, dark=True, media="print")
    breaks = "[...document.querySelectorAll('.sheet')].map(e => getComputedStyle(e).breakBefore)"
    assert set(tab.value(breaks)) == {"page"}
    assert tab.value("getComputedStyle(document.querySelector('.gesture input')).borderTopColor") == "rgb(0, 0, 0)"
    assert tab.value("getComputedStyle(document.querySelector('.progress')).display") == "none"
    assert tab.value("getComputedStyle(document.querySelector('.signature')).display") == "flex"
    pages = len(re.findall(rb"/Type\s*/Page\b", tab.paper()))
    assert pages > tab.value("document.querySelectorAll('.sheet').length")
    assert "counter(page)" in text


def test_every_link_leads_to_its_structure(tab: Tab, tmp_path: Path) -> None:
    tab.open(saved(tmp_path, PAGES["comparison"]()))
    assert tab.value("[...document.links].every(a => document.getElementById(a.hash.slice(1)) !== null)") is True
    tab.value("document.links[document.links.length - 1].click()")
    assert tab.value("document.querySelectorAll(':target').length") == 1


def test_a_bad_page_would_be_seen(tab: Tab, tmp_path: Path) -> None:
    tab.open(saved(tmp_path, BAD), 375)
    assert tab.complaints() != []
    assert tab.value("document.title") == "x"
    assert tab.value("document.documentElement.scrollWidth") > 375


def test_the_status_is_read_from_afar_in_light_and_dark(tab: Tab, tmp_path: Path) -> None:
    file = saved(tmp_path, PAGES["status"]())
    fills = []
    for dark in (False, True):
        tab.open(file, 1920, 1080, dark=dark)
        assert tab.value("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)") >= 72
        sizes = tab.value("[...document.querySelectorAll('.legend strong')].map(e => parseFloat(getComputedStyle(e).fontSize))")
        assert min(sizes) >= 36
        # What is drawn is seen: each piece has a height and a colour of its own against its ground.
        assert tab.value("document.querySelector('.whole svg').getBoundingClientRect().height") >= 40
        fills.append(tab.value("[...document.querySelectorAll('.whole rect')].map(e => getComputedStyle(e).fill)"))
        assert len({*fills[-1]}) == 5
    assert fills[0] != fills[1]


def test_many_members_are_few_screens_and_read_from_afar(tab: Tab, tmp_path: Path) -> None:
    groups = crowd().groups
    found = replace(crowd(), groups=tuple(group for _time in range(12) for group in groups))
    tab.open(saved(tmp_path, status_html(found, SAY)), 1920, 1080)
    assert tab.value("document.querySelectorAll('.lines li').length") == len({one.state for one in groups})
    assert tab.value("document.querySelector('main').getBoundingClientRect().height") < 6 * 1080
    lines = "[...document.querySelectorAll('.lines li')]"
    assert min(tab.value(f"{lines}.map(e => parseFloat(getComputedStyle(e).fontSize))")) >= 20
    tab.open(saved(tmp_path, status_html(found, SAY)), 390, dark=True)
    assert tab.value("document.documentElement.scrollWidth") == 390
    # Where nothing is late, hundreds of members are one screen, of a small one too.
    on_time = replace(found, groups=tuple(one for one in found.groups if not any(row.is_late() for row in one.rows)))
    tab.open(saved(tmp_path, status_html(on_time, SAY)), 1280, 800)
    assert len(on_time.groups) > 250
    assert tab.value("document.querySelector('main').getBoundingClientRect().bottom") <= 800


def test_the_status_prints_what_it_draws(tab: Tab, tmp_path: Path) -> None:
    tab.open(saved(tmp_path, PAGES["status"]()), 794, dark=True, media="print")
    assert tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.value("getComputedStyle(document.querySelector('svg')).printColorAdjust") == "exact"
    assert tab.paper().startswith(b"%PDF-")
