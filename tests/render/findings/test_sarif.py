"""Findings as a SARIF 2.1.0 log. § numbers are those of the standard, whose rules are written out here."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from chorus_config.app.rules import list_rules as catalogue
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import Finding, Level, Span
from chorus_config.render.findings.report import fingerprints
from chorus_config.render.findings.sarif import SCHEMA, findings_sarif
from chorus_config.render.rules.markdown import page_markdown
from chorus_config.render.shared.values import visible
from tests.render.golden import agree
from tests.render.model import findings
from tests.render.naughty import INJECTIONS, naughty, spoken, texts

LANGUAGES: tuple[Language, ...] = ("en", "fr")
ENTRIES: Final = catalogue()
EN: Final = translator_for("en")
LEVELS: Final = {"none", "note", "warning", "error"}
# RFC 3986: what a relative reference is written with; no colon in its first segment, so that nothing reads as a scheme.
_URI: Final = re.compile(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*")
# §3.11.6: [text](destination), with brackets and backslashes of the text escaped.
_LINK: Final = re.compile(r"(?<!\\)(?:\\\\)*\[(?:[^\\\]\[]|\\.)*\]\([^)]*\)")


def sarif(told: Any, language: Language = "en") -> str:
    """Return the log of findings, of a fixed version."""
    return findings_sarif(told, ENTRIES, "1.2.3", translator_for(language))


def message(text: str) -> str:
    """Read a message string as a consumer does: braces are doubled, no placeholder, no link."""
    assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", "")), text
    assert not _LINK.search(text), text
    if re.search(r"\]\(", text):
        text = re.sub(r"\\([\\\[\]])", r"\1", text)
    return text.replace("{{", "{").replace("}}", "}")


def whole(node: Any) -> None:
    """Hold that no value is null (a default is left out instead), no text empty of meaning for a strict reader."""
    if isinstance(node, dict):
        for value in node.values():
            whole(value)
    elif isinstance(node, list):
        for value in node:
            whole(value)
    else:
        assert node is not None


def located(location: dict[str, Any], run: dict[str, Any]) -> tuple[str, dict[str, int]]:
    """Read a location: the path, and the region as §3.30 wants it."""
    physical = location["physicalLocation"]
    artifact, region = physical["artifactLocation"], physical["region"]
    assert artifact.keys() == {"uri", "uriBaseId"}
    assert artifact["uriBaseId"] in run["originalUriBaseIds"]
    assert _URI.fullmatch(artifact["uri"]), artifact["uri"]
    assert urlsplit(artifact["uri"]).scheme == ""
    assert region.keys() in ({"startLine", "startColumn", "endLine", "endColumn"}, {"startLine", "startColumn"})
    assert all(isinstance(number, int) and number >= 1 for number in region.values())
    if "endLine" in region:
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
    return unquote_to_bytes(artifact["uri"]).decode("utf-8", "surrogateescape"), region


def described(rules: list[dict[str, Any]]) -> None:
    """Hold what §3.49 asks of the rules of the driver, and what GitHub asks beside it."""
    ids = [rule["id"] for rule in rules]
    assert ids == sorted(set(ids))
    for rule in rules:
        assert rule.keys() == {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        assert re.fullmatch(r"[A-Z]\w*", rule["name"], re.ASCII)
        assert rule["name"] != rule["id"]
        assert rule["defaultConfiguration"]["level"] in LEVELS
        for key in ("shortDescription", "fullDescription"):
            assert 0 < len(message(rule[key]["text"])) <= 1024
        assert rule["help"].keys() == {"text", "markdown"}
        assert message(rule["help"]["text"])
        assert message(rule["help"]["markdown"])


def read(log: str) -> dict[str, Any]:
    """Read a log and hold it to the standard; return its run."""
    assert log.isascii()
    document = json.loads(log)
    whole(document)
    json.dumps(document, ensure_ascii=False).encode()
    assert document.keys() == {"$schema", "version", "runs"}
    assert (document["$schema"], document["version"]) == (SCHEMA, "2.1.0")
    (run,) = document["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "chorus-config"
    assert driver["language"] == run["language"] in LANGUAGES
    assert all(message(base["description"]["text"]) for base in run["originalUriBaseIds"].values())
    described(driver["rules"])
    for result in run["results"]:
        assert result["level"] in LEVELS
        assert message(result["message"]["text"])
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["locations"]) == 1
        assert all(isinstance(mark, str) for mark in result["partialFingerprints"].values())
        for location in (*result["locations"], *result["relatedLocations"]):
            located(location, run)
    return dict(run)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_is_as_approved(language: Language) -> None:
    one_each = {finding.rule: finding for finding in findings(language)}
    agree(f"findings.sarif.{language}.json", sarif(one_each.values(), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_stands_in_it(language: Language) -> None:
    told = findings(language)
    run = read(sarif(told, language))
    assert len(run["results"]) == len(told)
    for result, one, mark in zip(run["results"], told, fingerprints(told), strict=True):
        path, region = located(result["locations"][0], run)
        assert (result["ruleId"], path) == (one.rule, one.path)
        assert Span(*(region[key] for key in ("startLine", "startColumn", "endLine", "endColumn"))) == one.span
        assert message(result["message"]["text"]) == visible(f"{one.message} → {one.help}")
        assert list(result["partialFingerprints"].values()) == [mark]
        assert [(*located(other, run), message(other["message"]["text"])) for other in result["relatedLocations"]] == [
            (other.path, {"startLine": other.line, "startColumn": other.column}, other.message) for other in one.related
        ]


@pytest.mark.parametrize(("level", "told"), [("error", "error"), ("warning", "warning"), ("info", "note")])
def test_the_levels_are_those_of_sarif(level: Level, told: str) -> None:
    (result,) = read(sarif([replace(findings("en")[0], level=level)]))["results"]
    assert result["level"] == told


def test_only_the_rules_that_occur_are_described() -> None:
    rules = read(findings_sarif(findings("en"), reversed(ENTRIES), "1.2.3", EN))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({one.rule for one in findings("en")})
    levels = {entry.rule.id: entry.rule.level for entry in ENTRIES}
    assert {rule["id"]: rule["defaultConfiguration"]["level"].replace("note", "info") for rule in rules} == {
        rule["id"]: levels[rule["id"]] for rule in rules
    }


def test_no_finding_is_an_empty_run_never_null() -> None:
    run = read(sarif(()))
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
    assert run["tool"]["driver"]["version"] == "1.2.3"


def test_a_finding_whose_rule_is_not_described_has_no_index() -> None:
    (result,) = json.loads(findings_sarif([findings("en")[0]], (), "1.2.3", EN))["runs"][0]["results"]
    assert "ruleIndex" not in result


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_the_catalogue_can_be_described(language: Language) -> None:
    say = translator_for(language)
    all_ = [replace(findings("en")[0], rule=entry.rule.id) for entry in ENTRIES]
    rules = read(sarif(all_, language))["tool"]["driver"]["rules"]
    assert len(rules) == len(ENTRIES)
    for rule, entry in zip(rules, ENTRIES, strict=True):
        said = entry.texts
        assert message(rule["shortDescription"]["text"]) == say(said.title)
        assert message(rule["fullDescription"]["text"]) == say(said.why)
        # The page escapes what Markdown would act on; in these words there is nothing of that kind to escape.
        page = page_markdown(entry, say)
        for part in message(rule["help"]["markdown"]).split("\n\n")[1::2]:
            assert part in page
            assert part in message(rule["help"]["text"])
        assert all(say(words) in message(rule["help"]["markdown"]) for words in (said.why, said.source))


def test_names_are_the_same_in_every_language() -> None:
    names = [[rule["name"] for rule in read(sarif(findings(one), one))["tool"]["driver"]["rules"]] for one in LANGUAGES]
    assert names[0] == names[1]


def test_a_path_is_percent_encoded_without_a_dot() -> None:
    (result,) = read(sarif([replace(findings("en")[0], path="./a b/é:%.yaml")]))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/%C3%A9%3A%25.yaml"


def test_a_message_that_would_be_a_link_is_none() -> None:
    (result,) = read(sarif([replace(findings("en")[0], message="see [x](http://evil)", help="{0}")]))["results"]
    assert result["message"]["text"] == "see \\[x\\](http://evil) → {{0}}"


def holds(text: str) -> None:
    """Hold that a text stays in its strings."""
    told: list[Finding] = [spoken(text), spoken(text, 1)]
    run = read(sarif(told))
    for result in run["results"]:
        read_back = message(result["message"]["text"])
        assert read_back == visible(f"{text} → {text}")
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u202e]", read_back)
        assert located(result["locations"][0], run)[0] == text.removeprefix("./")
        assert message(result["relatedLocations"][0]["message"]["text"]) == visible(text)


@pytest.mark.parametrize("text", [text for text in INJECTIONS if "\ud800" not in text])
def test_no_text_leaves_its_string(text: str) -> None:
    holds(text)


@pytest.mark.parametrize("path", ["a\udc80.yaml", "\ud800.yaml"])
def test_a_file_name_that_is_no_text_is_told(path: str) -> None:
    (result,) = read(sarif([replace(findings("en")[0], path=path)]))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == {
        "a\udc80.yaml": "a%80.yaml", "\ud800.yaml": "%5Cud800.yaml",
    }[path]  # fmt: skip


def test_no_naughty_string_leaves_its_string() -> None:
    for text in naughty():
        holds(text)


@settings(max_examples=150, deadline=None, database=None)
@given(text=texts().map(lambda text: re.sub("[\ud800-\udfff]", "", text)))
def test_what_is_written_is_read_back(text: str) -> None:
    holds(text)
