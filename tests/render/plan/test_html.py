"""A plan or comparison as one page."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

import chorus_config.render
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.address import Address
from chorus_config.model.finding import Finding, Span
from chorus_config.model.plan import Change, FieldChange, Plan
from chorus_config.render.plan.html import plan_html
from chorus_config.render.plan.verdict import capital, headline
from chorus_config.render.shared.html import page
from chorus_config.render.shared.markdown import quoted
from chorus_config.render.shared.values import location
from chorus_config.yamltext.characters import printable
from tests.diff.strategies import Pair, pairs
from tests.engine.making import IBAN, approved, known, plan_of, sheet
from tests.render.breakouts import breakouts
from tests.render.golden import agree
from tests.render.model import FIRST, FOLDED, OTHER_IBAN
from tests.render.page_reading import Page
from tests.render.plan.test_text import hostile_plan
from tests.render.reading import acting, all_of
from tests.render.review import comparison, hostile, large, model

LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")
TEMPLATES: Final = Path(chorus_config.render.__file__).parent / "templates"
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def shown(made: Plan, language: Language = "en") -> str:
    """Return a plan as a page."""
    return plan_html(made, translator_for(language))


def bare(text: str) -> str:
    """Return a sentence without the marks of its pieces of code."""
    return re.sub("`([^`]+)`", r"\1", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_as_approved(language: Language) -> None:
    agree(f"plan.{language}.html", shown(model(language), language))
    agree(f"diff.{language}.html", shown(comparison(language), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_whole_in_itself(language: Language) -> None:
    text = shown(comparison(language), language)
    read = Page(text)
    assert text.startswith("<!DOCTYPE html>\n")
    assert read.attributes("html", "lang") == [language]
    assert POLICY in read.attributes("meta", "content")
    assert read.attributes("meta", "http-equiv") == ["Content-Security-Policy"]
    assert read.shape.index("meta") < read.shape.index("style")
    assert "width=device-width, initial-scale=1" in read.attributes("meta", "content")
    assert all(link.startswith("#s") for link in read.attributes("a", "href"))
    assert not {"script", "link", "img", "iframe", "form", "object"} & {*read.shape}
    assert "url(" not in text
    assert "@import" not in text
    assert read.comments == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_go_down_step_by_step(language: Language) -> None:
    for made in (model(language), comparison(language), hostile_plan()):
        levels = [level for level, _text in Page(shown(made, language)).headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_comes_first(language: Language) -> None:
    made = comparison(language)
    read = Page(shown(made, language))
    assert read.headings[0][1].replace("\u00a0", " ") == headline(made, translator_for(language)).replace("\u00a0", " ")
    assert read.attributes("header", "class") == ["verdict bad"]
    assert Page(shown(plan_of({"a.yaml": sheet()}).plan)).attributes("header", "class") == ["verdict good"]


def risky() -> Plan:
    """Return a plan that may be applied, with a change of high risk in it."""
    warning = Finding("CP914", "warning", "A box is ticked", "a.yaml", Span(15, 3, 15, 20), "/", "Call the operator")
    note = replace(warning, rule="CP915", level="info", message="Only a note")
    fields = (FieldChange("/emetteur_flux_edi", None, True), FieldChange("/adresse_postale/ville", "A", "B"))
    change = Change(Address(FIRST), "update", fields, "high", (warning, note))
    made = plan_of({"a.yaml": sheet()}).plan
    before = replace(made.before, lineage="x", serial=7, taken_at="2026-11-22T08:00:00Z", source="sqlite:///registre.sqlite3")
    return replace(made, changes=(change,), before=before, names={FIRST: "Commune de Valmont"})


def test_a_plan_of_high_risk_is_amber_and_says_what_field_and_rule() -> None:
    page = shown(risky(), "fr")
    read = Page(page)
    assert read.attributes("header", "class") == ["verdict risky"]
    part = Page(page.partition("<h2>Haut risque</h2>")[2].partition("</section>")[0]).text
    for told in (
        FIRST,
        "Commune de Valmont",
        "Est émetteur de flux EDI, Ville",
        "CP914",
        "A box is ticked",
        "Call the operator",
    ):
        assert told in part
    assert "Only a note" not in part


def test_a_page_says_plan_once_and_has_neither_the_address_of_the_store_nor_its_clock() -> None:
    text = Page(shown(risky(), "fr")).text
    assert text.count("Plan") == 2, "the title of the window, and that of the page"
    assert "sqlite:" not in text
    assert "T08:00:00Z" not in text
    assert "État n°\u00a07 du 22 novembre 2026 à 8\u00a0h\u00a000\u00a0UTC." in text.replace("n° 7", "n°\u00a07")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_all(language: Language) -> None:
    made = comparison(language)
    read = Page(shown(made, language))
    for change in made.changes:
        assert quoted(change.address.root) in read.codes
        assert quoted(change.address.key) in read.codes or not change.address.key
        for field in change.fields:
            name = field.path.rpartition("/")[2]
            assert name in read.text or not name.isprintable() or change.address.group == "espaces"
            sides = [side for side in (field.before, field.after) if isinstance(side, str)]
            assert all(quoted(side) in read.codes for side in sides)
    for finding in all_of(made):
        assert finding.rule in read.text
        assert location(finding) in read.codes
        assert bare(finding.message) in read.text
        assert bare(finding.help) in read.text
        assert all(bare(other.message) in read.text for other in finding.related)
        assert all(f"{quoted(other.path)}:{other.line}:{other.column}" in read.codes for other in finding.related)
    assert all(capital(why) in read.text for why in made.reasons)
    assert all(quoted(one.address) in read.codes and one.rule in read.text for one in made.accepted)
    assert all(quoted(text) in read.codes for one in made.moves for text in (one.address, one.before, one.after))
    assert all(quoted(one.what) in read.codes for one in made.decisions)
    assert {"off", "motif: Repris de l’ancien portail", "jusqu_au: 2027-01-31"} <= {*read.codes}
    assert "500" in read.text


def test_an_acceptance_stands_beside_what_it_accepts() -> None:
    read = Page(shown(comparison("en")))
    reason = "Accord de la trésorerie du 3 octobre, voir #12 et @tresorerie | `oui`"
    told = f"accepted: {reason} (until 30 June 2027, chorus-config.yaml)"
    assert read.text.count(told) == 1
    assert read.attributes("li", "class").count("finding error accepted") == 1


def test_every_link_leads_to_its_structure() -> None:
    read = Page(shown(model("en")))
    targets = read.attributes("section", "id")
    assert len(targets) == len({*targets}) == 4
    assert {link[1:] for link in read.attributes("a", "href")} == {*targets}


def test_the_same_change_of_four_structures_is_told_once() -> None:
    text = Page(shown(model("en"))).text
    assert text.count("same change on 4 structures") == 1
    assert all(root in text for root in FOLDED)


def test_no_sensitive_value_is_shown_and_a_change_behind_its_mask_is_told() -> None:
    text = shown(model("en"))
    assert IBAN not in text
    assert OTHER_IBAN not in text
    assert "(the hidden part differs)" in text


def test_no_value_is_cut() -> None:
    text = "mot " * 900 + "fin"
    assert quoted(text) in Page(shown(hostile(text))).codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_it_can_act(language: Language) -> None:
    for made in (model(language), comparison(language), hostile_plan()):
        assert acting(shown(made, language)) == set()


def test_no_value_becomes_a_tag_or_an_attribute() -> None:
    usual = Page(shown(hostile("x")))
    for text in breakouts():
        told = shown(hostile(text))
        read = Page(told)
        assert acting(told) <= acting(printable(text))
        assert quoted(text) in read.codes
        if "`" not in text and {text, text.replace("/", "")} & {""} == set():
            assert read.tags == usual.tags, text


@given(pairs())
@settings(max_examples=60, deadline=None, database=None)
def test_any_plan_reads_as_a_page(pair: Pair) -> None:
    made = plan_of({"a.yaml": pair.after}, approved(plan_of({"a.yaml": pair.before}))).plan
    Page(shown(made))
    assert acting(shown(made)) == set()


def test_nothing_to_change_is_one_sentence() -> None:
    made = plan_of({"a.yaml": sheet()}, known({"a.yaml": sheet()})).plan
    read = Page(shown(made))
    assert "No change: what is approved" in read.headings[0][1]
    assert len(read.headings) == 1
    seen = Page(shown(replace(made, before=replace(made.before, lineage=None))))
    assert "No change: all that the source reports" in seen.headings[0][1]


def test_large_plans_have_an_index() -> None:
    read = Page(shown(large(60)))
    assert read.shape.count("nav") == 1
    assert len(read.attributes("a", "href")) == 60
    assert Page(shown(large(1))).shape.count("nav") == 0


def test_templates_hold_no_words() -> None:
    """Words are translated in Python: beside tags, expressions and signs a template holds none."""
    for file in sorted(TEMPLATES.glob("*.html.j2")):
        source = re.sub(r"<!DOCTYPE html>|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"[^\W\d_]", source), file.name


def test_a_value_that_is_missing_is_a_fault_of_ours() -> None:
    with pytest.raises(Exception, match="undefined"):
        page("page.html.j2", lang="fr")


def palette(block: str) -> dict[str, str]:
    """Return the colours that a part of the style names."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, "contrast ratio")."""

    def light(colour: str) -> float:
        parts = [int(colour[location : location + 2], 16) / 255 for location in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("which", [0, 1, 2], ids=["light", "dark", "print"])
def test_all_texts_can_be_read_on_their_ground(which: int) -> None:
    colours = palette(re.findall(r":root \{.*?\}", (TEMPLATES / "style.css.j2").read_text(encoding="utf-8"), re.DOTALL)[which])
    assert len(colours) == 14
    pairs_ = [(ink, ground) for ink in ("ink", "quiet", "link") for ground in ("paper", "card")]
    pairs_ += [(name, f"{name}-soft") for name in ("error", "warning", "info", "good")]
    pairs_ += [("ink", "error-soft"), ("ink", "good-soft"), ("paper", "error"), ("good", "card"), ("error", "error-soft")]
    for ink, ground in pairs_:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
