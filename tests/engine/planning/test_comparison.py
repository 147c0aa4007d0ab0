"""From two states of the files to one comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chorus_config.diff.expand import root_of
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.planning.comparison import ComparedFiles, changed_decisions, compare_files, masked_token
from chorus_config.engine.planning.draft import draft_plan
from chorus_config.model.address import Address
from chorus_config.model.plan import Decision, Move, Options, Plan
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.render.findings.json import as_json
from chorus_config.render.plan.json import plan_document
from tests.cli.desk import conforms
from tests.diff.strategies import Body, Pair, Pen, bodies, copied, pairs, pens
from tests.engine.making import (
    FRAME,
    IBAN,
    OTHER,
    PUBLIC,
    SETTING,
    SIRET,
    TECH,
    account,
    checked,
    general,
    judged,
    sheet,
    told,
    with_project,
)

SHOWN = replace(FRAME, token_of=masked_token)
law = settings(max_examples=250, deadline=None, database=None)

Files = Mapping[str, Any]


def comparison(before: Files, after: Files, settings: Any = SETTING, **inputs: Any) -> Plan:
    """Return what leads from some really checked files to others."""
    ends = ComparedFiles(_checked(before, settings), _checked(after, settings), "git:0")
    return compare_files(ends, replace(SHOWN, **inputs), settings)


def _checked(files: Files, settings: Any) -> list[CheckedFile]:
    return [judged(path, body, settings) for path, body in sorted(files.items())]


def plain(path: str, body: Body) -> ComparedFiles:
    """Return ends that both hold one faultless file."""
    return ComparedFiles([checked(path, body)], [checked(path, copied(body))], "git:0")


def addresses(plan: Plan) -> list[tuple[str, str]]:
    """Return op and address of each change."""
    return [(change.op, str(change.address)) for change in plan.changes]


# Laws.


@law
@given(pairs())
def test_it_says_what_a_plan_says_of_the_same_records(pair: Pair) -> None:
    name = str(root_of(pair.before))
    known = Snapshot({name: Record(name, pair.before, "a.yaml")}, "sqlite:///r", None, "l", 7)
    # A threshold holds back a plan and only warns in a comparison.
    settings = with_project(most_removals=1000)
    planned = draft_plan([checked("a.yaml", pair.after)], known, FRAME, settings).plan
    ends = ComparedFiles([checked("a.yaml", pair.before)], [checked("a.yaml", pair.after)], "git:0")
    plan = compare_files(ends, SHOWN, settings)
    assert plan.changes == planned.changes
    assert (plan.managed, plan.reasons, plan.accepted) == (planned.managed, planned.reasons, planned.accepted)
    conforms("plan", plan_document(plan))


@law
@given(bodies())
def test_nothing_leads_to_itself(body: Body) -> None:
    plan = compare_files(plain("a.yaml", body), SHOWN, SETTING)
    assert (plan.changes, plan.moves, plan.reasons, plan.findings) == ((), (), (), ())


@law
@given(bodies(), pens)
def test_order_and_place_are_no_change(body: Body, pen: Pen) -> None:
    ends = ComparedFiles([checked("a.yaml", body)], [checked("b.yaml", pen.shuffled(body))], "git:0")
    plan = compare_files(ends, SHOWN, SETTING)
    assert [change for change in plan.changes if "a.yaml" in str(change)] == []
    assert plan.moves == (Move(str(root_of(body)), "a.yaml", "b.yaml"),)


@law
@given(pairs())
def test_the_same_input_gives_the_same_bytes(pair: Pair) -> None:
    def once() -> str:
        ends = ComparedFiles([checked("a.yaml", copied(pair.before))], [checked("a.yaml", copied(pair.after))], "git:0")
        return as_json(plan_document(compare_files(ends, SHOWN, SETTING)))

    assert once() == once()


# Cases.


def test_what_it_says_of_itself() -> None:
    decisions = (Decision("seuils/structures", None, 3),)
    plan = comparison({"a.yaml": sheet()}, {"a.yaml": sheet()}, commit=("1" * 40, False), decisions=decisions)
    assert (plan.kind, plan.decisions) == ("diff", decisions)
    assert (plan.before.source, plan.before.taken_at, plan.before.lineage, plan.before.serial) == ("git:0", None, None, 0)
    assert (plan.desired.commit, plan.desired.dirty) == ("1" * 40, False)
    assert plan.digest != comparison({"a.yaml": sheet()}, {"a.yaml": sheet()}).digest


def test_a_sensitive_value_is_masked_and_its_change_seen() -> None:
    bank = [{"libelle": "Régie", "iban": IBAN}]
    other = [{"libelle": "Régie", "iban": "FR7630006000019999999990189"}]
    plan = comparison({"a.yaml": sheet(coordonnees_bancaires=bank)}, {"a.yaml": sheet(coordonnees_bancaires=other)})
    (change,) = plan.changes
    assert [(field.before, field.after) for field in change.fields] == [("FR76 **** 0189", "FR76 **** 0189")]
    assert "0006000" not in as_json(plan_document(plan))
    assert masked_token(IBAN, Address(SIRET)) == "FR76 **** 0189"


BAD: Body = {"informations_generales": general(adresse_electronique="x")}
WORSE: Body = {"informations_generales": general(adresse_electronique="x", libelle=" ")}


@pytest.mark.parametrize(
    ("before", "after", "blocked"),
    [
        (BAD, {**BAD, "comptabilite": "autre"}, 0),
        (BAD, WORSE, 1),
        ({}, BAD, 1),
        (WORSE, BAD, 0),
        (BAD, {}, 0),
    ],
)
def test_errors_that_stood_block_nothing(before: Body, after: Body, blocked: int) -> None:
    plan = comparison({"a.yaml": sheet(**before)}, {"a.yaml": sheet(**after)})
    assert (plan.blocked, plan.applyable) == (blocked, not blocked)
    shown = [finding.rule for finding in plan.findings] + [f.rule for change in plan.changes for f in change.findings]
    assert ("CP106" in shown) == ("adresse_electronique" in str(after) and '"x"' not in str(after) and after != {})


def test_an_error_in_another_sheet_stood_for_that_one_only() -> None:
    before = {"a.yaml": sheet(**BAD), "b.yaml": sheet(OTHER)}
    other: Body = {"informations_generales": general(identifiant=OTHER, adresse_electronique="x")}
    plan = comparison(before, {"a.yaml": sheet(**BAD), "b.yaml": sheet(OTHER, **other)})
    assert [(str(change.address), change.blocked) for change in plan.changes] == [(OTHER, True)]


def test_a_rule_of_change_never_stood() -> None:
    services = [PUBLIC, TECH]
    plan = comparison({"a.yaml": sheet(services=services)}, {"a.yaml": sheet(services=[TECH])})
    assert not plan.applyable
    without = comparison({"a.yaml": sheet(services=[TECH])}, {"a.yaml": sheet(services=[TECH], comptabilite="autre")})
    assert without.applyable, "it was gone before"


def test_a_file_that_could_not_be_read_before_stood_by_its_place() -> None:
    assert comparison({"a.yaml": "a: ["}, {"a.yaml": "a: [ "}).applyable
    assert not comparison({"a.yaml": "a: ["}, {"b.yaml": "a: ["}).applyable
    assert not comparison({"a.yaml": "a: ["}, {"a.yaml": "type: fiche-structure"}).applyable


def test_absence_is_judged_unless_a_file_cannot_be_read() -> None:
    before = {"a.yaml": sheet(), "b.yaml": sheet(OTHER)}
    assert addresses(comparison(before, {"a.yaml": sheet()})) == [("delete", OTHER)]
    plan = comparison(before, {"a.yaml": sheet(), "c.yaml": "a: ["})
    assert (addresses(plan), plan.applyable) == ([], False)
    assert addresses(comparison(before, {"a.yaml": sheet()}, options=Options(targets=(OTHER,)))) == []


TWINS = {"a.yaml": sheet(), "b.yaml": sheet()}
CHANGED = sheet(comptabilite="autre")


@pytest.mark.parametrize(
    ("before", "after", "applyable"),
    [
        (TWINS, {"a.yaml": CHANGED, "b.yaml": sheet()}, True),
        (TWINS, {"a.yaml": sheet(), "b.yaml": CHANGED}, False),
        (TWINS, {"a.yaml": sheet(), "c.yaml": sheet()}, False),
        (TWINS, {**TWINS, "c.yaml": sheet()}, False),
        (TWINS, {"b.yaml": sheet(), "00.yaml": sheet()}, False),
        ({"a.yaml": sheet()}, TWINS, False),
        (TWINS, {"a.yaml": sheet()}, True),
        (TWINS, {"b.yaml": CHANGED}, True),
        ({"comptes/a.yaml": account()}, {"comptes/a.yaml": account(), "comptes/b.yaml": account()}, False),
    ],
)
def test_a_quarrel_over_a_name_that_stood(before: Files, after: Files, applyable: bool) -> None:
    plan = comparison(before, after)
    assert plan.applyable is applyable
    assert ("CP011" in [rule for rule, _place in told(plan.findings + tuple(f for c in plan.changes for f in c.findings))]) == (
        len(after) > 1
    )


def test_a_quarrel_counts_even_where_the_rule_is_off() -> None:
    assert not comparison({"a.yaml": sheet()}, TWINS, with_project(levels={"CP011": "off"})).applyable


def test_errors_of_both_twins_stood() -> None:
    for first, second in (({}, BAD), (BAD, {})):
        before = {"a.yaml": sheet(**first), "b.yaml": sheet(**second)}
        assert comparison(before, {"b.yaml": sheet(**BAD, comptabilite="autre")}).applyable


def test_moves_are_those_of_the_targets() -> None:
    before, after = ({f"{at}/{siret}.yaml": sheet(siret) for siret in (SIRET, OTHER)} for at in ("x", "y"))
    assert [move.address for move in comparison(before, after).moves] == [SIRET, OTHER]
    assert [m.address for m in comparison(before, after, options=Options(targets=(OTHER,))).moves] == [OTHER]


def test_a_threshold_only_warns() -> None:
    plan = comparison({"a.yaml": sheet()}, {"a.yaml": CHANGED}, with_project(most_structures=0))
    assert ([(f.rule, f.level) for f in plan.findings], plan.applyable) == ([("CP920", "warning")], True)


def test_of_twins_the_first_by_path_is_the_one_compared_with() -> None:
    before = {"a.yaml": sheet(), "b.yaml": sheet(comptabilite="autre")}
    assert addresses(comparison(before, {"a.yaml": sheet()})) == []
    assert [move.before for move in comparison(before, {"c.yaml": sheet()}).moves] == ["a.yaml"]


_ROW = {"regle": "CP102", "fiche": "1", "motif": "x", "jusqu_au": "2030-01-01"}
_ACCEPTED = {"regle": "CP904", "adresse": "1/utilisateurs/a/b", "motif": "x", "jusqu_au": "2030-01-01"}
_REST = {"motif": "x", "jusqu_au": "2030-01-01"}


@pytest.mark.parametrize(
    ("body", "what", "value"),
    [
        ({"regles": {"CP701": "info"}}, "regles/CP701", "info"),
        ({"seuils": {"structures": 9}}, "seuils/structures", 9),
        ({"derogations": [_ROW]}, "derogations/CP102/1", _REST),
        ({"acceptations": [_ACCEPTED]}, "acceptations/CP904/1/utilisateurs/a/b", _REST),
        ({"structures": ["a"]}, "structures", ["a"]),
        ({"comptes": ["a"]}, "comptes", ["a"]),
        ({"date_de_reference": "2016-10-01"}, "date_de_reference", "2016-10-01"),
    ],
)
def test_each_decision_comes_and_goes(body: dict[str, Any], what: str, value: object) -> None:
    assert changed_decisions({}, body) == (Decision(what, None, value),)
    assert changed_decisions(body, {}) == (Decision(what, value, None),)
    assert changed_decisions(body, body) == ()


@pytest.mark.parametrize("key", ["motif", "jusqu_au"])
def test_a_waiver_that_is_reworded_or_lasts_longer(key: str) -> None:
    (made,) = changed_decisions({"derogations": [_ROW]}, {"derogations": [{**_ROW, key: "2031-01-01"}]})
    assert (made.what, made.before) == ("derogations/CP102/1", _REST)
    assert made.after == {**_REST, key: "2031-01-01"}


def test_a_waiver_for_another_sheet_is_another_waiver() -> None:
    made = changed_decisions({"derogations": [_ROW]}, {"derogations": [{**_ROW, "fiche": "2"}]})
    assert [(one.what, one.before, one.after) for one in made] == [
        ("derogations/CP102/1", _REST, None), ("derogations/CP102/2", None, _REST),
    ]  # fmt: skip


def test_order_is_no_decision() -> None:
    other = {**_ROW, "fiche": "2"}
    assert changed_decisions({"derogations": [_ROW, other]}, {"derogations": [other, dict(reversed(_ROW.items()))]}) == ()


def test_a_second_entry_of_one_name_is_seen() -> None:
    longer = {**_ROW, "jusqu_au": "2040-01-01"}
    wanted = (Decision("derogations/CP102/1#2", None, {**_REST, "jusqu_au": "2040-01-01"}),)
    assert changed_decisions({"derogations": [_ROW]}, {"derogations": [longer, _ROW]}) == wanted
    assert changed_decisions({"derogations": [_ROW]}, {"derogations": [_ROW, longer]}) == wanted
    assert len(changed_decisions({}, {"derogations": [_ROW, longer]})) == 2


def test_what_decides_nothing() -> None:
    rest = {"type": "projet", "langue": "fr", "registre": "x", "portefeuille": {"nom": "x"}}
    assert changed_decisions(rest, {}) == ()


def test_they_are_sorted() -> None:
    made = changed_decisions(
        {}, {"seuils": {"suppressions": 1, "structures": 2}, "regles": {"CP9": "off", "CP1": "off"}, "comptes": []}
    )
    assert [one.what for one in made] == ["comptes", "regles/CP1", "regles/CP9", "seuils/structures", "seuils/suppressions"]


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["regle", "fiche", "adresse", "x"]), inner),
    max_leaves=5,
)
_KEYS = ("regles", "seuils", "derogations", "acceptations", "structures")


@settings(deadline=None, database=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _ANYTHING), st.dictionaries(st.sampled_from(_KEYS), _ANYTHING))
def test_no_body_is_too_odd(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert changed_decisions(one, one) == ()
    assert [(row.what, row.after, row.before) for row in changed_decisions(one, other)] == [
        (row.what, row.before, row.after) for row in changed_decisions(other, one)
    ]
