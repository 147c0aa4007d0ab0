"""Findings for a comment of a pull request."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import Finding, Span
from chorus_config.render.findings.markdown import findings_markdown
from chorus_config.render.findings.text import summary
from chorus_config.render.plan.markdown import NOTICE
from chorus_config.render.shared.markdown import code, fits, prose, quoted
from chorus_config.yamltext.characters import printable
from tests.render.breakouts import BREAKOUTS, breakouts
from tests.render.golden import agree
from tests.render.markdown_reading import read
from tests.render.model import FILES, findings
from tests.render.reading import acting

SAY = translator_for("en")
LANGUAGES: tuple[Language, ...] = ("en", "fr")


def shown(found: tuple[Finding, ...], limit: int = 60_000, language: Language = "en") -> str:
    """Return findings as Markdown."""
    return findings_markdown(found, FILES, translator_for(language), limit=limit)


def many(files: int, each: int) -> tuple[Finding, ...]:
    """Return findings of many files, an error and warnings in each."""
    first = findings("en")[0]
    return tuple(
        replace(
            first,
            path=f"structures/{number}.yaml",
            level="error" if line == 1 else "warning",
            message=f"Message {number} of line {line}: what is wrong and what is expected here instead of it",
            span=Span(line, 1, line, 2),
        )
        for number in range(files)
        for line in range(1, each + 1)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_as_approved(language: Language) -> None:
    agree(f"findings.{language}.md", shown(findings(language), language=language))


@pytest.mark.parametrize("limit", [4_000, 1_500, 400])
def test_it_is_as_approved_where_there_is_little_room(limit: int) -> None:
    agree(f"findings.{limit}.md", shown(findings("en"), limit))


def test_it_begins_with_its_marker_and_the_verdict() -> None:
    first, second, *_rest = shown(findings("en")).splitlines()
    assert first == "<!-- chorus-config:findings -->"
    assert second == "**8 sheets, 1 account, 1 project file: 19 errors, 2 warnings, 1 note**"


def test_no_finding_is_one_sentence() -> None:
    made = shown(())
    assert made == "<!-- chorus-config:findings -->\n**8 sheets, 1 account, 1 project file: nothing to report**\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_stands_in_it_with_its_places_and_remedy(language: Language) -> None:
    text = shown(findings(language), language=language)
    rows = [row for one in read(text).tables for row in one[1:]]
    assert len(rows) == len(findings(language))
    for finding in findings(language):
        assert code(finding.path) in text
        told = prose(finding.message).replace("|", "\\|")
        (row,) = [row for row in text.splitlines() if told in row and f"| {finding.span.line}:{finding.span.column} |" in row]
        assert f"| {finding.rule} |" in row
        assert f"| {prose(finding.help)} |" in row
        assert all(prose(other.message) in row for other in finding.related)
        assert all(f":{other.line}:{other.column}`" in row for other in finding.related)


def test_the_worst_comes_first() -> None:
    rows = (("a", "warning"), ("a", "info"), ("b", "info"), ("b", "warning"), ("b", "error"), ("c", "error"), ("c", "error"))
    levels: tuple[tuple[str, Any], ...] = rows
    made = read(shown(tuple(replace(findings("en")[0], path=f"{path}.yaml", level=level) for path, level in levels)))
    assert made.headings == ["c.yaml", "b.yaml", "a.yaml"]
    assert [row[0] for row in made.tables[1][1:]] == ["error", "warning", "note"]


@pytest.mark.parametrize("limit", [10**9, 2_000, 900])
def test_no_value_leaves_its_cell(limit: int) -> None:
    whole = findings("en")
    model = next(one for one in whole if one.related)
    for text in breakouts() if limit == 10**9 else BREAKOUTS:
        other = replace(model.related[0], path=text, message=text)
        found = tuple(replace(one, message=text, help=text, path=text, related=(other,)) for one in whole[:4])
        made = shown(found, limit)
        assert acting(made) <= acting(printable(text))
        assert {len(row) for one in read(made).tables for row in one} <= {4, 5}
        if limit == 10**9:
            assert len(read(made).tables) == 1
            assert quoted(text) in read(made).codes


@pytest.mark.parametrize("limit", [1_000, 2_000, 4_000, 6_000, 9_000, 15_000, 30_000, 59_000])
def test_no_text_is_longer_than_asked(limit: int) -> None:
    for found in (findings("en"), many(300, 10), many(4, 400)):
        text = shown(found, limit)
        assert fits(text, limit)
        assert f"**{prose(summary(found, FILES, SAY))}**" in text
        assert (prose(NOTICE) in text) is (
            len(read(text).tables) != len({one.path for one in found}) or "What to do" not in text
        )


def test_what_does_not_fit_is_left_out_in_steps() -> None:
    assert [len(one) for one in read(shown(many(30, 10))).tables] == [11] * 30
    assert [len(one) for one in read(shown(many(300, 10))).tables] == [2] * 300
    assert [len(one) for one in read(shown(many(1_000, 3))).tables] == [201]
    assert shown(many(1_000, 3)).endswith("\n\n… and 800 more\n")
