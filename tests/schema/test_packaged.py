"""The packaged schemas, and a schema as it stood on a day."""

from __future__ import annotations

import copy
import json
import re
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from chorus_config.model.finding import Period, TrackedDay
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.schema import packaged
from chorus_config.schema.packaged import (
    ADVICE,
    NAMES,
    STRICT,
    directory,
    first_day_alike,
    first_days,
    is_date,
    schema,
    schema_on,
)
from tests.samples import ACCOUNT, body

if TYPE_CHECKING:
    from collections.abc import Iterator


DAYS: Final = (
    date.min,
    date(2016, 12, 31),
    date(2017, 1, 1),
    date(2017, 12, 31),
    date(2018, 1, 1),
    date(2023, 2, 20),
    date(2023, 2, 21),
    date.max,
)


def nodes(node: Any, parent: Any = None) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield every mapping with what holds it."""
    if isinstance(node, dict):
        yield node, parent
        for inner in node.values():
            yield from nodes(inner, node)
    elif isinstance(node, list):
        for inner in node:
            yield from nodes(inner, node)


def rules(whole: Any) -> set[str]:
    return {node["x-rule"] for node, _parent in nodes(whole) if isinstance(node.get("x-rule"), str)}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A schema of our own in the place of the packaged ones."""
    whole = {
        "allOf": [
            {"title": "always"},
            {"title": "from", "x-from": "2017-01-01"},
            {"title": "until", "x-until": "2017-12-31"},
            {"title": "both", "x-from": "2017-01-01", "x-until": "2017-12-31"},
            {"title": "outer", "anyOf": [{"title": "inner", "x-from": "2018-01-01"}, True]},
        ],
        "enum": ["a", 1, None, ["b"]],
        "properties": {"p": {"title": "not in a list", "x-until": "2000-01-01"}},
    }
    monkeypatch.setattr(packaged, "schema", lambda _name: whole)
    return whole


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (date(2016, 12, 31), ["always", "until", "outer"]),
        (date(2017, 1, 1), ["always", "from", "until", "both", "outer"]),
        (date(2017, 12, 31), ["always", "from", "until", "both", "outer"]),
        (date(2018, 1, 1), ["always", "from", "outer", "inner"]),
    ],
)
def test_the_first_day_and_the_last_are_in_force(made: Any, day: date, titles: list[str]) -> None:
    before = copy.deepcopy(made)
    kept = schema_on.__wrapped__("made", day)
    assert [node["title"] for node, _parent in nodes(kept["allOf"])] == titles
    assert kept["allOf"][-1]["anyOf"][-1] is True
    assert kept["enum"] == ["a", 1, None, ["b"]]
    assert kept["properties"] == made["properties"]
    assert made == before


def test_a_year_before_1000_is_compared_as_a_date() -> None:
    assert {"CP501", "CP608"} <= rules(schema_on("fiche-structure.conseils", date(999, 1, 1)))


@pytest.mark.parametrize("name", NAMES)
def test_every_dated_subschema_is_a_member_of_a_list(name: str) -> None:
    """Elsewhere it would never be taken out."""
    for path, node in subschemas(schema(name)):
        if {"x-from", "x-until"} & set(node):
            assert path[-2] in LISTS, path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_on_each_day_a_schema_is_valid(name: str, day: date) -> None:
    kept = schema_on(name, day)
    Draft202012Validator.check_schema(kept)
    assert all(node[word] for node, _parent in nodes(kept) for word in ("allOf", "anyOf") if isinstance(node.get(word), list))


