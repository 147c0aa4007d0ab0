"""The catalogue and the pages of rules as text."""

from __future__ import annotations

import re
from typing import Final

import pytest
from msgspec.structs import replace

from chorus_config.app.rules import list_rules as catalogue
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.iban import masked_text
from chorus_config.render.rules.page import exception, helpers
from chorus_config.render.rules.said import usual_remedies
from chorus_config.render.rules.text import page_text, rules_text
from chorus_config.render.shared.dates import day_text
from chorus_config.render.shared.paint import coloured, plain
from chorus_config.rules.catalogue import RULES
from tests.render.reading import acting, unpainted
from tests.samples import example_yaml

ENTRIES: Final = {entry.rule.id: entry for entry in catalogue()}
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")


def one_line(text: str) -> str:
    """Return a text with its lines joined, as a person reads it."""
    return re.sub(r"[ \n]+", " ", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_one_line_in_the_list(language: Language) -> None:
    say = translator_for(language)
    lines = rules_text([*ENTRIES.values()], say, plain).splitlines()
    for rule, entry in ENTRIES.items():
        (line,) = [line for line in lines if line.startswith(f"  {rule} ")]
        assert say(entry.texts.title) in line
        assert (entry.until is None) or day_text(entry.until, say) in line


def test_the_list_in_full() -> None:
    some = [ENTRIES[rule] for rule in ("CP015", "CP108", "CP401", "CP710", "CP901")]
    assert rules_text(some, translator_for("en"), plain) == (
        "CP0xx  Files and their format\n"
        "  CP015  error    program              Level change, waiver or acceptance not allowed · never silenced\n"
        "\n"
        "CP1xx  Identity\n"
        "  CP108  warning  advice schema        Inactive structure · error under --ready\n"
        "\n"
        "CP4xx  Services\n"
        "  CP401  error    schema               FACTURES_PUBLIQUES untouched · never silenced\n"
        "\n"
        "CP7xx  Parameters\n"
        "  CP710  warning  advice schema        EDI reception during 2017 · from 1 January 2017 to 31 December 2017\n"
        "\n"
        "CP9xx  Changes\n"
        "  CP901  error    schema of changes    FACTURES_PUBLIQUES removed or changed · never silenced\n"
        "\n"
        "5 rules: 3 errors, 2 warnings. `chorus-config explain RULE` shows the page of one.\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_a_page_says_all(rule: str, language: Language) -> None:
    entry, say = ENTRIES[rule], translator_for(language)
    page = page_text(entry, say, plain)
    assert page.startswith(f"{rule}  {say(entry.texts.title)}\n")
    read = one_line(page)
    for text in (
        say(entry.texts.why),
        say(entry.texts.source),
        *usual_remedies(entry.texts, say),
        *helpers(entry, say),
        exception(entry, say)[0],
    ):
        assert one_line(text) in read
    lines = page.splitlines()
    for text in (*example_yaml(entry.texts.fails), *example_yaml(entry.texts.passes)):
        # Even the IBAN of an example is masked.
        for line in masked_text(text).splitlines():
            assert f"      {line}".rstrip() in lines
    assert acting(page) == set()
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


@pytest.mark.parametrize("rule", RULES)
def test_code_in_a_sentence_stays_on_one_line(rule: str) -> None:
    """Words are broken between words, at most 100 characters wide unless a piece of code is longer by itself."""
    entry = ENTRIES[rule]
    for line in page_text(entry, translator_for("fr"), plain).splitlines():
        if not line.startswith("      "):
            assert line.count("`") % 2 == 0, line
            assert len(line) <= 100 or "`" in line or line.startswith(rule), line


def test_colour_changes_no_word() -> None:
    say = translator_for("en")
    for entry in ENTRIES.values():
        assert unpainted(page_text(entry, say, coloured)) == page_text(entry, say, plain)
    listed = [*ENTRIES.values()]
    assert unpainted(rules_text(listed, say, coloured)) == rules_text(listed, say, plain)
    assert "\x1b[1;31m" in rules_text(listed, say, coloured)


def test_nothing_in_an_example_can_act_on_a_terminal() -> None:
    entry = ENTRIES["CP002"]
    hostile = replace(entry, texts=replace(entry.texts, fails="a: \x1b[31m\u202e\n"))
    assert acting(page_text(hostile, translator_for("en"), plain)) == set()


def test_an_example_that_is_a_comment_alone_has_no_caption() -> None:
    assert "Excerpt" not in page_text(ENTRIES["CP011"], translator_for("en"), plain)
    assert "A whole file:" in page_text(ENTRIES["CP001"], translator_for("en"), plain)
    assert "Excerpts of a sheet, as it was known" in page_text(ENTRIES["CP910"], translator_for("en"), plain)


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [("en", "  Before:\n", "  After:\n"), ("fr", "  Avant\u00a0:\n", "  Après\u00a0:\n")],
)
def test_the_two_states_of_an_example_of_change_are_shown_one_under_the_other(
    language: Language, before: str, after: str
) -> None:
    page = page_text(ENTRIES["CP917"], translator_for(language), plain)
    empty, ticked = (f"      parametres:\n        moa_uniquement: {value}\n" for value in ("false", "true"))
    assert f"{before}{empty}{after}{ticked}" in page
    assert f"{before}{ticked}{after}{empty}" in page


def test_a_sheet_that_is_gone_has_words_and_no_lines() -> None:
    page = page_text(ENTRIES["CP910"], translator_for("en"), plain)
    assert "  After: the file is deleted.\n\nPassing example\n  Before:\n" in page
