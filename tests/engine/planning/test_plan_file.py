"""A saved plan: read again, and compared with what would be planned now."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.engine.planning.plan_file import SavedPlan, differences_since, head_of, is_text_of, read_plan
from chorus_config.i18n.translator import translator_for
from chorus_config.model.address import Address
from chorus_config.model.errors import Exit, Refused
from chorus_config.model.plan import Plan
from chorus_config.render.findings.json import as_json
from chorus_config.render.plan.json import plan_document
from chorus_config.render.plan.text import plan_text
from chorus_config.render.shared.paint import plain
from tests.engine.making import IBAN, OTHER, PUBLIC, SETTING, SIRET, TECH, general, judged, known, plan_of, sheet

SAY = SETTING.say
Document = dict[str, Any]
Step = str | int


def made() -> Plan:
    """Return a plan with everything in it: changes of each kind, findings carried and loose, reasons."""
    state = known({"a.yaml": sheet(services=[PUBLIC, TECH], espaces=["Engagements"]), "b.yaml": sheet(OTHER)})
    after = sheet(
        services=[PUBLIC, {"code": "é/è", "libelle": "", "actif": True}],
        espaces=["Raccordements"],
        coordonnees_bancaires=[{"libelle": "Régie", "iban": IBAN}],
        utilisateurs=[{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL", "services": ["A"]}],
    )
    files = [judged("a.yaml", after), judged("b.yaml", sheet(OTHER, informations_generales=general(identifiant=OTHER)))]
    twice = judged("c.yaml", sheet("21169999600032")), judged("d.yaml", sheet("21169999600032"))
    return plan_of([*files, *twice], state, paths=("a.yaml", "b.yaml", "c.yaml", "d.yaml")).plan


PLAN = made()
DOCUMENT: Document = plan_document(PLAN)
TEXT = as_json(DOCUMENT)
SAVED = SavedPlan(PLAN, DOCUMENT)
ALTERED = "the plan file was altered"


def read(document: object) -> SavedPlan:
    """Read a document as a saved plan."""
    return read_plan(json.dumps(document), "plan.json", SAY)


def places(node: Any, at: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Yield the path of every leaf; an empty list or block is one."""
    rows = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    inner = [path for key, value in rows for path in places(value, (*at, key))]
    yield from inner or [at]


def altered(path: tuple[Step, ...], value: object) -> Document:
    """Return the saved document with the leaf at a path replaced; what it was is given to a function."""
    document: Document = json.loads(TEXT)
    holder: Any = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value(holder[path[-1]]) if callable(value) else value
    return document


