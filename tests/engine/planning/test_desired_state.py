"""Which sheets a plan is about, and what stands in the way of knowing what they want."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chorus_config.engine.planning.desired_state import desired_state
from chorus_config.engine.planning.inputs import in_scope
from chorus_config.engine.planning.one_sheet import duplicate_findings
from chorus_config.model.address import Address
from chorus_config.model.plan import Options
from chorus_config.model.project import FileKind
from chorus_config.model.project_entries import Waiver
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.yamltext.document import Document
from tests.engine.making import (
    DAY,
    FRAME,
    IBAN,
    OTHER,
    PUBLIC,
    SETTING,
    SIRET,
    account,
    by_address,
    checked,
    general,
    judged,
    known,
    plan_of,
    rules_of,
    sheet,
    told,
    with_project,
    written,
)

STATE = known({"a.yaml": sheet(), "b.yaml": sheet(OTHER), "comptes/dgs.yaml": account()})
RENAMED = general(libelle="Valmont")


@pytest.mark.parametrize(
    ("targets", "root", "inside"),
    [
        ((), SIRET, True),
        ((SIRET,), SIRET, True),
        (("2116*",), SIRET, True),
        (("*24",), SIRET, False),
        (("*24", "*16"), SIRET, True),
        (("comptes/*",), "comptes/dgs", True),
        (("comptes/*",), SIRET, False),
        (("[!2]*",), SIRET, False),
    ],
)
def test_a_target_is_a_glob_on_roots(targets: tuple[str, ...], root: str, *, inside: bool) -> None:
    assert in_scope(root, Options(targets=targets)) is inside


def test_a_target_narrows_the_plan_and_judges_no_absence() -> None:
    files = {"a.yaml": sheet(informations_generales=RENAMED), "comptes/dgs.yaml": account()}
    made = plan_of(files, STATE, targets=("*16",))
    assert list(by_address(made)) == [SIRET]
    assert made.forgotten == ()
    assert made.plan.options == Options(targets=("*16",))
    assert plan_of(files, STATE, targets=("*24",)).plan.changes == ()


def test_of_a_sheet_that_asks_for_nothing_new_little_is_kept() -> None:
    """A plan of a hundred thousand sheets holds those that it changes."""
    files = {"a.yaml": sheet(informations_generales=RENAMED), "b.yaml": sheet(OTHER, services=[PUBLIC])}
    made = desired_state(
        (checked(path, body) for path, body in files.items()), known({**files, "a.yaml": sheet()}), FRAME, SETTING
    )
    changed, settled = made.sheets[SIRET], made.sheets[OTHER]
    assert changed.changes
    assert changed.document.body == files["a.yaml"]
    assert not settled.changes
    assert [*settled.document.body, *settled.before.resources, *settled.after.resources] == []
    # What the plan says of it stays: its fields, what it is bound by.
    assert settled.managed == 11
    assert settled.digest != desired_state([checked("b.yaml", sheet(OTHER))], known(files), FRAME, SETTING).sheets[OTHER].digest


def test_named_paths_judge_no_absence() -> None:
    made = plan_of({"a.yaml": sheet(informations_generales=RENAMED)}, STATE, paths=("a.yaml",))
    assert list(by_address(made)) == [SIRET]
    assert made.forgotten == ()


def test_the_whole_judges_absence() -> None:
    made = plan_of({"a.yaml": sheet()}, STATE)
    assert [(address, change.op) for address, change in by_address(made).items()] == [
        (OTHER, "delete"),
        ("comptes/dgs", "delete"),
    ]
    assert made.forgotten == (OTHER, "comptes/dgs")


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\xff", b"a: [", b"[]", b"texte", b"{}", b"type: fiche-structure\nversion: 1\n", b"type: compte-utilisateur\n",
        b"type: compte-utilisateur\nreff: dgs\n", b"informations_generales: {identifiant: true}\n",
    ],
)  # fmt: skip
def test_while_a_file_says_nothing_nobody_is_taken_for_gone(raw: bytes) -> None:
    made = plan_of([judged("a.yaml", sheet()), judged("b.yaml", raw)], STATE)
    assert made.plan.changes == ()
    assert made.forgotten == ()
    assert not made.plan.applyable
    assert any("b.yaml" in reason for reason in made.plan.reasons)
    assert made.plan.findings


@pytest.mark.parametrize("kind", [None, "fiche", "projet", True, ["fiche-structure"]])
def test_a_sheet_without_its_type_stops_its_own_changes_and_nothing_else(kind: object) -> None:
    faulty = judged("a.yaml", sheet(type=kind, comptabilite="autre"))
    others = judged("b.yaml", sheet(OTHER)), judged("comptes/dgs.yaml", account())
    made = plan_of([faulty, *others], STATE)
    assert not made.plan.applyable
    assert made.forgotten == ()
    assert all(change.blocked for change in made.plan.changes)
    found = [*made.plan.findings, *(finding for change in made.plan.changes for finding in change.findings)]
    assert {finding.path for finding in found} == {"a.yaml"}


def test_with_a_target_only_the_files_of_the_target_must_be_readable() -> None:
    files = [judged("a.yaml", sheet(informations_generales=RENAMED)), judged("b.yaml", b"a: [")]
    assert plan_of(files, STATE, targets=(SIRET,)).plan.applyable
    assert not plan_of(files, STATE, targets=(OTHER,)).plan.applyable


CLAIMS = {"a.yaml": sheet(informations_generales=general(libelle="Un")), "c.yaml": sheet(comptabilite="autre")}


@pytest.mark.parametrize(
    "files",
    [
        CLAIMS,
        {"a.yaml": CLAIMS["a.yaml"], "c.yaml": sheet()},
        {"a.yaml": sheet(), "c.yaml": CLAIMS["c.yaml"]},
        {"a.yaml": sheet(), "c.yaml": sheet()},
    ],
)
def test_of_two_files_of_one_name_neither_is_obeyed(files: dict[str, dict[str, object]]) -> None:
    made = plan_of([judged(path, body) for path, body in files.items()], STATE, targets=(SIRET,))
    assert all(change.blocked for change in made.plan.changes)
    assert not made.plan.applyable
    assert any(SIRET in reason for reason in made.plan.reasons)
    found = [*made.plan.findings, *(finding for change in made.plan.changes for finding in change.findings)]
    (clash,) = [finding for finding in found if finding.rule == "CP011"]
    assert {clash.path, clash.related[0].path} == {"a.yaml", "c.yaml"}


@pytest.mark.parametrize("level", ["warning", "info", "off"])
def test_nor_when_the_project_makes_little_of_it(level: str) -> None:
    settings = with_project(levels={"CP011": level})
    files = [judged(path, body, settings) for path, body in CLAIMS.items()]
    assert not plan_of(files, STATE, settings, targets=(SIRET,)).plan.applyable
    waived = with_project(waivers=(Waiver("CP011", SIRET, "motif", DAY),))
    assert not plan_of(files, STATE, waived, targets=(SIRET,)).plan.applyable


def test_three_files_of_one_name_are_all_named() -> None:
    made = plan_of([judged(f"{name}.yaml", sheet(comptabilite="autre")) for name in "acd"], STATE, targets=(SIRET,))
    found = [*made.plan.findings, *(finding for change in made.plan.changes for finding in change.findings)]
    assert {f.path for f in found} | {other.path for f in found for other in f.related} == {"a.yaml", "c.yaml", "d.yaml"}


def test_a_dispute_blocks_no_other_sheet() -> None:
    files = [judged(path, body) for path, body in CLAIMS.items()]
    made = plan_of([*files, judged("b.yaml", sheet(OTHER, comptabilite="autre"))], STATE, targets=("2116*",))
    assert {address: change.blocked for address, change in by_address(made).items()} == {SIRET: True, OTHER: False}


def test_the_findings_of_the_second_claimant_are_told_too() -> None:
    second = sheet(informations_generales=general(statut="INACTIF"))
    made = plan_of([judged("a.yaml", sheet()), judged("c.yaml", second)], STATE, targets=(SIRET,))
    assert ("CP108", "/informations_generales/statut") in told(made.plan.findings)


def test_a_file_that_was_split_in_two_is_no_change_in_place() -> None:
    files = {"a.yaml": sheet("21169999600032"), "c.yaml": sheet()}
    for targets in ((), ("*32",)):
        made = plan_of({**files, "b.yaml": sheet(OTHER), "comptes/dgs.yaml": account()}, STATE, targets=targets)
        assert rules_of(by_address(made)["21169999600032"]) == ["CP918"]


def test_bank_accounts_that_are_none_show_nothing_and_stop_nothing() -> None:
    made = plan_of([judged("a.yaml", sheet(coordonnees_bancaires={"iban": IBAN}, services=[PUBLIC]))], STATE)
    assert IBAN not in repr(made.plan)
    assert by_address(made)[f"{SIRET}/services/FACTURES_PUBLIQUES"].blocked


def test_the_mark_of_a_sheet_binds_the_file_it_stands_in() -> None:
    """A saved plan is stale when a sheet that it does not change was renamed: its record would name another file."""
    marks = {
        desired_state([checked(path, sheet())], STATE, FRAME, SETTING).sheets[SIRET].digest for path in ("a.yaml", "z.yaml")
    }
    assert len(marks) == 2


def test_of_two_records_of_one_file_the_first_by_root_is_the_one_it_held() -> None:
    state = Snapshot({root: Record(root, sheet(root), "a.yaml") for root in (SIRET, OTHER)})
    assert desired_state([checked("a.yaml", sheet("21169999600032"))], state, FRAME, SETTING).roots_gone == {"a.yaml": SIRET}


@pytest.mark.parametrize(("kept", "unread"), [(True, ()), (False, ("b.yaml",))])
def test_a_file_is_unread_as_before_only_by_the_same_errors(kept: bool, unread: tuple[str, ...]) -> None:
    broken = judged("b.yaml", b"a: [")
    errors = frozenset((one.rule, one.pointer) for one in broken.findings if one.level == "error")
    inputs = replace(FRAME, known_errors={"b.yaml": errors if kept else frozenset()})
    assert desired_state([broken], STATE, inputs, SETTING).unread == unread


def document(path: str, body: dict[str, object]) -> Document:
    """Return a document as if read."""
    kind: FileKind = "compte-utilisateur" if body["type"] == "compte-utilisateur" else "fiche-structure"
    return Document(path, kind, body, written(body))


def test_both_places_are_told() -> None:
    first, second = document("a.yaml", sheet(comptabilite="autre")), document("b.yaml", sheet())
    (finding,) = duplicate_findings(second, first, Address(SIRET), SETTING)
    assert (finding.rule, finding.level, finding.path) == ("CP011", "error", "b.yaml")
    assert finding.pointer == "/informations_generales/identifiant"
    assert written(sheet()).decode().splitlines()[finding.span.line - 1].strip() == f'"identifiant": "{SIRET}",'
    (other,) = finding.related
    assert (other.path, other.line, other.column) == ("a.yaml", finding.span.line, finding.span.column)
    assert "a.yaml" in finding.message
    assert other.message


def test_two_accounts_of_one_ref_clash_at_their_ref() -> None:
    first, second = document("comptes/a.yaml", account()), document("comptes/b.yaml", account())
    (finding,) = duplicate_findings(second, first, Address("dgs", "comptes"), SETTING)
    assert (finding.rule, finding.pointer) == ("CP011", "/ref")


def test_a_hostile_name_of_a_file_cannot_act() -> None:
    first, second = document("a\x1b[31m\n.yaml", sheet()), document("b.yaml", sheet())
    (finding,) = duplicate_findings(second, first, Address(SIRET), SETTING)
    assert finding.message.isprintable()


def test_no_project_silences_it() -> None:
    first, second = document("a.yaml", sheet()), document("b.yaml", sheet())
    (finding,) = duplicate_findings(second, first, Address(SIRET), with_project(levels={"CP011": "off"}))
    assert finding.level == "error"
