"""A plan as JSON, and back."""

from __future__ import annotations

import json
import tracemalloc
from typing import Literal

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from chorus_config.i18n.translator import Language
from chorus_config.model.address import Address
from chorus_config.model.iban import masked_text
from chorus_config.model.plan import Acceptance, Change, Decision, FieldChange, Move, Plan, SourceLine
from chorus_config.model.secrets import masked_data
from chorus_config.render.findings.json import as_json
from chorus_config.render.plan.json import json_pieces, plan_document, plan_from
from chorus_config.schema.packaged import schema
from tests.diff.strategies import Pair, pairs
from tests.engine.making import IBAN, approved, plan_of
from tests.render.golden import agree
from tests.render.model import OTHER_IBAN, plan
from tests.render.reading import all_of

VALIDATOR = Draft202012Validator(schema("plan"), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_document_is_as_approved() -> None:
    agree("plan.json", as_json(plan_document(plan("en"))))
    agree("plan.json", "".join(json_pieces(plan("en"))))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["plan", "diff"])
def test_the_document_satisfies_its_schema(language: Language, kind: Literal["plan", "diff"]) -> None:
    document = plan_document(replace(plan(language), kind=kind))
    VALIDATOR.validate(document)
    assert document["type"] == kind


def test_a_plan_comes_back_from_its_document() -> None:
    assert plan_from(plan_document(plan("en"))) == plan("en")
    assert plan_from(json.loads(as_json(plan_document(plan("fr"))))) == plan("fr")
    given = replace(
        plan("en"),
        accepted=(Acceptance("CP910", "1", "x", "2026-12-31"), Acceptance("CP904", "2/utilisateurs/a", "y", origin="option")),
        moves=(Move("1", "a.yaml", "b.yaml"),),
        decisions=(Decision("regles/CP701", None, "info"),),
    )
    document = plan_document(given)
    VALIDATOR.validate(document)
    assert plan_from(document) == given
    document["accepted"][0]["later"] = "a key of a later minor version"
    assert plan_from(document) == given


@given(pairs())
@settings(max_examples=200, deadline=None, database=None)
def test_every_plan_comes_back_from_its_document_and_satisfies_the_schema(pair: Pair) -> None:
    made = plan_of({"a.yaml": pair.after}, approved(plan_of({"a.yaml": pair.before}))).plan
    text = as_json(plan_document(made))
    assert plan_from(json.loads(text)) == made
    assert as_json(plan_document(plan_from(json.loads(text)))) == text
    assert "".join(json_pieces(made)) == text == json.dumps(plan_document(made), indent=2) + "\n"
    VALIDATOR.validate(json.loads(text))


# None of these may be read in any plan, wherever it stands.
_TOLD: list[FieldChange] = [
    FieldChange("/libelle", None, f"virer sur {IBAN}"), FieldChange("/libelle", f"{IBAN[:14]} {IBAN[14:]}", "x"),
    FieldChange("/libelle", None, [f"é {IBAN}", "b"]), FieldChange("/a", {"mot_de_passe": "Soleil2016"}, {"b": [IBAN]}),
    FieldChange(f"/{IBAN}", True, 3), FieldChange("/a", [["x", {IBAN: None}]], (IBAN,)),
]  # fmt: skip


@pytest.mark.parametrize("field", _TOLD)
def test_what_nobody_may_see_stands_in_no_change(field: FieldChange) -> None:
    plain = FieldChange("/ville", "Valmont FR", "76 3000 6000")
    change = Change(Address("1"), "update", (plain, field, plain), source=SourceLine("a.yaml", 1, 1))
    text = "".join(json_pieces(replace(plan("fr"), changes=(change,))))
    assert "Soleil2016" not in text
    assert masked_text(text) == text
    told = json.loads(text)["changes"][0]["fields"]
    assert told[0] == told[2] == {"path": plain.path, "before": plain.before, "after": plain.after}
    assert told[1] == masked_data({"path": field.path, "before": field.before, "after": field.after})


@pytest.mark.parametrize("place", ["address", "path"])
def test_nor_do_an_address_or_a_file_name_show_it(place: str) -> None:
    address = Address("1", "services", IBAN if place == "address" else "ST")
    source = SourceLine(f"{IBAN}.yaml" if place == "path" else "a.yaml", 1, 1)
    text = "".join(json_pieces(replace(plan("fr"), changes=(Change(address, "delete", (), source=source),))))
    assert "FR76 **** 0189" in text
    assert masked_text(text) == text


def test_of_a_great_plan_a_few_changes_are_held_at_a_time() -> None:
    change = Change(Address("1"), "create", tuple(FieldChange(f"/{n}", None, "x" * 50) for n in range(20)))
    peaks = []
    for count in (200, 4000):
        given = replace(plan("fr"), changes=(change,) * count)
        tracemalloc.start()
        size = sum(map(len, json_pieces(given)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert size > 4_000_000
    assert peaks[1] < 1.2 * peaks[0] < 2_000_000


def test_every_finding_stands_in_it() -> None:
    document = plan_document(plan("en"))
    rows = [*(row for change in document["changes"] for row in change["findings"]), *document["findings"]]
    found = all_of(plan("en"))
    assert len(rows) == len(found)
    assert [(row["rule"], row["message"], row["path"], row["line"]) for row in rows] == [
        (one.rule, one.message, one.path, one.span.line) for one in found
    ]


def test_the_summary_counts_what_is_there() -> None:
    document = plan_document(plan("en"))
    ops = [change["op"] for change in document["changes"]]
    assert document["summary"] == {
        **{op: ops.count(op) for op in ("create", "update", "delete")},
        "blocked": sum(change["blocked"] for change in document["changes"]),
    }
    assert document["applyable"] is False
    assert document["reasons"]
    empty: Plan = plan_of({}).plan
    assert plan_document(empty)["applyable"] is True


def test_the_text_is_ascii_and_holds_no_sensitive_value() -> None:
    text = as_json(plan_document(plan("fr")))
    assert text.isascii()
    assert IBAN not in text
    assert OTHER_IBAN not in text
    assert "AGRIFRPPXXX" not in text
    assert "FR76 **** 0189" in text


def test_the_keys_are_those_of_the_contract() -> None:
    document = plan_document(plan("en"))
    assert {
        "format_version", "type", "desired", "before", "as_of", "changes", "findings", "accepted", "managed", "summary",
        "applyable", "reasons", "digest",
    } <= document.keys()  # fmt: skip
    assert document["desired"].keys() == {"digest", "commit", "dirty"}
    assert document["before"].keys() == {"source", "taken_at", "lineage", "serial", "digest"}
    assert document["changes"][0].keys() >= {"address", "op", "fields", "risk", "findings", "source"}
    assert document["format_version"] == "1.0"