@pytest.mark.parametrize(
    ("day", "gone"),
    [
        (date(2016, 10, 1), {"CP113", "CP506", "CP604", "CP710"}),
        (date(2017, 6, 1), {"CP113", "CP506", "CP604"}),
        (date(2020, 1, 1), {"CP113", "CP506", "CP604", "CP710"}),
        (date(2023, 2, 20), {"CP113", "CP506", "CP604", "CP710"}),
        (date(2023, 2, 21), {"CP113", "CP501", "CP608", "CP710"}),
        (date(2026, 11, 23), {"CP501", "CP608", "CP710"}),
    ],
)
def test_the_rules_that_are_out_of_force(day: date, gone: set[str]) -> None:
    name = "fiche-structure.conseils"
    assert rules(schema(name)) - rules(schema_on(name, day)) == gone


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"fiche-structure.conseils", "compte-utilisateur"}))
def test_errors_hold_on_every_day(name: str) -> None:
    assert schema_on(name, date(1900, 1, 1)) == schema_on(name, date(2100, 1, 1)) == schema(name)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_validator_without_dates_refuses_no_account_that_a_day_accepts(day: date) -> None:
    """« Mon compte » of 2016 has a box, that of 2023 a list: what one of the two accepts, the whole schema does."""
    whole, kept = (
        Draft202012Validator(found) for found in (schema("compte-utilisateur"), schema_on("compte-utilisateur", day))
    )
    account = body(ACCOUNT, "compte-utilisateur")
    for box, listed in product((None, True, False, "oui"), (None, [], ["FACTURATION_CPRO"], ["ENGAGEMENTS"], ["TRAVAUX"], "x")):
        written = {"recevoir_notifications": box, "notifications": listed}
        settings = {"langue": "Français", **{key: value for key, value in written.items() if value is not None}}
        document = {**account, "parametres": settings}
        assert whole.is_valid(document) or not kept.is_valid(document), settings
        # On the portal of today they are one.
        assert day < date(2023, 2, 21) or whole.is_valid(document) is kept.is_valid(document), settings


@pytest.mark.parametrize("name", NAMES)
def test_the_days_on_which_a_schema_says_something_else_are_all_known(name: str) -> None:
    firsts, lasts = ({"x-from", "x-portail-depuis"}, {"x-until", "x-portail-jusqu-au"})
    dated = [(key, day) for node, _parent in nodes(schema(name)) for key, day in node.items() if key in firsts | lasts]
    known = {date.fromisoformat(day) + timedelta(days=key in lasts) for key, day in dated}
    assert first_days((name,)) == tuple(sorted(known))


@pytest.mark.parametrize("day", [*DAYS, date(2026, 8, 31), date(2026, 9, 1), date(2026, 11, 27)], ids=str)
def test_a_day_is_judged_by_the_first_one_that_is_like_it(day: date) -> None:
    names = (*STRICT.values(), *ADVICE.values())
    first = first_day_alike(names, asked := TrackedDay(day))
    assert first == asked.period.since
    for name in names:
        assert schema_on(name, first) == schema_on(name, day)
    assert (first in first_days(names)) is (first != date.min)
    assert first_day_alike(("findings",), asked := TrackedDay(day)) == date.min
    assert asked.period == Period()


def test_a_day_is_made_once() -> None:
    assert schema_on("projet", date(2020, 1, 1)) is schema_on("projet", date(2020, 1, 1))


Step = tuple[str | int, ...]
Node = dict[str, Any]

GENERIC: Final = {"CP007", "CP008", "CP009"}
WHERE: Final = {
    "fiche-structure": "strict",
    "compte-utilisateur": "strict",
    "projet": "strict",
    "fiche-structure.conseils": "advice",
    "compte-utilisateur.conseils": "advice",
    "changement": "change",
}
# What our two engines and those of editors read alike; nothing else is used.
KEYWORDS: Final = {
    "$comment", "$defs", "$id", "$ref", "$schema", "additionalProperties", "allOf", "anyOf", "const", "contains",
    "description", "else", "enum", "examples", "format", "if", "items", "maxContains", "maxItems", "maxLength", "maximum",
    "minContains", "minItems", "minLength", "minimum", "not", "pattern", "patternProperties", "properties",
    "propertyNames", "required", "then", "title", "type",
    "x-at", "x-bloc", "x-case", "x-constatable", "x-from", "x-level", "x-memo", "x-near", "x-portail",
    "x-portail-depuis", "x-portail-jusqu-au", "x-rule", "x-sensitive", "x-tableur", "x-until", "x-values", "x-words",
}  # fmt: skip
SINGLE: Final = ("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then")
LISTS: Final = ("allOf", "anyOf")
MAPS: Final = ("$defs", "patternProperties", "properties")


def subschemas(node: Any, path: Step = ()) -> Iterator[tuple[Step, Node]]:
    """Yield every subschema with the keywords that lead to it."""
    if not isinstance(node, dict):
        return
    yield path, node
    for word in SINGLE:
        yield from subschemas(node.get(word), (*path, word))
    for word in LISTS:
        for index, inner in enumerate(node.get(word, ())):
            yield from subschemas(inner, (*path, word, index))
    for word in MAPS:
        for name, inner in node.get(word, {}).items():
            yield from subschemas(inner, (*path, word, name))


