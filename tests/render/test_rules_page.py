"""A rule's page before any format: its parts, its exceptions, who can help."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import pytest
import yaml
from msgspec.structs import replace

from chorus_config.app.rules import list_rules as catalogue
from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.project import read_project
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import Rule, TrackedDay
from chorus_config.model.project import TextFile
from chorus_config.render.rules.page import (
    BLOCKS,
    Excerpt,
    RuleEntry,
    block_of,
    block_title,
    by_block,
    conditions,
    exception,
    facts,
    helpers,
    sections,
)
from chorus_config.render.rules.said import usual_remedies
from chorus_config.render.shared.screens import screens
from chorus_config.rules.catalogue import RULES
from tests.samples import PROJECT, SIRET, checked, example_text, example_yaml

ENTRIES: Final = {entry.rule.id: entry for entry in catalogue()}
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")
ENGLISH: Final = translator_for("en")


def made(like: str, rule: Rule) -> RuleEntry:
    """Return an entry with the words of another rule."""
    return replace(ENTRIES[like], rule=rule)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_of_a_block_that_has_a_name(rule: str) -> None:
    assert rule.startswith(block_of(rule))
    assert block_title(block_of(rule), ENGLISH)


def test_the_portfolio_is_a_block_of_its_own() -> None:
    assert (block_of("CP015"), block_of("CP051"), block_of("CP401")) == ("CP0", "CP05", "CP4")
    assert block_title("CP05", ENGLISH) == "CP05x  Portfolio"
    assert block_title("CP4", ENGLISH) == "CP4xx  Services"


def test_blocks_keep_the_order_of_the_catalogue_and_lose_nothing() -> None:
    grouped = by_block(ENTRIES.values())
    assert [entry.rule.id for rows in grouped.values() for entry in rows] == list(RULES)
    assert list(grouped) == [block for block in BLOCKS if block in grouped]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_a_page_has_all_its_parts(rule: str, language: Language) -> None:
    entry, say = ENTRIES[rule], translator_for(language)
    parts = list(sections(entry, say))
    assert len(parts) == len({part.title for part in parts}) == 8 + bool(screens(entry.rule.file, say)) + bool(entry.fix)
    assert all(part.text or part.items or part.code for part in parts)
    assert all(excerpt.caption or excerpt.yaml for part in parts for excerpt in part.code)
    assert say(entry.texts.why) in [part.text for part in parts]
    assert say(entry.texts.source) in [part.text for part in parts]
    assert usual_remedies(entry.texts, say)[0] in [part.text for part in parts]
    mended = [part for part in parts if "`chorus-config fix`" in part.title]
    assert [part.text.startswith(say(entry.fix)) for part in mended] == [True] * bool(entry.fix)
    written = [tuple(excerpt.yaml for excerpt in part.code) for part in parts if part not in mended]
    assert written[3:5] == [example_yaml(entry.texts.fails), example_yaml(entry.texts.passes)]
    assert not any(re.search(r"[{]\w*[}]", text) for part in parts for text in (part.text, *part.items))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", [rule for rule, row in RULES.items() if row.where == "change"])
def test_the_example_of_a_change_is_two_states_of_a_sheet_each_under_its_name(rule: str, language: Language) -> None:
    parts = [*sections(ENTRIES[rule], translator_for(language))][3:5]
    assert ["avant" if language == "fr" else "before"] * 2 == [_first_word(part.code[0]) for part in parts]
    assert ["après" if language == "fr" else "after"] * 2 == [_first_word(part.code[1]) for part in parts]
    assert [len(part.code) for part in parts] == [2, 2]


def _first_word(excerpt: Excerpt) -> str:
    return re.split(r"\W", excerpt.caption)[0].lower()


def test_what_became_of_the_file_is_said() -> None:
    """Two snippets alone do not show that a sheet was deleted, or that the second is another file."""

    def captions(rule: str) -> list[list[str]]:
        return [[e.caption for e in part.code] for part in [*sections(ENTRIES[rule], ENGLISH)][3:5]]

    assert captions("CP902") == [["Before:", "After:"], ["Before:", "After, in a new file:"]]
    assert captions("CP910") == [["Before:", "After: the file is deleted."], ["Before:", "After, in a new file:"]]
    assert captions("CP908") == [["Before:", "After:"]] * 2
    assert captions("CP701") == [[""]] * 2


@pytest.mark.parametrize(
    ("since", "until", "fixed", "ready", "told"),
    [
        (None, None, False, False, ()),
        ("2017-01-01", None, False, False, ("from 1 January 2017",)),
        (None, "2017-12-31", False, False, ("until 31 December 2017",)),
        ("2017-01-01", "2017-12-31", False, True, ("from 1 January 2017 to 31 December 2017", "error under --ready")),
        (None, None, True, False, ("never silenced",)),
    ],
)
def test_conditions(since: str | None, until: str | None, fixed: bool, ready: bool, told: tuple[str, ...]) -> None:
    rule = Rule("CP701", "warning", "advice", "settings/cp701_commitment_on_helios", fixed=fixed, ready=ready)
    entry = RuleEntry(rule, ENTRIES["CP701"].texts, since, until)
    assert conditions(entry, ENGLISH) == told
    assert facts(entry, ENGLISH) == ("warning", "check: advice schema", *told)


def test_a_level_that_changes_on_a_day_is_a_condition() -> None:
    assert facts(ENTRIES["CP904"], ENGLISH) == ("error", "check: schema of changes", "warning from 21 February 2023")


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("CP601", "comptable public"),
        ("CP801", "correspondant dématérialisation"),
        ("CP101", "INSEE"),
        ("CP902", "Chorus Pro support"),
        ("CP401", "gestionnaire principal"),
        ("CP001", "Whoever keeps these files"),
    ],
)
def test_who_can_help_comes_from_the_block(rule: str, word: str) -> None:
    assert any(word in told for told in helpers(ENTRIES[rule], ENGLISH))


@pytest.mark.parametrize("rule", RULES)
def test_help_is_a_sentence_for_each_kind_of_body(rule: str) -> None:
    for told in helpers(ENTRIES[rule], ENGLISH):
        assert told.count(". ") == 0
        assert told.endswith(".")


def test_rules_of_change_name_who_can_help_with_what_they_are_about() -> None:
    assert helpers(ENTRIES["CP904"], ENGLISH) == helpers(ENTRIES["CP601"], ENGLISH) != helpers(ENTRIES["CP906"], ENGLISH)
    assert not any("INSEE" in told for rule in ("CP904", "CP905", "CP912") for told in helpers(ENTRIES[rule], ENGLISH))


@pytest.mark.parametrize("rule", ["CP101", "CP601", "CP801", "CP909"])
def test_who_can_help_depends_on_the_kind_of_body(rule: str) -> None:
    told = helpers(ENTRIES[rule], ENGLISH)
    assert [one for one in told if one.startswith("At Hélios")] == [one for one in told if "comptable public" in one] != []
    assert "support" in next(one for one in told if one.startswith("Outside Hélios, the State included"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_the_exception_that_a_page_proposes_is_valid_once_its_day_is_written(rule: str, language: Language) -> None:
    """Fixed rules propose none; what the others propose is accepted by the schema and the rules of project files."""
    _told, written = exception(ENTRIES[rule], translator_for(language))
    assert bool(written) is not RULES[rule].fixed
    if not written:
        return
    dated = re.sub(r'jusqu_au: ".*"', 'jusqu_au: "2027-12-31"', written)
    assert [finding.rule for finding in checked(PROJECT + dated, "projet").findings] == []
    group = next(iter(yaml.safe_load(written)))
    wanted = "acceptations" if RULES[rule].where == "change" else "derogations"
    assert group in {wanted, "regles", "seuils"}


def test_the_day_of_an_exception_has_to_be_written() -> None:
    """What is copied without a day is refused, not valid for ever."""
    _told, written = exception(ENTRIES["CP102"], ENGLISH)
    assert {finding.rule for finding in checked(PROJECT + written, "projet").findings} == {"CP009"}


def test_exceptions_by_kind_of_rule() -> None:
    assert exception(ENTRIES["CP401"], ENGLISH)[0].startswith("No: this rule is never silenced")
    assert "one account" in exception(ENTRIES["CP802"], ENGLISH)[0]
    assert 'fiche: "dgs"' in exception(ENTRIES["CP802"], ENGLISH)[1]
    assert "one sheet" in exception(ENTRIES["CP701"], ENGLISH)[0]
    assert 'adresse: "21169999600016"\n' in exception(ENTRIES["CP910"], ENGLISH)[1]


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        (Rule("CP906", "warning", "change", "changes/cp906_service_removed"), "regles:\n  CP906: info\n"),
        (Rule("CP915", "info", "change", "changes/cp915_label_or_email"), 'regles:\n  CP915: "off"\n'),
        (Rule("CP920", "error", "guard", "changes/cp920_thresholds"), "seuils:\n  structures: 50\n  suppressions: 5\n"),
    ],
)
def test_rules_of_change_that_block_nothing_and_guards_have_their_own_ways(rule: Rule, written: str) -> None:
    assert exception(made("CP910", rule), ENGLISH)[1] == written


@pytest.mark.parametrize(
    ("rule", "address"),
    [
        ("CP904", f"{SIRET}/utilisateurs/compta"),
        ("CP905", f"{SIRET}/utilisateurs/compta"),
        ("CP907", f"{SIRET}/services/ST-TECH"),
        ("CP910", SIRET),
    ],
)
def test_an_acceptance_names_what_the_failing_example_changes(rule: str, address: str) -> None:
    assert yaml.safe_load(exception(ENTRIES[rule], ENGLISH)[1])["acceptations"][0]["adresse"] == address


def test_an_acceptance_of_what_no_change_shows_names_the_structure() -> None:
    entry = replace(ENTRIES["CP910"], texts=replace(ENTRIES["CP910"].texts, fails="# words\n"))
    assert f'adresse: "{SIRET}"' in exception(entry, ENGLISH)[1]


def test_a_waiver_as_proposed_silences_its_rule() -> None:
    """The words of the page are true: the entry, with a day, does what it says."""
    _told, written = exception(ENTRIES["CP701"], ENGLISH)
    raw = (PROJECT + written.replace("YYYY-MM-DD", "2027-12-31")).encode()
    day = date(2026, 11, 23)
    project, _findings = read_project(TextFile("chorus-config.yaml", raw, "projet"), CheckSettings(TrackedDay(day), ENGLISH))
    assert project is not None
    said = [
        {finding.rule for finding in checked(example_text("CP701", "fails"), project=each).findings} for each in (None, project)
    ]
    assert ["CP701" in rules for rules in said] == [True, False]


def test_what_is_said_from_a_day_on_is_said_with_that_day() -> None:
    why, _said, what, *_others = sections(ENTRIES["CP906"], ENGLISH)
    (seen,) = why.items
    assert seen.startswith("from 1 September 2026: The sheet is the source of the national directory")
    assert "directory" not in why.text
    (asked,) = what.items
    assert asked.startswith("from 1 September 2026: Tell the suppliers which code to use before this is entered on the portal")
