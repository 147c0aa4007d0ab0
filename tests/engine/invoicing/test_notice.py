"""From checked files to a notice: which structures are told, what is left out, and what a sheet that comes or goes says."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.invoicing.notice import (
    NoticeDays,
    full_notice,
    notice_between_days,
    notice_of_changes,
    read_sheets,
    signed,
    supplier_summary,
)
from chorus_config.model.project import TextFile
from tests.engine.invoicing.test_addresses import DAY, PUBLIC, SIRET, TECH, sheet
from tests.engine.making import SETTING

SECOND = "21160999500025"
LATER = date(2027, 1, 1)
DAYS = NoticeDays(DAY)

Body = dict[str, Any]


def file(body: Body, path: str = "") -> CheckedFile:
    """Return a sheet as a checked file, written as JSON, which is YAML."""
    root = body["informations_generales"].get("identifiant", "x")
    return check_file(TextFile(path or f"structures/{root}.yaml", json.dumps({"version": 1, **body}).encode()), SETTING)


def named(root: str, services: list[Body] | None = None, **more: Any) -> Body:
    """Return the body of a sheet of another structure."""
    made = sheet(services, identifiant=root, libelle=f"Structure {root[-2:]}")
    return {**made, **more}


def broken(path: str = "structures/broken.yaml") -> CheckedFile:
    """Return a file that cannot be read."""
    return check_file(TextFile(path, b"type: [\n"), SETTING)


def test_a_notice_tells_of_every_sheet_in_the_order_of_the_identifiants() -> None:
    found = full_notice([file(named(SECOND)), file(sheet())], DAYS)
    assert [(one.siret, one.name, len(one.addresses)) for one in found.structures] == [
        (SIRET, "Commune de Valmont", 3),
        (SECOND, "Structure 25", 3),
    ]
    assert (found.day, found.since, found.compared, found.changes) == (DAY, None, "", ())
    assert [one.siret for one in full_notice([file(named(SECOND)), file(sheet())], DAYS, ["*25"]).structures] == [SECOND]


def test_a_file_of_which_nobody_knows_what_it_wants_is_left_out_and_named() -> None:
    nameless = file({"type": "fiche-structure", "informations_generales": {}}, "structures/nameless.yaml")
    twice = file(sheet(), "structures/twice.yaml")
    sheets, left_out = read_sheets([broken(), file(sheet()), nameless, twice])
    assert [*sheets] == [SIRET]
    assert left_out == ("structures/broken.yaml", "structures/nameless.yaml", "structures/twice.yaml")


def test_an_account_is_no_structure() -> None:
    account = check_file(TextFile("comptes/dgs.yaml", b"type: compte-utilisateur\nref: dgs\n", "compte-utilisateur"), SETTING)
    assert full_notice([account], DAYS).structures == ()


def test_between_two_days_only_what_changes_by_date_is_told() -> None:
    ending = file(sheet([PUBLIC, {**TECH, "date_fin": "2026-12-31"}]))
    found = notice_between_days([ending, file(named(SECOND))], NoticeDays(DAY, LATER))
    assert [(one.siret, [change.event for change in one.changes]) for one in found.structures] == [(SIRET, ["closes"])]
    assert (found.compared, found.holds_on) == ("day:2026-11-26", LATER)


def test_between_two_states_only_structures_with_a_change_are_told() -> None:
    before = [file(sheet()), file(named(SECOND))]
    after = [file(sheet([PUBLIC])), file(named(SECOND, None, adresse_postale={"ville": "VALMONT"}))]
    found = notice_of_changes(before, after, "git:1", DAYS)
    assert [(one.siret, one.described) for one in found.structures] == [(SIRET, "both")]
    assert found.compared == "git:1"


def test_the_later_state_is_read_on_the_day_from_which_the_notice_holds() -> None:
    before, after = file(sheet([PUBLIC, TECH])), file(sheet([PUBLIC, {**TECH, "date_fin": "2026-12-31"}]))
    (one,) = notice_of_changes([before], [after], "git:1", NoticeDays(DAY, LATER)).changes
    assert one.after is not None
    assert (one.event, one.after.state, one.on) == ("closes", "closed", LATER)
    # What dates that stood there before change by themselves is told by `--from` alone.
    ending = file(sheet([PUBLIC, {**TECH, "date_fin": "2026-12-31"}]))
    later = file(sheet([PUBLIC, {**TECH, "date_fin": "2026-12-31"}], {"engagement_juridique_obligatoire": True}))
    found = notice_of_changes([ending], [later], "git:1", NoticeDays(DAY, LATER)).changes
    assert [(change.event, change.address.code) for change in found] == [("demands", ""), ("demands", "FACTURES_PUBLIQUES")]


def test_a_service_that_opens_before_the_notice_holds_is_told_with_its_own_day() -> None:
    after = file(sheet([PUBLIC, TECH, {"code": "EAU", "libelle": "Eau", "date_debut": "2026-12-15"}]))
    (one,) = notice_of_changes([file(sheet())], [after], "git:1", NoticeDays(DAY, LATER)).changes
    assert (one.event, one.on) == ("opens", date(2026, 12, 15))
    # A notice that comes late looks back to its own first day.
    assert NoticeDays(LATER, DAY).first == DAY


def test_a_new_sheet_opens_its_addresses_and_says_that_it_is_new() -> None:
    (one,) = notice_of_changes([], [file(sheet())], "git:1", DAYS).structures
    assert (one.described, [change.event for change in one.changes]) == ("new", ["opens"] * 3)
    assert supplier_summary([], [file(sheet())], DAY) == (one,)


def test_a_sheet_that_goes_says_nothing_of_the_portal() -> None:
    (one,) = notice_of_changes([file(sheet())], [], "git:1", DAYS).structures
    assert (one.described, one.changes) == ("gone", ())
    assert supplier_summary([file(sheet())], [], DAY) == ()


def test_a_sheet_that_another_replaces_closes_its_addresses() -> None:
    after = named(SECOND, None, remplace={"identifiant": SIRET, "le": "2026-11-26"})
    gone, new = notice_of_changes([file(sheet())], [file(after)], "git:1", DAYS).structures
    assert (gone.siret, gone.described, [one.event for one in gone.changes]) == (SIRET, "gone", ["closes"] * 3)
    assert (new.siret, new.replaces) == (SECOND, SIRET)


@pytest.mark.parametrize("targets", [[], [SIRET]])
def test_a_sheet_that_can_no_longer_be_read_has_not_gone(targets: list[str]) -> None:
    path = f"structures/{SIRET}.yaml"
    found = notice_of_changes([file(sheet(), path)], [broken(path)], "git:1", DAYS, targets)
    assert (found.structures, found.left_out) == ((), (path,))


def test_a_notice_is_signed_by_the_portfolio_else_by_the_raison_sociale_in_common() -> None:
    town = sheet(raison_sociale="COMMUNE DE VALMONT", adresse_electronique="factures@valmont.example")
    other = sheet(identifiant=SECOND, raison_sociale="COMMUNE DE VALMONT")
    checked = [file(town), file(other)]
    made = signed(full_notice(checked, DAYS), checked, "")
    assert (made.sender, made.contacts) == ("COMMUNE DE VALMONT", {SIRET: "factures@valmont.example"})
    assert signed(made, checked, "Vallée").sender == "Vallée"
    apart = [file(town), file(sheet(identifiant=SECOND, raison_sociale="CCAS DE VALMONT"))]
    assert signed(full_notice(apart, DAYS), apart, "").sender == ""
    # One whose sheet is gone is told to suppliers only where another takes its place.
    gone = notice_of_changes(checked, checked[:1], "git:1", DAYS)
    assert (len(gone.structures), gone.told) == (1, ())
