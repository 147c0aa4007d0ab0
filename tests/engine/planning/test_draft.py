"""From sheets and a state to a plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.diff.expand import expand
from chorus_config.diff.fields import managed
from chorus_config.engine.planning import draft as drafting
from chorus_config.i18n.translator import translator_for
from chorus_config.model.address import Address
from chorus_config.model.finding import TrackedDay
from chorus_config.model.plan import Change, FieldChange
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.render.findings.json import as_json
from chorus_config.render.plan.json import plan_document
from chorus_config.render.plan.text import plan_text
from chorus_config.render.shared.paint import plain
from tests.engine.making import (
    FRAME,
    IBAN,
    OTHER,
    PUBLIC,
    SETTING,
    SIRET,
    TECH,
    account,
    approved,
    by_address,
    checked,
    general,
    judged,
    known,
    plan_of,
    sheet,
    with_project,
)

BANK = [{"libelle": "Régie", "iban": IBAN, "bic": "AGRIFRPPXXX"}]
FRENCH = replace(SETTING, say=translator_for("fr"))


def test_everything_is_created_where_nothing_is_known() -> None:
    made = plan_of({"a.yaml": sheet(services=[PUBLIC]), "comptes/dgs.yaml": account()})
    assert [(str(change.address), change.op) for change in made.plan.changes] == [
        (SIRET, "create"),
        (f"{SIRET}/services/FACTURES_PUBLIQUES", "create"),
        ("comptes/dgs", "create"),
    ]
    assert made.plan.applyable
    assert made.records == (
        Record(SIRET, sheet(services=[PUBLIC]), "a.yaml"),
        Record("comptes/dgs", account(), "comptes/dgs.yaml"),
    )


def test_updates_creations_and_deletions_stand_in_one_safe_order() -> None:
    before = sheet(services=[PUBLIC, TECH], espaces=["Engagements"])
    after = sheet(informations_generales=general(libelle="Valmont"), services=[PUBLIC, {**TECH, "code": "ST"}], espaces=[])
    made = plan_of({"a.yaml": after}, known({"a.yaml": before}))
    assert [(str(change.address), change.op) for change in made.plan.changes] == [
        (SIRET, "update"),
        (f"{SIRET}/services/ST", "create"),
        (f"{SIRET}/espaces/Engagements", "delete"),
        (f"{SIRET}/services/ST-TECH", "delete"),
    ]


def test_nothing_to_change_is_a_plan_that_says_so() -> None:
    made = plan_of({"a.yaml": sheet()}, known({"a.yaml": sheet()}))
    assert (made.plan.changes, (*made.records,), made.forgotten, made.plan.reasons) == ((), (), (), ())
    assert made.plan.applyable


def test_a_record_keeps_what_the_sheet_no_longer_manages() -> None:
    state = known({"a.yaml": sheet(comptabilite="autre", services=[PUBLIC])})
    made = plan_of({"a.yaml": sheet(informations_generales=general(libelle="Valmont"))}, state)
    (record,) = made.records
    assert record.body == sheet(informations_generales=general(libelle="Valmont"), comptabilite="autre", services=[PUBLIC])


def test_records_are_of_changed_sheets_only_and_name_the_file_of_now() -> None:
    state = known({"a.yaml": sheet(), "b.yaml": sheet(OTHER)})
    made = plan_of({"a.yaml": sheet(), "neuf/b.yaml": sheet(OTHER, comptabilite="autre")}, state)
    assert [(record.root, record.path) for record in made.records] == [(OTHER, "neuf/b.yaml")]


def test_an_approved_deletion_leaves_no_record() -> None:
    state = known({"comptes/dgs.yaml": account()})
    made = plan_of({}, state)
    assert ((*made.records,), made.forgotten) == ((), ("comptes/dgs",))
    assert plan_of({}, approved(made, state)).plan.changes == ()


def test_managed_counts_the_fields_that_sheets_manage() -> None:
    bodies = [sheet(services=[PUBLIC, TECH]), account()]
    counted = sum(len(managed(*item)) for body in bodies for item in expand(body).resources.items())
    assert plan_of({"a.yaml": bodies[0], "comptes/dgs.yaml": bodies[1]}).plan.managed == counted
    assert plan_of({"a.yaml": sheet()}).plan.managed == 8


def test_the_plan_says_what_it_was_made_from() -> None:
    state = known({"a.yaml": sheet()})
    plan = plan_of({"a.yaml": sheet()}, state, replace(SETTING, asked=TrackedDay(date(2016, 10, 1))), paths=("a.yaml",)).plan
    assert plan.as_of == "2016-10-01"
    assert (plan.before.source, plan.before.lineage, plan.before.serial) == (state.source, "l", 1)
    assert plan.before.taken_at == "2026-11-23T08:00:00Z"
    assert plan.options.paths == ("a.yaml",)
    assert plan.tool == FRAME.tool
    assert plan_of({"a.yaml": sheet()}).plan.before.lineage is None
    assert plan_of({"a.yaml": sheet()}).plan.before.serial == 0


def test_the_digest_of_the_wish_binds_sheets_paths_and_decisions() -> None:
    digests = {
        plan_of(files, settings=settings).plan.desired.digest
        for files, settings in (
            ({"a.yaml": sheet()}, SETTING),
            ({"b.yaml": sheet()}, SETTING),
            ({"a.yaml": sheet(comptabilite="autre")}, SETTING),
            ({"a.yaml": sheet(), "b.yaml": sheet(OTHER)}, SETTING),
            ({"a.yaml": sheet()}, with_project(decisions={"seuils": {"structures": 1}})),
        )
    }
    assert len(digests) == 5


def test_the_digest_of_a_plan_binds_everything_in_it() -> None:
    state = known({"a.yaml": sheet()})
    files = {"a.yaml": sheet(comptabilite="autre")}
    digests = {
        plan_of(files, state).plan.digest,
        plan_of(files, state, paths=("a.yaml",)).plan.digest,
        plan_of(files, state, targets=(SIRET,)).plan.digest,
        plan_of(files, replace(state, serial=9)).plan.digest,
        plan_of(files, replace(state, lineage="autre")).plan.digest,
        plan_of(files, state, replace(SETTING, asked=TrackedDay(date(2027, 1, 1)))).plan.digest,
        plan_of({"a.yaml": sheet(comptabilite="helios")}, state).plan.digest,
    }
    assert len(digests) == 7


def test_sensitive_values_are_masked_on_both_sides() -> None:
    state = known({"a.yaml": sheet(coordonnees_bancaires=BANK)})
    other = [{**BANK[0], "iban": "FR7630006000019999999990189"}]
    (change,) = plan_of({"a.yaml": sheet(coordonnees_bancaires=other)}, state).plan.changes
    assert change.fields == (FieldChange("/iban", "FR76 **** 0189", "FR76 **** 0189"),)
    (gone,) = plan_of({"a.yaml": sheet(coordonnees_bancaires=[])}, state).plan.changes
    assert [(field.path, field.before) for field in gone.fields] == [
        ("/libelle", "Régie"), ("/iban", "FR76 **** 0189"), ("/bic", "AG ****"),
    ]  # fmt: skip


@pytest.mark.parametrize("iban", [[IBAN], {"a": IBAN}, {"a": {"b": [IBAN]}}, [{"a": IBAN}]])
@pytest.mark.parametrize("key", ["iban", "bic"])
def test_a_sensitive_value_of_the_wrong_kind_is_not_shown_either(iban: object, key: str) -> None:
    made = plan_of([judged("a.yaml", sheet(coordonnees_bancaires=[{"libelle": "Régie", key: iban}]))])
    assert not made.plan.applyable
    shown = as_json(plan_document(made.plan)) + plan_text(made.plan, SETTING.say, plain)
    assert "30006000" not in shown


def test_records_hold_the_values_themselves() -> None:
    made = plan_of({"a.yaml": sheet(coordonnees_bancaires=BANK)})
    assert made.records[0].body["coordonnees_bancaires"] == BANK


@pytest.mark.parametrize("settings", [SETTING, FRENCH], ids=["en", "fr"])
def test_reasons_are_in_the_language_asked_for(settings: Any) -> None:
    wrong = judged("a.yaml", sheet(informations_generales=general(libelle="")), settings)
    broken = judged("c.yaml", b"a: [", settings)
    both = [sheet(OTHER), sheet(OTHER, comptabilite="autre")]
    disputed = [judged(f"{number}.yaml", body, settings) for number, body in enumerate(both)]
    reasons = plan_of([wrong, broken, *disputed], Snapshot(), settings).plan.reasons
    assert len(reasons) == 3
    assert OTHER in reasons[1]
    assert "c.yaml" in reasons[2]
    english = settings is SETTING
    assert ("blocked by errors" in reasons[0]) == english
    assert ("bloqué" in reasons[0]) != english


@pytest.mark.parametrize(("count", "words"), [(1, "1 change is blocked by an error"), (2, "2 changes are blocked by errors")])
def test_the_number_of_blocked_changes_is_told(count: int, words: str) -> None:
    blocks: dict[str, Any] = {"espaces": ["Engagements"]} if count == 2 else {}
    plan = plan_of([judged("a.yaml", sheet(informations_generales=general(libelle=""), **blocks))]).plan
    assert (plan.blocked, plan.reasons) == (count, (words,))


def test_findings_of_a_plan_stand_in_the_order_of_files_and_lines() -> None:
    files = [judged(f"{name}.yaml", b"a: 1\nb: 2\n") for name in "cab"]
    found = plan_of(files).plan.findings
    assert [(f.path, f.span.line) for f in found] == sorted((f.path, f.span.line) for f in found)


def test_the_order_in_which_files_are_read_changes_nothing() -> None:
    files = [judged("a.yaml", sheet()), judged("b.yaml", sheet(OTHER)), judged("comptes/dgs.yaml", account())]
    assert plan_of(files).plan == plan_of(files[::-1]).plan


def test_a_file_among_the_sheets_that_says_it_is_a_project_does_not_say_what_it_wants() -> None:
    project = judged("structures/b.yaml", b"type: projet\nversion: 1\n")
    made = plan_of([project, judged("a.yaml", sheet())], known({"a.yaml": sheet(), "b.yaml": sheet(OTHER)}))
    assert not made.plan.applyable
    assert made.forgotten == ()


def test_an_empty_list_that_is_first_recorded_is_recorded() -> None:
    assert plan_of({"a.yaml": sheet(espaces=[])}).records[0].body == sheet(espaces=[])


def test_an_account_with_blocks_that_are_not_ours_is_planned_and_shown_blocked() -> None:
    made = plan_of([judged("comptes/dgs.yaml", account(rattachements="x", abonnements=["y"], pieces_jointes={"a": "z"}))])
    assert by_address(made)["comptes/dgs"].blocked
    assert "rattachements" in plan_text(made.plan, SETTING.say, plain)


@pytest.mark.parametrize("side", ["before", "after"])
def test_the_digest_of_a_plan_binds_what_its_masks_hide_whatever_else_it_holds(side: str) -> None:
    """The digests of the sheets and of the state bind it too; what is approved must not hang on these alone."""

    def bound(iban: str) -> str:
        address = Address(SIRET, "coordonnees_bancaires", "Régie")
        field = FieldChange("/iban", **{"before": None, "after": None, side: iban})
        plan = replace(plan_of({"a.yaml": sheet()}).plan, changes=(Change(address, "update", (field,)),))
        return drafting._masked_with_digest(plan, FRAME.token_of).digest

    assert bound(IBAN) == bound(IBAN) != bound("FR7630006000019999999990189")


def test_a_plan_says_from_which_commit_and_whether_all_of_it_is_there() -> None:
    for commit in (("c" * 40, True), ("c" * 40, False), (None, False)):
        wish = drafting.draft_plan(
            [checked("a.yaml", sheet())], Snapshot(), replace(FRAME, commit=commit), SETTING
        ).plan.desired
        assert (wish.commit, wish.dirty) == commit


def test_the_digest_of_the_state_binds_the_files_of_its_records() -> None:
    states = [Snapshot({SIRET: Record(SIRET, sheet(), path)}, serial=3) for path in ("a.yaml", "z.yaml")]
    assert len({plan_of({"a.yaml": sheet()}, state).plan.before.digest for state in states}) == 2
