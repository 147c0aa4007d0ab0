"""The public JSON Schema test suite, through both engines as we set them up: closed registry, offline, our own formats."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import pytest

from chorus_config.schema import accept, explain
from tests.samples import TODAY

SUITE: Final = Path(__file__).parents[3] / "shared" / "suites" / "json-schema-2020-12" / "tests" / "draft2020-12"

# Groups that need a document from elsewhere: a closed set-up refuses them, it does not fetch.
REMOTE: Final = {
    "dynamicRef.json": {
        "strict-tree schema, guards against misspelled properties",
        "tests for implementation dynamic anchor and reference link",
        "$ref and $dynamicAnchor are independent of order - $defs first",
        "$ref and $dynamicAnchor are independent of order - $ref first",
        "$ref to $dynamicRef finds detached $dynamicAnchor",
    },
    "refRemote.json": {
        "remote ref",
        "fragment within remote ref",
        "anchor within remote ref",
        "ref within remote ref",
        "base URI change",
        "base URI change - change folder",
        "base URI change - change folder in subschema",
        "root ref in remote ref",
        "remote ref with ref to defs",
        "Location-independent identifier in remote ref",
        "retrieved nested refs resolve relative to their URI not $id",
        "remote HTTP ref with different $id",
        "remote HTTP ref with different URN $id",
        "remote HTTP ref with nested absolute ref",
        "$ref to $ref finds detached $anchor",
    },
}
_ASSERTED: Final = (
    "date", "date-time", "duration", "email", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri", "iri-reference",
    "json-pointer", "regex", "relative-json-pointer", "time", "uri", "uri-reference", "uri-template", "uuid",
)  # fmt: skip
_VOCABULARY: Final = (
    "vocabulary.json",
    "schema that uses custom metaschema with with no validation vocabulary",
    "no validation: invalid number, but it still validates",
)
_UNICODE: Final = "pattern with Unicode property escape requires unicode mode"
_UNICODE_KEYS: Final = "patternProperties with Unicode property escape"


def _annotation(name: str) -> tuple[str, str, str]:
    return "format.json", f"{name} format", f"invalid {name} string is only an annotation by default"


# Known failures by name. Formats are asserted on purpose (ours has one, `date`); none of the other keywords, patterns or
# vocabularies is in our schemas (test_packaged).
KNOWN: Final[dict[str, set[tuple[str, str, str]]]] = {
    "jsonschema": {
        _annotation("date"),
        _VOCABULARY,
        ("pattern.json", _UNICODE, "ASCII letters match"),
        ("pattern.json", _UNICODE, "Non-ASCII letters match"),
        ("pattern.json", _UNICODE, "Digits do not match"),
        ("patternProperties.json", _UNICODE_KEYS, "Unicode letter property name matches"),
        ("patternProperties.json", _UNICODE_KEYS, "Non-letter property name does not match pattern"),
    },
    "jsonschema-rs": {_VOCABULARY, *map(_annotation, _ASSERTED)},
}


def _engine(name: str, schema: Any) -> Any:
    """Build an engine exactly as the program does, on another schema."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accept, "schema_on", lambda _name, _day: schema)
        patch.setattr(explain, "schema_on", lambda _name, _day: schema)
        if name == "jsonschema":
            return explain._explainer.__wrapped__("", TODAY, None)
        return accept.validator.__wrapped__(("",), TODAY)


@pytest.fixture(scope="module")
def suite() -> Path:
    """The folder of the suite; its absence is said loudly, and is a failure where tests must be complete."""
    if not SUITE.is_dir():
        reason = f"THE JSON SCHEMA TEST SUITE IS NOT THERE: {SUITE}; the engines were NOT tried with it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return SUITE


@pytest.fixture(scope="module")
def groups(suite: Path) -> list[tuple[str, dict[str, Any]]]:
    """The groups of required tests, with the name of their file."""
    files = sorted(suite.glob("*.json"))
    assert len(files) > 40
    return [(file.name, group) for file in files for group in json.loads(file.read_text(encoding="utf-8"))]


def _is_remote(file: str, group: dict[str, Any]) -> bool:
    return group["description"] in REMOTE.get(file, ())


def _verdict(engine: Any, data: Any) -> object:
    """Return a verdict, or the name of what an engine died of."""
    try:
        return engine.is_valid(data)
    except Exception as error:
        return type(error).__name__


@pytest.mark.parametrize("engine", KNOWN)
def test_the_required_tests_pass_but_for_the_known_failures(groups: list[tuple[str, dict[str, Any]]], engine: str) -> None:
    failed, ran = set(), 0
    for file, group in groups:
        if _is_remote(file, group):
            continue
        judge = _engine(engine, group["schema"])
        for test in group["tests"]:
            ran += 1
            if _verdict(judge, test["data"]) is not test["valid"]:
                failed.add((file, group["description"], test["description"]))
    assert failed == KNOWN[engine]
    assert ran == 1255


@pytest.mark.parametrize("engine", KNOWN)
def test_a_document_from_elsewhere_is_refused_not_fetched(groups: list[tuple[str, dict[str, Any]]], engine: str) -> None:
    remote = [(file, group) for file, group in groups if _is_remote(file, group)]
    assert len(remote) == sum(map(len, REMOTE.values())) == 20
    for _file, group in remote:
        with pytest.raises(Exception, match=r"Unresolvable|not present in a registry"):
            [_engine(engine, group["schema"]).is_valid(test["data"]) for test in group["tests"]]


@pytest.mark.parametrize("engine", KNOWN)
def test_our_dates_are_those_of_the_suite(suite: Path, engine: str) -> None:
    groups = json.loads((suite / "optional" / "format" / "date.json").read_text(encoding="utf-8"))
    tests = [(_engine(engine, group["schema"]), test) for group in groups for test in group["tests"]]
    assert [test for judge, test in tests if _verdict(judge, test["data"]) is not test["valid"]] == []
    assert len(tests) == 81
