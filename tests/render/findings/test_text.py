"""Findings for people."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import Related
from chorus_config.render.findings.text import findings_text
from chorus_config.render.shared.paint import coloured, plain
from chorus_config.render.shared.values import location
from tests.render.golden import agree
from tests.render.model import FILES, HOSTILE, findings
from tests.render.reading import acting, unpainted

LANGUAGES: tuple[Language, ...] = ("en", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_as_approved(language: Language) -> None:
    agree(f"findings.{language}.txt", findings_text(findings(language), FILES, translator_for(language), plain))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_stands_in_it_with_its_places_and_remedy(language: Language) -> None:
    lines = findings_text(findings(language), FILES, translator_for(language), plain).splitlines()
    assert any(finding.related for finding in findings(language))
    for finding in findings(language):
        (at,) = [n for n, row in enumerate(lines) if row.startswith(location(finding)) and row.endswith(f" {finding.message}")]
        assert f" {finding.rule} " in lines[at]
        assert len(finding.related) == sum(other.message in row for other in finding.related for row in lines[at + 1 : at + 3])
        assert lines[at + 1 + len(finding.related)] == f"    → {finding.help}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_it_can_act(language: Language) -> None:
    shown = findings_text(findings(language), FILES, translator_for(language), plain)
    assert acting(shown) == set()
    assert not any(row.startswith("::") for row in shown.splitlines())


def test_colour_adds_escapes_and_nothing_else() -> None:
    say = translator_for("fr")
    painted = findings_text(findings("fr"), FILES, say, coloured)
    assert "\x1b[" in painted
    assert unpainted(painted) == findings_text(findings("fr"), FILES, say, plain)


def test_no_finding_is_good_news() -> None:
    assert findings_text((), {"fiche-structure": 2, "compte-utilisateur": 1}, translator_for("en"), plain) == (
        "2 sheets, 1 account: nothing to report\n"
    )
    assert findings_text((), {"fiche-structure": 1}, translator_for("fr"), plain).startswith("1 fiche")


@pytest.mark.parametrize(("level", "words"), [("error", "1 error"), ("warning", "1 warning"), ("info", "1 note")])
def test_the_last_line_counts_by_level(level: Any, words: str) -> None:
    one = replace(findings("en")[0], level=level)
    assert findings_text([one], {"fiche-structure": 1}, translator_for("en"), plain).splitlines()[-1] == f"1 sheet: {words}"
    two = findings_text([one, one], {"fiche-structure": 1}, translator_for("en"), plain)
    assert two.splitlines()[-1] == f"1 sheet: {words.replace('1', '2')}s"


def test_a_finding_that_somebody_else_wrote_cannot_act_either() -> None:
    other = Related(HOSTILE, 1, 1, HOSTILE)
    one = replace(findings("en")[0], message=HOSTILE, help=HOSTILE, path=HOSTILE, related=(other,))
    assert acting(findings_text([one], FILES, translator_for("en"), plain)) == set()
