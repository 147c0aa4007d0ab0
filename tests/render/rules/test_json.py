"""The catalogue and the pages of rules as JSON."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from chorus_config.app.rules import list_rules as catalogue
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.iban import masked_text
from chorus_config.render.findings.json import as_json
from chorus_config.render.rules.json import page_document, rules_document
from chorus_config.render.shared.screens import screens
from chorus_config.rules.catalogue import RULES
from chorus_config.rules.judges.platforms import WHEN_SEEN
from chorus_config.schema.packaged import schema
from tests.samples import example_yaml

ENTRIES: Final = {entry.rule.id: entry for entry in catalogue()}
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")
KEYS: Final = ["id", "level", "title", "source", "where", "fixed", "ready", "from", "until", "later", "risk", "why", "remedy"]


def conforms(document: object) -> None:
    """Assert that a document satisfies the published schema."""
    Draft202012Validator(schema("rules"), format_checker=Draft202012Validator.FORMAT_CHECKER).validate(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_satisfies_its_schema(language: Language) -> None:
    document = json.loads(as_json(rules_document(ENTRIES.values(), translator_for(language))))
    conforms(document)
    assert (document["format_version"], document["type"]) == ("1.0", "rules")
    assert [row["id"] for row in document["rules"]] == list(RULES)
    assert all(list(row) == KEYS for row in document["rules"])
    assert as_json(document).isascii()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_a_page_is_a_catalogue_of_one_with_more(rule: str, language: Language) -> None:
    entry, say = ENTRIES[rule], translator_for(language)
    document = json.loads(as_json(page_document(entry, say)))
    conforms(document)
    (page,) = document["rules"]
    (row,) = rules_document([entry], say)["rules"]
    assert {key: page[key] for key in KEYS} == row
    assert (page["id"], page["title"], page["why"], page["source"]) == (
        rule,
        say(entry.texts.title),
        say(entry.texts.why),
        say(entry.texts.source),
    )
    for key, example in (("fails", entry.texts.fails), ("passes", entry.texts.passes)):
        *before, after = example_yaml(example)
        assert (page[f"{key}_before"], page[key]) == (before[0] if before else None, masked_text(after))
    assert [one["case"] for one in page["messages"]] == list(entry.texts.messages)
    assert all(one["message"] and one["remedy"] for one in page["messages"])
    assert page["helper"]
    assert page["screens"] == list(screens(entry.rule.file, say))


def test_the_example_of_a_change_is_the_sheet_before_and_after() -> None:
    (page,) = page_document(ENTRIES["CP917"], translator_for("en"))["rules"]
    empty, ticked = (f"parametres:\n  moa_uniquement: {value}\n" for value in ("false", "true"))
    assert (page["fails_before"], page["fails"]) == (empty, ticked)
    assert (page["passes_before"], page["passes"]) == (ticked, empty)
    (gone,) = page_document(ENTRIES["CP910"], translator_for("en"))["rules"]
    assert (gone["fails_before"] != "", gone["fails"]) == (True, "")
    (sheet,) = page_document(ENTRIES["CP701"], translator_for("en"))["rules"]
    assert (sheet["fails_before"], sheet["passes_before"]) == (None, None)


def test_the_days_are_dates_or_null() -> None:
    rows = {row["id"]: row for row in rules_document(ENTRIES.values(), translator_for("en"))["rules"]}
    assert (rows["CP710"]["from"], rows["CP710"]["until"]) == ("2017-01-01", "2017-12-31")
    assert (rows["CP604"]["from"], rows["CP604"]["until"]) == ("2023-02-21", None)
    assert (rows["CP401"]["from"], rows["CP401"]["until"]) == (None, None)


def test_a_level_that_changes_on_a_day_is_told_with_its_day() -> None:
    rows = {row["id"]: row for row in rules_document(ENTRIES.values(), translator_for("en"))["rules"]}
    assert (rows["CP904"]["level"], rows["CP904"]["later"]) == ("error", {"from": "2023-02-21", "level": "warning"})
    assert [rule for rule, row in rows.items() if row["later"] is not None] == ["CP904"]
    assert (rows["CP904"]["risk"], rows["CP915"]["risk"]) == (True, False)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "CP1"),
        ("level", "fatal"),
        ("where", "moon"),
        ("fixed", "no"),
        ("from", "hier"),
        ("title", None),
        ("later", "hier"),
        ("later", {}),
        ("risk", None),
    ],
)
def test_the_schema_refuses_what_the_format_does_not_allow(key: str, value: Any) -> None:
    document = rules_document([ENTRIES["CP401"]], translator_for("en"))
    document["rules"][0][key] = value
    assert not Draft202012Validator(schema("rules")).is_valid(document)


def test_a_minor_version_may_add_keys() -> None:
    document = page_document(ENTRIES["CP401"], translator_for("en"))
    for row in (document, document["rules"][0], document["rules"][0]["messages"][0], document["rules"][0]["exception"]):
        row["nouveau"] = 1
    conforms({**document, "format_version": "1.7"})


def test_a_remedy_of_a_later_day_stands_beside_the_first_one() -> None:
    (row,) = page_document(ENTRIES["CP904"], translator_for("en"))["rules"]
    added, removed = row["messages"]
    assert "accountant" in added["remedy"]
    assert added["later"]["from"] == removed["later"]["from"] == "2023-02-21"
    assert added["later"]["message"] == added["message"]
    assert added["later"]["remedy"].startswith("Have the principal manager attach")
    assert removed["later"]["remedy"].startswith("Have the principal manager detach")
    (row,) = page_document(ENTRIES["CP401"], translator_for("en"))["rules"]
    assert all(told["later"]["remedy"] == told["remedy"] for told in row["messages"] if told["later"] is not None)


def test_what_suppliers_see_from_a_day_on_stands_beside_why_it_matters() -> None:
    (row,) = page_document(ENTRIES["CP708"], translator_for("en"))["rules"]
    assert row["later_why"]["from"] == "2026-09-01"
    assert row["later_why"]["why"].startswith("Ticked, the box says in the national directory")
    assert row["later_why"]["why"].endswith(f" {WHEN_SEEN}")
    assert "211" not in row["why"]
    for rule in ("CP904", "CP105"):
        (row,) = page_document(ENTRIES[rule], translator_for("en"))["rules"]
        assert row["later_why"] is None