def another(value: object) -> object:
    """Return another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value == "1.0":
        return "1.1"
    if isinstance(value, str):
        return "delete" if value in {"create", "update"} else "low" if value in {"high", "none"} else f"{value}x"
    return "x" if value is None else [*value, "x"] if isinstance(value, list) else {"x": "x"}


LEAVES = list(places(DOCUMENT))


def test_a_saved_plan_is_the_plan() -> None:
    assert PLAN.findings
    assert PLAN.reasons
    assert any(change.findings for change in PLAN.changes)
    assert read_plan(TEXT, "plan.json", SAY) == SAVED
    assert differences_since(read_plan(TEXT, "plan.json", SAY), PLAN, SAY) == ()


@pytest.mark.parametrize("share", range(1, 20))
def test_a_truncated_plan_is_refused_wherever_it_ends(share: int) -> None:
    with pytest.raises(Refused, match=r"plan\.json") as refused:
        read_plan(TEXT[: len(TEXT) * share // 20], "plan.json", SAY)
    assert refused.value.code == Exit.REFUSED


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "1", '"plan"', "{", "\x00", "[" * 100000, '{"format_version": "1.0"}', "Infinity", '{"a": NaN}'],
)
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_plan(text, "plan.json", SAY)


@pytest.mark.parametrize("version", ["2.0", "0.9", "10.0", "1", "1.x", "", None, 1.0, 2, ["1.0"]])
def test_another_format_is_refused(version: object) -> None:
    with pytest.raises(Refused):
        read({**DOCUMENT, "format_version": version})


def test_a_newer_format_is_told_with_its_number() -> None:
    with pytest.raises(Refused, match=r"2\.7"):
        read({**DOCUMENT, "format_version": "2.7"})


def test_a_minor_version_is_read_with_its_new_keys_ignored_but_is_not_the_plan_made_here() -> None:
    document = json.loads(TEXT) | {"format_version": "1.9", "neuf": {"a": 1}}
    for block in ("desired", "before", "summary", "options"):
        document[block]["neuf"] = 1
    saved = read(document)
    assert saved.plan == PLAN
    assert differences_since(saved, PLAN, SAY) == (ALTERED,)


@pytest.mark.parametrize("holder", ["change", "field", "source", "finding", "related"])
def test_a_new_key_deep_in_a_plan_is_ignored_when_read_too(holder: str) -> None:
    document = json.loads(TEXT)
    change = next(one for one in document["changes"] if one["source"] and any(f["related"] for f in one["findings"]))
    finding = next(one for one in change["findings"] if one["related"])
    holders = {
        "change": change, "field": change["fields"][0], "source": change["source"], "finding": finding,
        "related": finding["related"][0],
    }  # fmt: skip
    holders[holder]["neuf"] = 1
    saved = read(document)
    assert saved.plan == PLAN
    assert differences_since(saved, PLAN, SAY) == (ALTERED,)


def test_a_comparison_is_no_plan_to_apply() -> None:
    with pytest.raises(Refused):
        read(plan_document(replace(PLAN, kind="diff")))


@pytest.mark.parametrize("path", LEAVES, ids=str)
def test_no_alteration_of_a_saved_plan_passes(path: tuple[Step, ...]) -> None:
    try:
        saved = read(altered(path, another))
    except Refused:
        return
    assert differences_since(saved, PLAN, SAY)


@pytest.mark.parametrize("wrong", [None, 1, True, "x", [], {}, [[]], {"x": None}, 1e308, "\ud800", -1])
def test_a_plan_damaged_anywhere_is_refused_or_read_but_breaks_nothing(wrong: object) -> None:
    for path in LEAVES:
        try:
            saved = read(altered(path, wrong))
        except Refused:
            continue
        differences_since(saved, PLAN, SAY)
        plan_document(saved.plan)
        plan_text(saved.plan, SAY, plain)


@pytest.mark.parametrize("address", ["", "/", "//", "a/b", "a/b/c", "comptes", "comptes/", "1/services", "1//x", "1/comptes/x"])
def test_an_address_altered_to_nonsense_breaks_nothing(address: str) -> None:
    try:
        saved = read(altered(("changes", 0, "address"), address))
    except Refused:
        return
    assert differences_since(saved, PLAN, SAY)
    plan_text(saved.plan, SAY, plain)


@pytest.mark.parametrize("field", ["", "libelle", "/", "//", "/~", "/a/b/c"])
def test_a_field_altered_to_nonsense_breaks_nothing(field: str) -> None:
    for place in range(len(PLAN.changes)):
        try:
            saved = read(altered(("changes", place, "fields", 0, "path"), field))
        except Refused:
            continue
        assert differences_since(saved, PLAN, SAY)
        plan_text(saved.plan, SAY, plain)


def test_true_altered_to_1_is_an_alteration() -> None:
    path = next(path for path in LEAVES if path[-1] == "after" and altered(path, 1) and leaf(path) is True)
    try:
        saved = read(altered(path, 1))
    except Refused:
        return
    assert differences_since(saved, PLAN, SAY)


def leaf(path: tuple[Step, ...]) -> object:
    """Return the value at a path of the document."""
    node: Any = DOCUMENT
    for step in path:
        node = node[step]
    return node


MOVED = {
    "the store is another one": replace(PLAN, before=replace(PLAN.before, lineage="autre")),
    "the store was written since (state no. 7, planned on no. 1)": replace(PLAN, before=replace(PLAN.before, serial=7)),
    "what is approved changed": replace(PLAN, before=replace(PLAN.before, digest="autre")),
    "the sheets or the project's decisions changed": replace(PLAN, desired=replace(PLAN.desired, digest="autre")),
    "the program or its rules changed": replace(PLAN, tool={"version": "9", "rules": "r"}),
    "the day of the rules changed": replace(PLAN, as_of="2027-01-01"),
    ALTERED: replace(PLAN, managed=0),
}


@pytest.mark.parametrize("words", MOVED)
def test_each_departure_is_named(words: str) -> None:
    assert differences_since(SAVED, MOVED[words], SAY) == (words,)


def test_all_that_moved_is_named_in_one_go_in_the_language_asked_for() -> None:
    other = replace(PLAN, as_of="2027-01-01", tool={}, before=replace(PLAN.before, lineage=None, serial=0, digest=""))
    assert len(differences_since(SAVED, other, SAY)) == 5
    french = differences_since(SAVED, other, translator_for("fr"))
    assert len(french) == 5
    assert not set(french) & set(differences_since(SAVED, other, SAY))


def test_an_iban_that_moved_behind_its_mask_is_a_departure() -> None:
    plans = [
        plan_of({"a.yaml": sheet(coordonnees_bancaires=[{"libelle": "R", "iban": iban}])}).plan
        for iban in (IBAN, "FR7630006000019999999990189")
    ]
    assert differences_since(SavedPlan(plans[0], plan_document(plans[0])), plans[1], SAY)


def test_the_same_sheets_planned_again_are_no_departure() -> None:
    assert differences_since(read_plan(TEXT, "plan.json", SAY), made(), SAY) == ()


def test_the_name_of_a_file_is_part_of_what_is_told() -> None:
    with pytest.raises(Refused, match="mon plan"):
        read_plan("", "mon plan", SAY)


def test_a_plan_names_its_structure() -> None:
    assert SIRET in {change.address.owner for change in PLAN.changes}


@pytest.mark.parametrize("version", ["2.7", "10.0", "11.3"])
def test_a_newer_format_is_told_whatever_its_number(version: str) -> None:
    with pytest.raises(Refused, match=rf"plan format {re.escape(version)}.*update chorus-config"):
        read({**DOCUMENT, "format_version": version})


RAW = TEXT.encode()


# Where the changes end: a piece of the file may end before, inside or behind it.
CHANGES_END = RAW.index(b"\n  ]", RAW.index(b'"changes"'))


@pytest.mark.parametrize("chunk", [*range(CHANGES_END, CHANGES_END + 6), (CHANGES_END + 2) // 2, 3000, 10**6])
def test_the_head_is_the_plan_without_its_changes(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr("chorus_config.engine.planning.plan_file._CHUNK", chunk)
    assert PLAN.changes
    assert head_of(BytesIO(RAW)) == replace(PLAN, changes=())
    nothing = replace(PLAN, changes=(), findings=())
    assert head_of(BytesIO(as_json(plan_document(nothing)).encode())) == nothing


@pytest.mark.parametrize("name", ["changes", "x\n  ]", '"changes": [', "\n  ]"])
def test_the_head_ends_where_the_changes_begin_whatever_stands_in_texts(name: str) -> None:
    odd = replace(PLAN, names={name: name}, changes=tuple(replace(one, address=Address(name)) for one in PLAN.changes[:2]))
    assert head_of(BytesIO(as_json(plan_document(odd)).encode())) == replace(odd, changes=())


def test_a_file_of_another_form_has_no_head() -> None:
    forms = (
        json.dumps(DOCUMENT),
        json.dumps(DOCUMENT, indent=1),
        "",
        "{}",
        "[]",
        TEXT[: len(TEXT) // 2],
        TEXT[:-3],
        f"x{TEXT}",
    )
    assert [head_of(BytesIO(form.encode())) for form in forms] == [None] * len(forms)
    assert head_of(BytesIO(RAW.replace(b'"type"', b'"\xff"'))) is None
    assert head_of(BytesIO(as_json(plan_document(replace(PLAN, kind="diff"))).encode())) is None


def test_only_the_very_text_is_that_of_a_plan() -> None:
    assert is_text_of(BytesIO(RAW), PLAN)
    assert not is_text_of(BytesIO(RAW + b"\n"), PLAN)
    assert not is_text_of(BytesIO(b""), PLAN)
    for at in range(0, len(RAW), 41):
        assert not is_text_of(BytesIO(RAW[:at]), PLAN)
        assert not is_text_of(BytesIO(RAW[:at] + bytes((RAW[at] ^ 1,)) + RAW[at + 1 :]), PLAN)
        assert not is_text_of(BytesIO(RAW[:at] + RAW[at + 1 :]), PLAN)
        assert not is_text_of(BytesIO(RAW[:at] + b" " + RAW[at:]), PLAN)