def described(node: Node, whole: Node) -> Iterator[tuple[str, Node]]:
    """Yield the properties of the shape itself: through properties, items, additionalProperties and `$ref`, not conditions."""
    if "$ref" in node:
        yield from described(whole["$defs"][node["$ref"].removeprefix("#/$defs/")], whole)
    for name, inner in node.get("properties", {}).items():
        yield name, inner
        yield from described(inner, whole)
    for word in ("items", "additionalProperties"):
        if isinstance(node.get(word), dict):
            yield from described(node[word], whole)


ALL: Final = [(name, path, node) for name in NAMES for path, node in subschemas(schema(name))]
RULED: Final = [(name, path, node) for name, path, node in ALL if "x-rule" in node]


def test_the_folder_holds_these_schemas_and_no_other() -> None:
    assert sorted(path.name for path in directory().iterdir()) == sorted(f"{name}.schema.json" for name in NAMES)
    assert len(set(NAMES)) == len(NAMES) == 27


def test_a_checkout_has_them_at_the_top_and_a_package_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "root" / "chorus_config" / "schema" / "packaged.py"
    monkeypatch.setattr(packaged, "__file__", str(module))
    assert directory() == tmp_path.resolve() / "root" / "schemas"
    (tmp_path / "root" / "chorus_config" / "schemas").mkdir(parents=True)
    assert directory() == tmp_path.resolve() / "root" / "chorus_config" / "schemas"


def test_an_unknown_schema_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        schema("zzz")


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_valid_draft_2020_12(name: str) -> None:
    whole = schema(name)
    Draft202012Validator.check_schema(whole)
    jsonschema_rs.meta.validate(whole)
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert whole["$id"] == f"urn:chorus-config:{name}:1"


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_written_in_one_way(name: str) -> None:
    text = (directory() / f"{name}.schema.json").read_text(encoding="utf-8")
    assert text == json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_only_the_known_keywords_are_used(name: str) -> None:
    used = {(word, path) for path, node in subschemas(schema(name)) for word in node}
    assert [(word, path) for word, path in used if word not in KEYWORDS] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_engines_read_differently_is_not_used(name: str) -> None:
    text = json.dumps(schema(name))
    for word in ("unevaluatedProperties", "unevaluatedItems", "oneOf", "$dynamicRef", "$anchor", "dependentSchemas"):
        assert f'"{word}"' not in text
    assert not any(value is False for _path, node in subschemas(schema(name)) for value in (node.get("then"), node.get("not")))


def patterns(name: str) -> Iterator[str]:
    for _path, node in subschemas(schema(name)):
        if "pattern" in node:
            yield node["pattern"]
        yield from node.get("patternProperties", {})


@pytest.mark.parametrize("name", NAMES)
def test_patterns_are_read_alike_by_every_engine(name: str) -> None:
    """Classes, word boundaries, lookaround, lazy and named groups, flags and Unicode properties differ between engines."""
    for pattern in patterns(name):
        assert not re.search(r"\\[dDwWsSbBpPAZz]|\(\?|[*+?}]\?|\\[0-9]|\[:", pattern), pattern
        re.compile(pattern)


@pytest.mark.parametrize("name", NAMES)
def test_an_end_of_text_is_guarded_against_a_line_feed(name: str) -> None:
    """`$` stands before a last line feed too for Python: a length, or a second pattern, shuts it out."""
    for _path, node in subschemas(schema(name)):
        if node.get("pattern", "").endswith("$"):
            guarded = "maxLength" in node or node.get("not", {}).get("pattern") == r"[\n\r]"
            assert guarded, node
        if any(pattern.endswith("$") for pattern in node.get("patternProperties", {})):
            assert node["propertyNames"] == {"not": {"pattern": r"[\n\r]"}}


@pytest.mark.parametrize("name", NAMES)
def test_references_stay_inside_and_each_definition_is_used(name: str) -> None:
    whole = schema(name)
    named = {node["$ref"] for _path, node in subschemas(whole) if "$ref" in node}
    assert named == {f"#/$defs/{definition}" for definition in whole.get("$defs", {})}
    assert [path for path, node in subschemas(whole) if "$id" in node] == [()]


