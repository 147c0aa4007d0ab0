"""What the rules of change say, where, and of what document."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chorus_config.diff.compare import difference
from chorus_config.diff.expand import expand
from chorus_config.diff.fields import path_of
from chorus_config.engine.planning.change_rules import ChangeContext, change_document, informational_faults
from chorus_config.model.address import Address
from chorus_config.model.finding import Fault, Path, TrackedDay
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.schema.accept import accepts
from tests.diff.strategies import Pair, pairs
from tests.engine.making import DAY, OTHER, PUBLIC, SETTING, SIRET, TECH, account, checked, general, plan_of, sheet
from tests.rules.judged import misshapen
from tests.rules.sheet_changes import sheet_changes
from tests.samples import Which, day_of, example_changes, example_of_change, example_states

Body = dict[str, Any]
PATH = f"{SIRET}/services/FACTURES_PUBLIQUES"
BARE = {key: PUBLIC[key] for key in ("code", "libelle")}


def verdicts(before: Body, after: Body) -> list[tuple[str, str, str, Path]]:
    """Return address, rule, case and path of each fault in what leads from a sheet to another."""
    return [
        (change.address, fault.rule, fault.case, fault.path)
        for change in sheet_changes(before, after, DAY)
        for fault in change.faults
    ]


def with_public(**fields: object) -> Body:
    """Return a sheet whose FACTURES_PUBLIQUES has other fields; None takes one out."""
    service = {key: value for key, value in {**BARE, **fields}.items() if value is not None}
    return sheet(services=[service, TECH])


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("libelle", "Factures publiques", "libelle"),
        ("libelle", "", "libelle"),
        ("libelle", "service des factures publiques", "libelle"),
        ("actif", False, "actif"),
        ("date_fin", "2050-12-31", "date_fin"),
        ("engagement_obligatoire", True, "engagement_obligatoire"),
        ("inconnu", "x", "inconnu"),
    ],
)
@pytest.mark.parametrize("known", [{}, {"actif": True, "description": "Avant", "engagement_obligatoire": False}])
def test_cp901_every_edit_of_factures_publiques(field: str, value: object, written: str, known: Body) -> None:
    assert verdicts(with_public(**known), with_public(**known, **{field: value}) if field not in known else
                    with_public(**{**known, field: value})) == [
        (PATH, "CP901", "changed", ("services", 0, written))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "note", "other"),
    [
        ("description", "Du portail", "Autre"),
        ("description", "Du portail", ""),
        ("date_debut", "2016-07-13", "2016-07-14"),
        ("adresse_postale", {"ville": "X"}, {"ville": "Y"}),
    ],
)
def test_cp901_a_note_of_what_the_portal_shows_is_written_once(key: str, note: object, other: object) -> None:
    assert verdicts(with_public(), with_public(**{key: note})) == []
    place = ("services", 0, key, *(note if isinstance(note, dict) else ()))
    assert verdicts(with_public(**{key: note}), with_public(**{key: other})) == [(PATH, "CP901", "changed", place)]


@pytest.mark.parametrize("services", [[], [TECH], [{**BARE, "code": "FACTURES_PUBLIQUE"}, TECH], [{"libelle": "x"}]])
def test_cp901_removed_or_renamed(services: list[Body]) -> None:
    assert (PATH, "CP901", "removed", ("services",)) in verdicts(with_public(), sheet(services=services))


def test_cp901_several_edits_are_told_once_at_the_first() -> None:
    found = verdicts(with_public(), with_public(actif=False, libelle="X", date_fin="2050-12-31"))
    assert found == [(PATH, "CP901", "changed", ("services", 0, "libelle"))]


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [
        ({"actif": False}, {"actif": True}),
        ({"libelle": "Autre"}, {}),
        ({"engagement_obligatoire": True}, {"engagement_obligatoire": False}),
        ({}, {"actif": True}),
        ({}, {"engagement_obligatoire": False}),
        ({"actif": False, "libelle": "X", "date_fin": "2020-01-01"}, {"actif": True}),
    ],
)
def test_cp901_a_return_towards_what_cp401_asks_is_allowed(damaged: Body, repaired: Body) -> None:
    assert verdicts(with_public(**damaged), with_public(**repaired)) == []


@pytest.mark.parametrize("damaged", [{"actif": False}, {"libelle": "Autre"}, {"date_fin": "2020-01-01"}])
def test_cp901_from_one_damage_to_another_is_not_allowed(damaged: Body) -> None:
    before, after = ({**damaged, "description": text} for text in ("a", "b"))
    assert verdicts(with_public(**before), with_public(**after)) == [(PATH, "CP901", "changed", ("services", 0, "description"))]


def test_cp901_says_nothing_of_other_services_of_what_is_unmanaged_or_of_a_first_record() -> None:
    assert [rule for _a, rule, _c, _p in verdicts(with_public(), sheet(services=[BARE]))] == ["CP906"]
    assert verdicts(with_public(), sheet()) == []
    assert verdicts(sheet(), with_public(actif=False)) == []
    assert verdicts(with_public(actif=True), with_public()) == []


def test_cp901_holds_for_the_sheet_of_a_private_structure_too() -> None:
    private = sheet(informations_generales=general(structure_privee=True), services=[])
    assert (PATH, "CP901", "removed", ("services",)) in verdicts(with_public(), private)


def test_cp902_another_type_in_place() -> None:
    assert verdicts(sheet(), sheet(informations_generales=general(type_identifiant="RIDET"))) == [
        (SIRET, "CP902", "type", ("informations_generales", "type_identifiant"))
    ]


@pytest.mark.parametrize(("new_file", "rules"), [(False, ["CP902"]), (True, [])])
def test_cp902_another_identifiant_in_the_same_file(*, new_file: bool, rules: list[str]) -> None:
    created, _removed = sheet_changes(sheet(OTHER), sheet(), DAY, new_file=new_file)
    assert [fault.rule for fault in created.faults] == rules
    assert all(fault.path == ("informations_generales", "identifiant") for fault in created.faults)


def test_cp910_a_sheet_gone() -> None:
    (removed,) = sheet_changes(with_public(), {}, DAY)
    assert [fault.rule for fault in removed.faults] == ["CP910"]


@pytest.mark.parametrize(("named", "rules"), [(SIRET, []), (OTHER, ["CP910"])])
def test_cp910_a_sheet_that_another_replaces(named: str, rules: list[str]) -> None:
    _created, removed = sheet_changes(with_public(), sheet(OTHER, remplace={"identifiant": named}), DAY, new_file=True)
    assert [fault.rule for fault in removed.faults] == rules


def test_an_account_may_go() -> None:
    (removed,) = sheet_changes(account(), {}, DAY)
    assert removed.faults == ()


@pytest.mark.parametrize("kind", ["create", "update", "delete", "account"])
def test_a_change_is_a_document_that_its_schema_takes(kind: str) -> None:
    sides: dict[str, tuple[Body, Body]] = {
        "create": ({}, with_public()),
        "update": (sheet(services=[TECH]), sheet(services=[{**TECH, "libelle": "Voirie"}])),
        "delete": (sheet(espaces=["A/B"]), sheet(espaces=[])),
        "account": ({}, account()),
    }
    for change in sheet_changes(*sides[kind], DAY):
        document = change.document
        assert accepts("changement", DAY, document)
        assert document["op"] == change.change.op
        assert document["context"]["known"] is (kind in {"update", "delete"})
        assert (document["before"] is None) == (document["op"] == "create")
        assert (document["after"] is None) == (document["op"] == "delete")


@pytest.mark.parametrize(
    ("address", "field", "path"),
    [
        (Address(SIRET), "", ("informations_generales", "identifiant")),
        (Address(SIRET), "/adresse_postale/ville", ("adresse_postale", "ville")),
        (Address("dgs", "comptes"), "", ("ref",)),
        (Address("dgs", "comptes"), "/nom", ("informations_personnelles", "nom")),
        (Address(SIRET, "services", "ST-TECH"), "", ("services", 1)),
        (Address(SIRET, "services", "ST-TECH"), "/libelle", ("services", 1, "libelle")),
        (Address(SIRET, "services", "GONE"), "/libelle", ("services",)),
        (Address(SIRET, "espaces", "E"), "/nom", ("espaces", 0)),
        (Address(SIRET, "utilisateurs", "dgs"), "", ("utilisateurs",)),
    ],
)
def test_the_place_of_a_change(address: Address, field: str, path: Path) -> None:
    assert path_of(address, sheet(services=[PUBLIC, TECH], espaces=["E"]), field) == path


def test_a_context_is_as_public_as_both_its_sides() -> None:
    private = sheet(informations_generales=general(structure_privee=True))
    context = ChangeContext(DAY, expand(sheet()), expand(private))
    (change,) = difference(context.before, context.after)
    assert change_document(change, context)["context"]["public"] is False
    assert change_document(change, replace(context, after=expand(sheet())))["context"]["public"] is True


def faults_of(before: Body, after: Body) -> list[Fault]:
    """Return every fault in what leads from a sheet to another."""
    return [fault for change in sheet_changes(before, after, DAY) for fault in change.faults]


def test_a_fault_names_its_entry_and_the_value_or_the_structure() -> None:
    after = sheet(informations_generales=general(libelle="Ville"), utilisateurs=[{"ref": "dgs", "role": "UTILISATEUR_SIMPLE"}])
    before = sheet(
        utilisateurs=[{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}, {"ref": 'x"\u202e', "role": "UTILISATEUR_SIMPLE"}]
    )
    assert [(f.rule, f.args["entry"], f.args["value"], f.at) for f in faults_of(before, after)] == [
        ("CP915", f'"{SIRET}"', "Ville", "key"),
        ("CP905", '"dgs"', "UTILISATEUR_SIMPLE", "key"),
        ("CP904", '"x"\\u{202e}"', 'x"\u202e', "key"),
    ]


def test_an_entry_that_is_gone_is_told_at_the_key_of_its_list_and_one_that_came_at_itself() -> None:
    user = {"ref": "dgs", "role": "UTILISATEUR_SIMPLE"}
    (gone,) = faults_of(sheet(utilisateurs=[user]), sheet(utilisateurs=[]))
    (came,) = faults_of(sheet(utilisateurs=[]), sheet(utilisateurs=[user]))
    assert (gone.path, gone.at) == (("utilisateurs",), "key")
    assert (came.path, came.at) == (("utilisateurs", 0), "value")


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([TECH], [{**TECH, "code": "NEUF"}], "NEUF"),
        ([TECH], [{"code": "NEUF", "libelle": "SERVICES \u00a0 techniques\n"}], "NEUF"),
        ([{**TECH, "libelle": "Cafe\u0301"}], [{"code": "NEUF", "libelle": "CAF\u00c9"}], "NEUF"),
        ([TECH], [{"code": "NEUF", "libelle": "Services techniques 2"}], None),
        ([TECH], [{"code": "NEUF", "libelle": "Servicestechniques"}], None),
        ([TECH], [{"code": "NEUF"}], None),
        ([{**TECH, "libelle": " "}], [{"code": "NEUF", "libelle": ""}], None),
        ([{"code": "ST-TECH"}], [{"code": "NEUF"}], None),
        ([{"code": "ST-TECH", "libelle": 1}], [{"code": "NEUF", "libelle": 1}], None),
        ([TECH], [{**TECH, "code": "A"}, {**TECH, "code": "B"}], "A"),
        ([TECH], [], None),
        ([TECH, {**TECH, "code": "B"}], [{**TECH, "code": "B", "actif": True}, {**TECH, "code": "C"}], "C"),
    ],
)
def test_a_service_comes_back_under_the_code_of_a_new_one_with_its_label(
    before: list[Body], after: list[Body], found: str | None
) -> None:
    changes = sheet_changes(sheet(services=[PUBLIC, *before]), sheet(services=[PUBLIC, *after]), DAY)
    by_op = {change.document["op"]: change.document["context"]["renamed_to"] for change in changes}
    assert by_op.pop("delete") == found
    assert not any(by_op.values())


def test_a_bank_account_of_the_same_label_is_no_service() -> None:
    bank, service = {"libelle": "Régie"}, {"code": "NEUF", "libelle": "Régie"}
    for before, after in (
        (sheet(coordonnees_bancaires=[bank], services=[]), sheet(coordonnees_bancaires=[], services=[service])),
        (sheet(coordonnees_bancaires=[], services=[service]), sheet(coordonnees_bancaires=[bank], services=[])),
    ):
        changes = sheet_changes(before, after, DAY)
        assert {change.document["context"]["renamed_to"] for change in changes} == {None}
        assert len(changes) == 2


def test_a_service_that_was_there_already_is_no_new_code() -> None:
    twin = {**TECH, "code": "ANCIEN"}
    (change,) = sheet_changes(sheet(services=[TECH, twin]), sheet(services=[twin]), DAY)
    assert change.document["context"]["renamed_to"] is None


@pytest.mark.parametrize(
    ("before", "after", "public"),
    [
        (None, None, True), (False, True, False), (True, False, True), (True, None, True), (None, True, False),
    ],
)  # fmt: skip
def test_a_structure_is_public_unless_the_wish_says_private(*, before: bool | None, after: bool | None, public: bool) -> None:
    known = sheet(informations_generales=general(structure_privee=before), espaces=[])
    wish = sheet(informations_generales=general(structure_privee=after), espaces=["Engagements"])
    assert {change.document["context"]["public"] for change in sheet_changes(known, wish, DAY)} == {public}


@pytest.mark.parametrize("private", [True, False])
def test_a_sheet_that_is_gone_was_what_it_said(*, private: bool) -> None:
    (removed,) = sheet_changes(sheet(informations_generales=general(structure_privee=private)), {}, DAY)
    assert removed.document["context"]["public"] is not private


@given(pairs(), st.sampled_from((date.min, date(2016, 10, 1), date(2023, 2, 20), date(2023, 2, 21), DAY)))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_no_change_raises_and_each_fault_has_words_and_a_place(pair: Pair, day: date) -> None:
    for change in sheet_changes(pair.before, pair.after, day):
        assert accepts("changement", day, change.document) is (not change.faults)
        for fault in change.faults:
            assert RULES[fault.rule].where == "change"
            assert texts(fault.rule).messages[fault.case].format(**{"label": "x", **fault.args})
            node: Any = pair.after
            for step in fault.path:
                node = node[step]
    assert all(f.rule == "CP903" for f in informational_faults(expand(pair.before), expand(pair.after)))


@given(misshapen(), misshapen())
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_no_misshapen_sheet_stops_the_rules_of_change(before: Body, after: Body) -> None:
    sheet_changes(before, after, DAY)
    list(informational_faults(expand(before), expand(after)))


@pytest.mark.parametrize("which", ["fails", "passes"])
@pytest.mark.parametrize("rule", [rule for rule, row in RULES.items() if row.where == "change"])
def test_a_plan_finds_in_an_example_what_its_rule_says_of_it(rule: str, which: Which) -> None:
    """The two snippets, one recorded and the other in its file or a new one, are planned: nothing more is found, or less."""
    before, after = example_states(rule, which)
    path = "new.yaml" if example_of_change(rule, which).new_file else "sheet.yaml"
    state = Snapshot({SIRET: Record(SIRET, before, "sheet.yaml")})
    plan = plan_of([checked(path, after)] if after else [], state, replace(SETTING, asked=TrackedDay(day_of(rule)))).plan
    expected = [(change.address, fault.rule) for change in example_changes(rule, which) for fault in change.faults]
    if example_of_change(rule, which).new_file:
        # The one that takes the place of another is as unknown as any.
        expected += [(change.address, "CP918") for change in example_changes(rule, which) if change.change.op == "create"]
    if (rule, which) == ("CP905", "fails"):
        # A transfer is told once, at who receives the role.
        expected = [one for one in expected if not one[0].endswith("/dgs")]
    assert sorted((str(c.address), finding.rule) for c in plan.changes for finding in c.findings) == sorted(expected)
    assert [finding.rule for finding in plan.findings] == ["CP903"] * ((rule, which) == ("CP903", "fails"))
