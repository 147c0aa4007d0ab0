"""`show`: a saved plan, rendered again."""

from __future__ import annotations

import json

import pytest

from .desk import BANK, SERVICES, SHEET, WITHOUT, Desk


def test_shows_what_plan_showed(desk: Desk) -> None:
    desk.append(SHEET, BANK)
    told = desk.run("plan", "--out", "plan.json").out
    assert desk.run("show", "plan.json").out == told
    assert desk.run("show", "plan.json", "--format", "json").out == desk.read("plan.json")


def test_needs_neither_project_nor_store(desk: Desk, bare: Desk) -> None:
    told = desk.run("plan", "--out", "plan.json").out
    (bare.root / "plan.json").write_bytes((desk.root / "plan.json").read_bytes())
    assert bare.run("show", "plan.json").out == told


def test_is_0_for_a_blocked_plan_too(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)
    desk.save()
    ended = desk.run("show", "plan.json")
    assert ended.code == 0
    assert "cannot be applied" in ended.out


def test_c_and_files(desk: Desk) -> None:
    desk.save()
    ended = desk.run("-C", "sditec", "show", "plan.json", "--format", "json:copie.json", at=desk.root.parent)
    assert ended.code == 0
    assert desk.read("copie.json") == desk.read("plan.json")


def test_unknown_keys_are_ignored(desk: Desk) -> None:
    """A minor version adds keys, which readers ignore (schemas/plan.schema.json)."""
    path = desk.save()
    told = desk.run("show", "plan.json").out
    document = json.loads(path.read_text(encoding="utf-8"))
    document["format_version"] = "1.7"
    for row in (document, document["desired"], document["before"], document["changes"][0], document["changes"][0]["source"],
                document["changes"][0]["fields"][0], document["changes"][0]["findings"][0]):  # fmt: skip
        row["nouveau"] = "x"
    document["changes"][0]["findings"][0]["related"] = [{"path": "a", "line": 1, "column": 1, "message": "m", "nouveau": "x"}]
    path.write_text(json.dumps(document), encoding="utf-8")
    ended = desk.run("show", "plan.json")
    assert ended.code == 0
    assert ended.out.splitlines()[-1] == told.splitlines()[-1]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", '"\\ud800"', '"\\u001b[31m"', "1e999", "[[[[{}]]]]"])
def test_odd_values_are_shown_or_refused(desk: Desk, value: str) -> None:
    desk.save()
    desk.edit("plan.json", '"after": "SIRET"', f'"after": {value}')
    for form in ("text", "json"):
        ended = desk.run("show", "plan.json", "--format", form)
        assert ended.code in {0, 4}
        assert "\x1b" not in ended.out


def test_writes_nothing(desk: Desk) -> None:
    desk.save()
    before = desk.listing()
    desk.run("show", "plan.json")
    assert desk.listing() == before