ENGLISH: Final = re.compile(r"\b(the|of|is|are|and|or|with|must|should|from|when|this|that|which|date of|not)\b", re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_every_property_has_a_french_title_and_description(name: str) -> None:
    whole = schema(name)
    nodes = [("", whole), *described(whole, whole)]
    # The advice schemas do not describe the shape; there the root alone has words.
    assert (len(nodes) == 1) is name.endswith(".conseils")
    for key, node in nodes:
        title, description = node.get("title", ""), node.get("description", "")
        assert title.strip() == title != "", (name, key)
        assert re.search(r"[.»]$", description), (name, key)
        assert not ENGLISH.search(re.sub(r"--[a-z-]+", "", f"{title} {description}")), (name, key)
        assert "\n" not in title + description


@pytest.mark.parametrize("name", NAMES)
def test_a_shape_is_closed(name: str) -> None:
    """Files that people write refuse unknown keys; what the program writes may grow."""
    for path, node in subschemas(schema(name)):
        conditional = {"allOf", "if", "then", "not", "contains", "anyOf"} & set(path) or str(path[1:2]).startswith("('regle_")
        if node.get("type") == "object" and "properties" in node and not conditional:
            assert (node.get("additionalProperties") is False) is (name in STRICT), (name, path)


def test_every_rule_of_a_schema_stands_where_the_catalogue_says() -> None:
    elsewhere = {
        (name, node["x-rule"], node.get("x-level")) for name, _path, node in RULED if RULES[node["x-rule"]].where != WHERE[name]
    }
    # Of one rule, the advice: at the rule's second level.
    assert elsewhere == {(name, "CP016", RULES["CP016"].also) for name in ADVICE.values()}
    assert {(node["x-rule"], node["x-level"]) for _name, _path, node in ALL if "x-level" in node} == {
        ("CP016", "warning"),
        ("CP908", "info"),
        ("CP406", "warning"),
    }


def test_every_rule_of_a_schema_is_carried_by_a_schema() -> None:
    carried = {node["x-rule"] for _name, _path, node in RULED}
    # CP903 speaks of a memo, which no change carries: it stands beside the schema of changes.
    due = {rule for rule, row in RULES.items() if row.where in {"strict", "advice", "change"}} - {"CP903"}
    assert carried == due - GENERIC


# What is told of a breach once it is looked at more closely: the word that was meant, a block without any of its keys.
NEARER: Final = {("CP401", "misspelt"), ("CP401", "empty"), ("CP601", "near"), ("CP601", "nothing"), ("CP801", "empty")}


def test_every_case_of_a_schema_has_its_message() -> None:
    told = {(node["x-rule"], node.get("x-case", "")) for _name, _path, node in RULED}
    assert [(rule, case) for rule, case in told if case not in texts(rule).messages] == []
    # « also » words the other places of a finding.
    cases = {(rule, case) for rule, _case in told for case in texts(rule).messages if case != "also"}
    assert cases == told | NEARER


def test_each_rule_asserts_one_thing() -> None:
    """One assertion beside each `x-rule`: a generic validator then names one cause."""
    assertions = {
        "additionalProperties", "allOf", "anyOf", "const", "contains", "enum", "format", "if", "items", "maxContains",
        "maxItems", "maxLength", "minContains", "not", "pattern", "properties", "required", "type", "$ref",
    }  # fmt: skip
    # The digits of a SIRET and of a postal code, with the length that shuts the line feed out; a list of words with its type.
    pairs: tuple[set[str], ...] = ({"pattern", "maxLength"}, {"type", "enum"}, {"contains", "minContains", "maxContains"})
    for name, path, node in RULED:
        used = assertions & set(node)
        assert len(used) == 1 or used in pairs, (name, path, used)


# What is due by date in an account is CP008, which no annotation names.
WITHOUT_A_RULE: Final = (schema("compte-utilisateur")["allOf"][-1],)


def test_annotations_stand_only_beside_a_rule() -> None:
    for name, path, node in ALL:
        # A date may also stand beside one of several alternatives.
        if {"x-case", "x-at", "x-level", *(() if "anyOf" in path[-2:] else ("x-from", "x-until"))} & set(node):
            assert "x-rule" in node or node in WITHOUT_A_RULE, (name, path)
        assert node.get("x-at", "key") == "key"


def test_the_dates_of_the_dated_rules() -> None:
    dated = {(node["x-rule"], node.get("x-from"), node.get("x-until")) for _name, _path, node in RULED}
    assert {row for row in dated if row[1:] != (None, None)} == {
        ("CP113", "2026-09-01", None),
        ("CP406", "2026-09-01", None),
        ("CP501", None, "2023-02-20"),
        ("CP506", "2023-02-21", None),
        ("CP603", None, "2023-02-20"),
        ("CP603", "2023-02-21", None),
        ("CP604", "2023-02-21", None),
        ("CP608", None, "2023-02-20"),
        ("CP710", "2017-01-01", "2017-12-31"),
        ("CP802", None, "2023-02-20"),
    }
    assert {rule for rule, first, last in dated if first is last is None} & {
        "CP113",
        "CP501",
        "CP506",
        "CP603",
        "CP604",
        "CP608",
        "CP710",
        "CP802",
    } == set()


def test_a_sheet_is_judged_by_errors_and_advice_by_its_type() -> None:
    assert [*STRICT.items()] == [(name, name) for name in ("fiche-structure", "compte-utilisateur", "projet")]
    assert [*ADVICE.items()] == [(name, f"{name}.conseils") for name in ("fiche-structure", "compte-utilisateur")]
    for kind, name in STRICT.items():
        assert schema(name)["properties"]["type"]["const"] == kind


def test_advice_judges_no_shape() -> None:
    for name in ADVICE.values():
        assert set(schema(name)) <= {"$schema", "$id", "title", "description", "allOf", "$defs"}
        values: tuple[Any, ...] = (None, [], "x", {}, {"services": "x", "parametres": [], "utilisateurs": {}, "zzz": 1})
        for value in values:
            assert Draft202012Validator(schema(name)).is_valid(value), (name, value)


def test_the_iban_the_bic_and_secrets_are_sensitive_and_nothing_else() -> None:
    found = {(name, *path[-3:]) for name, path, node in ALL if node.get("x-sensitive")}
    assert found == {
        ("fiche-structure", "compte_bancaire", "properties", "iban"),
        ("fiche-structure", "compte_bancaire", "properties", "bic"),
        *((name, "$defs", "secret") for name in STRICT.values()),
    }


def test_a_schema_is_read_once() -> None:
    assert schema("projet") is schema("projet")


@pytest.mark.parametrize("value", ["2016-10-31", "2016-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
def test_a_calendar_date_is_accepted(value: str) -> None:
    assert is_date(value) is True


@pytest.mark.parametrize(
    "value",
    [
        "", " ", "2016", "2016-10", "2016-10-32", "2016-13-01", "2016-00-10", "2016-10-00", "2016-02-30", "2015-02-29",
        "1900-02-29", "0000-01-01", "10000-01-01", "-2016-10-31", "+2016-10-31", "2016-1-1", "16-10-31", "31/10/2016",
        "31-10-2016", "2016/10/31", "2016.10.31", "20161031", "2016-W43-1", "2016W431", "2016-305", "2016-10-31\n",
        "\n2016-10-31", " 2016-10-31", "2016-10-31 ", "2016-10-31T00:00:00", "2016-10-31Z", "２０１６-１０-３１", "٢٠١٦-١٠-٣١",
        "2016‐10‐31", "2016–10–31", "le 31", "today", "\x00",
    ],
)  # fmt: skip
def test_anything_else_is_refused(value: str) -> None:
    assert is_date(value) is False


@pytest.mark.parametrize("value", [None, True, 0, 20161031, 1.5, [], {}, ["2016-10-31"]], ids=repr)
def test_other_types_are_not_judged(value: object) -> None:
    assert is_date(value) is True


def test_no_other_format_is_used() -> None:
    def formats(node: object) -> set[object]:
        if isinstance(node, dict):
            own = {node["format"]} if isinstance(node.get("format"), str) else set()
            return own.union(*(formats(inner) for inner in node.values()))
        return set[object]().union(*(formats(inner) for inner in node)) if isinstance(node, list) else set()

    assert set[object]().union(*(formats(schema(name)) for name in NAMES)) == {"date"}
