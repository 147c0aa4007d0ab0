"""Findings as one page."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import Finding
from chorus_config.render.findings.html import findings_html
from chorus_config.render.findings.text import summary
from chorus_config.render.shared.markdown import quoted
from chorus_config.yamltext.characters import printable
from tests.render.breakouts import breakouts
from tests.render.golden import agree
from tests.render.model import FILES, findings
from tests.render.page_reading import Page
from tests.render.plan.test_html import POLICY, bare
from tests.render.reading import acting

LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")


def shown(found: tuple[Finding, ...], language: Language = "en") -> str:
    """Return findings as a page."""
    return findings_html(found, FILES, translator_for(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_as_approved(language: Language) -> None:
    agree(f"findings.{language}.html", shown(findings(language), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_stands_in_it_with_its_places_and_remedy(language: Language) -> None:
    read = Page(shown(findings(language), language))
    assert read.headings[0][1].replace("\u00a0", " ") == summary(findings(language), FILES, translator_for(language)).replace(
        "\u00a0", " "
    )
    assert read.attributes("meta", "content")[0] == POLICY
    assert read.attributes("html", "lang") == [language]
    assert len([one for one in read.attributes("li", "class") if one.startswith("finding ")]) == len(findings(language))
    for finding in findings(language):
        assert f"{quoted(finding.path)}:{finding.span.line}:{finding.span.column}" in read.codes
        assert finding.rule in read.text
        assert bare(finding.message) in read.text
        assert bare(finding.help) in read.text
        for other in finding.related:
            assert f"{quoted(other.path)}:{other.line}:{other.column}" in read.codes
            assert bare(other.message) in read.text


def test_the_worst_file_comes_first_with_its_errors() -> None:
    read = Page(shown(findings("en")))
    paths = [text for level, text in read.headings if level == 2]
    errors = [sum(quoted(one.path) == path and one.level == "error" for one in findings("en")) for path in paths]
    assert errors == sorted(errors, reverse=True) == [17, 1, 1]
    assert all(after <= before + 1 for (before, _one), (after, _other) in pairwise(read.headings))


@pytest.mark.parametrize(("level", "verdict"), [("error", "bad"), ("warning", "risky"), ("info", "good")])
def test_only_errors_make_a_bad_verdict(level: str, verdict: str) -> None:
    one = replace(findings("en")[0], level=level)
    assert Page(shown((one,))).attributes("header", "class") == [f"verdict {verdict}"]
    assert Page(shown(())).attributes("header", "class") == ["verdict good"]


def test_no_value_becomes_a_tag_or_an_attribute() -> None:
    model = next(one for one in findings("en") if one.related)

    def with_text(text: str) -> str:
        other = replace(model.related[0], path=text, message=text)
        return shown((replace(model, rule=text, message=text, help=text, path=text, related=(other,)),))

    usual = Page(with_text("x"))
    for text in breakouts():
        told = with_text(text)
        assert acting(told) <= acting(printable(text))
        assert Page(told).tags == usual.tags or "`" in text
