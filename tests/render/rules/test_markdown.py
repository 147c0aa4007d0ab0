"""The catalogue and the pages of rules as Markdown, and the page of the documentation that is made of them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from chorus_config.app.rules import list_rules as catalogue
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import RuleTexts
from chorus_config.render.rules.markdown import page_markdown, rules_markdown
from chorus_config.render.rules.page import RuleEntry
from chorus_config.rules.catalogue import RULES
from tests.samples import example_yaml

PAGE: Final = Path(__file__).parents[3] / "docs" / "rules.md"
ENTRIES: Final = {entry.rule.id: entry for entry in catalogue()}
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")
_BAR: Final = re.compile(r"(?<!\\)\|")
_FENCE: Final = re.compile(r"^(`{3,})(.*)$")


def outside(text: str) -> list[str]:
    """Return the lines that are not inside a fence; every fence that opens must close."""
    fence, found = "", []
    for line in text.splitlines():
        match = _FENCE.match(line)
        if match and not fence:
            assert match[2] == "yaml"
            fence = match[1]
        elif fence and line == fence:
            fence = ""
        elif not fence:
            found.append(line)
    assert fence == ""
    return found


def codes(text: str) -> list[str]:
    """Return what stands inside fences, and the plain words outside of them unescaped."""
    return [code.strip("\n") for _fence, code in re.findall(r"^(`{3,})yaml\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)]


def words(text: str) -> str:
    """Return Markdown as it is read: without its escapes."""
    return re.sub(r"\\([\\`*\[\]<>|~&@_])", r"\1", text)


def hostile(text: str) -> RuleEntry:
    """Return a rule all of whose words are `text`."""
    said = RuleTexts(text, text, text, {"": text}, text, fails=f"a: {text}\n````\n", passes="b: c\n")
    return replace(ENTRIES["CP701"], texts=said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_a_page_says_all(rule: str, language: Language) -> None:
    entry, say = ENTRIES[rule], translator_for(language)
    page = page_markdown(entry, say)
    lines = [words(line) for line in outside(page)]
    assert lines[0] == f"# {rule} – {say(entry.texts.title)}"
    assert say(entry.texts.why) in lines
    assert say(entry.texts.source) in lines
    written = [text.rstrip() for side in (entry.texts.fails, entry.texts.passes) for text in example_yaml(side) if text]
    assert codes(page)[: len(written)] == written
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_leads_to_every_page(language: Language) -> None:
    text = rules_markdown([*ENTRIES.values()], translator_for(language))
    rows = [line for line in outside(text) if line.startswith("|")]
    assert len(rows) == len(RULES) + 2
    assert {len(_BAR.findall(row)) for row in rows} == {6}
    assert re.findall(r"^\| \[(CP\d+)\]", "\n".join(rows), re.MULTILINE) == list(RULES)
    assert re.findall(r"\]\(#(\w+)\)", text) == re.findall(r'^<a id="(\w+)"></a>$', text, re.MULTILINE)
    headings = [line for line in outside(text) if line.startswith("### ")]
    assert [line.split()[1] for line in headings] == list(RULES)


def test_pages_of_the_catalogue_are_those_of_explain_two_levels_lower() -> None:
    say = translator_for("en")
    text = rules_markdown([*ENTRIES.values()], say)
    page = page_markdown(ENTRIES["CP401"], say)
    assert re.sub(r"^(#+ [A-Z])", r"##\1", page, flags=re.MULTILINE).rstrip() in text


@pytest.mark.parametrize(
    "text",
    [
        "a | b `c | d` e",
        "one ` backtick",
        "`` two ``",
        "<script>alert(1)</script> <b>",
        "[link](https://example.invalid) ![image](x)",
        "*bold* _it_ ~~gone~~ &amp; @somebody",
        "first\nsecond\n\n# third\n- fourth",
        "# heading",
        "- item",
        "1. item",
        "back\\slash \\| bar",
    ],
)
def test_no_word_breaks_out(text: str) -> None:
    entry = hostile(text)
    table = rules_markdown([entry], translator_for("en"))
    (row,) = [line for line in outside(table) if line.startswith("| [CP")]
    # A bar is escaped by an odd number of backslashes before it.
    assert len([run for run in re.findall(r"(\\*)\|", row) if len(run) % 2 == 0]) == 6
    bare = re.sub("`[^`]*`", "", re.sub(r"\\.", "", "\n".join(outside(page_markdown(entry, translator_for("en"))))))
    assert not re.search(r"[*\[<~@`]|\b_|_\b", bare), bare
    assert len(re.findall("^#", bare, re.MULTILINE)) == 10
    assert codes(page_markdown(entry, translator_for("en")))[0] == f"a: {text}\n````"


@pytest.mark.parametrize(("language", "captions"), [("en", ["Before:", "After:"]), ("fr", ["Avant\u00a0:", "Après\u00a0:"])])
def test_the_two_states_of_an_example_of_change_are_each_under_their_name(language: Language, captions: list[str]) -> None:
    lines = page_markdown(ENTRIES["CP908"], translator_for(language)).splitlines()
    fences = [number for number, line in enumerate(lines) if line == "```yaml"]
    assert [lines[number - 2] for number in fences[:4]] == captions * 2


def test_a_sheet_that_is_gone_has_words_and_no_fence() -> None:
    page = page_markdown(ENTRIES["CP910"], translator_for("en"))
    assert "After: the file is deleted.\n\n## Passing example\n\nBefore:\n\n```yaml\n" in page


def test_code_stays_code_and_names_stay_readable() -> None:
    page = page_markdown(ENTRIES["CP401"], translator_for("en"))
    assert "`actif: true`" in page
    assert "FACTURES_PUBLIQUES is inactive" in page


def test_the_page_of_the_documentation_is_current() -> None:
    """`CHORUS_CONFIG_GOLDEN=write` writes it anew, to be read in the diff."""
    made = rules_markdown([*ENTRIES.values()], translator_for("fr"))
    if os.environ.get("CHORUS_CONFIG_GOLDEN") == "write":
        PAGE.write_bytes(made.encode())
    assert PAGE.read_bytes().decode() == made
