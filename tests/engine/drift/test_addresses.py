"""The invoicing addresses that approved sheets imply, beside those that are in force in the directory."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chorus_config.engine.drift.addresses import AddressStates, compare_addresses
from chorus_config.engine.invoicing.addresses import addresses_of
from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.drift import AddressComparison, AddressDrift
from chorus_config.model.invoicing import address_text
from chorus_config.model.observed.directory_line import DirectoryLine, lines_by_owner
from chorus_config.model.snapshot import Snapshot
from tests.engine.making import DAY, OTHER, PUBLIC, SIRET, TECH, account, general, sheet
from tests.engine.observing import TAKEN, Body, records

SIREN = SIRET[:9]
TOWN = sheet(services=[PUBLIC, TECH])
BARE, CODE, PUBLIC_LINE = address_text(SIRET), address_text(SIRET, "ST-TECH"), address_text(SIRET, PUBLIC_INVOICES)
WORKS = ("/statut", "/parametres/moa_uniquement")
ALL = (BARE, CODE, PUBLIC_LINE)


def line(address: str, active: bool | None = True, **more: Any) -> DirectoryLine:
    """Return a line of the directory."""
    return DirectoryLine(address, more.pop("siret", ""), active, **more)


def beside(
    approved: Body,
    lines: tuple[DirectoryLine, ...],
    confirmed: Body | None = None,
    sheets: dict[str, Body] | None = None,
    days: tuple[date, ...] = (DAY,),
) -> AddressComparison:
    """Return the comparison of one structure, confirmed as approved unless said otherwise ({}: nothing is known)."""
    known = records(confirmed or None) if confirmed is not None else records(approved)
    states = AddressStates(records(approved), known, sheets or {}, days)
    found = compare_addresses(states, Snapshot(records(approved), "afnor:", TAKEN, lines=lines_by_owner(lines)))
    assert found is not None
    return found


def short(found: AddressComparison) -> dict[str, tuple[str, str]]:
    """Return the situation of each address that differs, and what the directory says of it."""
    return {one.address: (one.situation, one.directory) for one in found.differences}


def all_lines(*left_out: str) -> tuple[DirectoryLine, ...]:
    """Return the lines of the town but some."""
    return tuple(line(one) for one in ALL if one not in left_out)


def test_what_is_in_force_as_approved_is_the_same() -> None:
    assert beside(TOWN, all_lines()) == AddressComparison((), 3)


def test_a_source_without_addresses_says_nothing() -> None:
    assert compare_addresses(AddressStates(records(TOWN), records(TOWN), {}, (DAY,)), Snapshot(records(TOWN))) is None


def test_an_address_that_is_gone_or_no_longer_in_force_is_missing() -> None:
    assert short(beside(TOWN, all_lines(CODE))) == {CODE: ("missing", "absent")}
    assert short(beside(TOWN, (*all_lines(CODE), line(CODE, False)))) == {CODE: ("missing", "not_in_force")}
    found = beside(TOWN, all_lines(BARE))
    assert found.differences == (AddressDrift(SIRET, BARE, "structure", "missing", True, True, "absent", "", None, ()),)
    # What would close every address is named where none is in force.
    nowhere = beside(TOWN, (line(BARE, False), *(line(one, False) for one in ALL if one != BARE)))
    assert {one.unsaid for one in nowhere.differences} == {WORKS}
    said = sheet(informations_generales=general(statut="ACTIF"), services=[PUBLIC, TECH], parametres={"moa_uniquement": False})
    assert beside(said, all_lines(BARE)).differences[0].unsaid == ()
    assert found.in_sync == 2


def test_one_line_in_force_is_enough_whatever_the_past_ones_say() -> None:
    assert short(beside(TOWN, (*all_lines(), line(CODE, False), line(BARE, None)))) == {}


def test_of_a_line_that_may_be_in_force_nothing_is_said() -> None:
    found = beside(TOWN, (*all_lines(CODE), line(CODE, None), line(CODE, False)))
    assert (short(found), found.in_sync, found.not_known) == ({}, 2, 1)


def test_a_structure_without_any_line_has_lost_them_all_and_one_that_is_not_there_is_not_compared() -> None:
    both = records(TOWN, sheet(OTHER, services=[PUBLIC, TECH]))
    states = AddressStates(both, both, {}, (DAY,))
    found = compare_addresses(states, Snapshot(both, lines={SIRET: ()}))
    assert found is not None
    assert short(found) == {BARE: ("missing", "absent"), CODE: ("missing", "absent")}
    assert found.silent == (OTHER,)


def test_a_code_that_nothing_approves_is_told_and_so_is_what_no_public_body_has() -> None:
    more = [address_text(SIRET, "OLD"), address_text(SIRET, "OLD_2026"), SIREN, f"{SIREN}_ACHATS"]
    found = beside(TOWN, (*all_lines(), *map(line, more), line(address_text(SIRET, "GONE"), False)))
    assert [(one.owner, one.address, one.level, one.situation) for one in found.differences] == [
        (SIRET, more[0], "service", "unexpected"),
        (SIRET, more[1], "service", "unexpected"),
        (SIREN, SIREN, "siren", "unexpected"),
        (SIREN, f"{SIREN}_ACHATS", "suffix", "unexpected"),
    ]
    assert beside(TOWN, (*all_lines(), line(SIREN, None), line(f"{SIREN}_A", False))).differences == ()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (sheet(informations_generales=general(statut="INACTIF"), services=[PUBLIC, TECH]), "inactive_structure"),
        (sheet(parametres={"moa_uniquement": True}, services=[PUBLIC, TECH]), "works_only"),
        (sheet(services=[PUBLIC, {**TECH, "actif": False}]), "inactive_service"),
        (sheet(services=[PUBLIC, {**TECH, "date_fin": "2026-11-22"}]), "ended"),
        (sheet(services=[PUBLIC, {**TECH, "date_debut": "2026-11-24"}]), "not_yet"),
    ],
)
def test_what_is_closed_and_in_force_for_all_that_is_told_with_why(body: Body, why: str) -> None:
    found = {one.address: one for one in beside(body, all_lines()).differences}
    assert (found[CODE].situation, found[CODE].why) == ("unexpected", why)
    # Closed in the directory, too: all is one.
    closed = tuple(replace(one, active=one.address not in found) for one in all_lines())
    assert short(beside(body, closed)) == {}


def test_what_waits_to_be_entered_is_no_fault() -> None:
    before = sheet(services=[PUBLIC])
    assert short(beside(TOWN, all_lines(CODE), confirmed=before)) == {CODE: ("to_enter", "absent")}
    assert short(beside(before, all_lines(), confirmed=TOWN)) == {CODE: ("to_enter", "in_force")}
    closed = sheet(services=[PUBLIC, {**TECH, "actif": False}])
    assert short(beside(closed, all_lines(), confirmed=TOWN)) == {CODE: ("to_enter", "in_force")}
    # Seen in the directory before somebody confirmed it.
    assert short(beside(TOWN, all_lines(), confirmed=before)) == {}
    assert short(beside(before, all_lines(CODE), confirmed=TOWN)) == {}


def test_what_was_never_entered_is_not_missing() -> None:
    assert short(beside(TOWN, all_lines(CODE), confirmed={})) == {CODE: ("to_enter", "absent")}
    unlisted = sheet()
    assert short(beside(TOWN, all_lines(CODE), confirmed=unlisted)) == {CODE: ("to_enter", "absent")}
    assert short(beside(TOWN, (*all_lines(), line(f"{BARE}_OLD")), confirmed={})) == {f"{BARE}_OLD": ("unexpected", "in_force")}


@pytest.mark.parametrize("boxes", [(True, True), (True, False), (False, True)])
def test_the_bare_address_is_never_a_difference_where_the_code_is_demanded(boxes: tuple[bool, bool]) -> None:
    """Whether the directory publishes its line then is not known."""
    approved, confirmed = (sheet(services=[PUBLIC, TECH], parametres={"code_service_obligatoire": one}) for one in boxes)
    for lines in (all_lines(), all_lines(BARE)):
        assert short(beside(approved, lines, confirmed=confirmed)) == {}
    assert short(beside(approved, all_lines(CODE), confirmed=confirmed)) == {CODE: ("missing", "absent")}


def test_services_that_no_sheet_manages_are_not_compared() -> None:
    lines = (line(BARE), line(f"{BARE}_OLD"))
    assert short(beside(sheet(), lines)) == {}
    assert short(beside(sheet(), lines, confirmed=TOWN)) == {}
    assert short(beside(TOWN, lines, sheets={SIRET: sheet()})) == {}
    assert short(beside(TOWN, lines, sheets={SIRET: TOWN})) == {
        CODE: ("missing", "absent"), f"{BARE}_OLD": ("unexpected", "in_force")
    }  # fmt: skip


def test_what_is_known_of_the_portal_counts_where_the_sheet_does_not_say() -> None:
    closed = sheet(informations_generales=general(statut="INACTIF"), services=[PUBLIC, TECH])
    assert short(beside(TOWN, tuple(line(one, False) for one in ALL), confirmed=closed)) == {}
    works = sheet(parametres={"moa_uniquement": True}, services=[PUBLIC, TECH])
    town = sheet(parametres={"structure_avec_moa": True}, services=[PUBLIC, TECH])
    assert {one.why for one in beside(town, all_lines(), confirmed=works).differences} == {"works_only"}


def test_a_source_without_factures_publiques_says_nothing_of_it_and_nobody_is_told_to_close_it() -> None:
    assert short(beside(TOWN, all_lines(PUBLIC_LINE))) == {}
    assert short(beside(TOWN, (*all_lines(PUBLIC_LINE), line(PUBLIC_LINE, False)))) == {
        PUBLIC_LINE: ("missing", "not_in_force")
    }
    assert short(beside(sheet(services=[TECH]), all_lines())) == {}
    both = records(TOWN, sheet(OTHER, services=[PUBLIC]))
    lines = lines_by_owner([*all_lines(PUBLIC_LINE), line(address_text(OTHER)), line(address_text(OTHER, PUBLIC_INVOICES))])
    found = compare_addresses(AddressStates(both, both, {}, (DAY,)), Snapshot(both, lines=lines))
    assert found is not None
    assert short(found) == {PUBLIC_LINE: ("missing", "absent")}


def test_a_source_of_structures_alone_says_nothing_of_their_services() -> None:
    assert short(beside(TOWN, (line(BARE),))) == {}
    assert short(beside(TOWN, (line(BARE, False),))) == {BARE: ("missing", "not_in_force")}
    assert short(beside(TOWN, (line(BARE), line(f"{BARE}_X", False)))) == {CODE: ("missing", "absent")}


def test_another_platform_is_told_where_the_source_names_it() -> None:
    lines = (line(BARE, platform="chorus_pro"), line(CODE, platform="approved"), line(PUBLIC_LINE))
    found = beside(TOWN, lines)
    assert short(found) == {CODE: ("elsewhere", "in_force")}
    assert (found.differences[0].platform, found.in_sync) == ("approved", 2)


def test_a_day_on_which_an_address_opens_or_closes_settles_nothing() -> None:
    body = sheet(services=[PUBLIC, {**TECH, "date_debut": "2026-11-22"}])
    days = (date(2026, 11, 21), DAY)
    for lines in (all_lines(), all_lines(CODE)):
        assert short(beside(body, lines, days=days)) == {}
    assert short(beside(body, all_lines(CODE))) == {CODE: ("missing", "absent")}


@pytest.mark.parametrize(
    "body",
    [
        sheet(informations_generales=general(structure_privee=True)),
        sheet("DK1", informations_generales=general(identifiant="DK1", type_identifiant="UE_HORS_FRANCE")),
        account(),
    ],
)
def test_what_has_no_public_line_is_not_compared(body: Body) -> None:
    states = AddressStates(records(body), records(body), {}, (DAY,))
    found = compare_addresses(states, Snapshot(records(body), lines=lines_by_owner([line(SIREN), line(f"{BARE}_X")])))
    assert found == AddressComparison()


# Laws

CODES = st.lists(st.sampled_from(["A", "A_B", "ST-TECH", "7", "x.y"]), unique=True)
SERVICES = CODES.flatmap(
    lambda codes: st.tuples(*(st.tuples(st.just(code), st.sampled_from([None, True, False])) for code in codes))
)
BOXES = st.fixed_dictionaries(
    {},
    optional={key: st.booleans() for key in ("moa_uniquement", "code_service_obligatoire", "engagement_juridique_obligatoire")},
)
SHEETS = st.tuples(st.sampled_from([SIRET, OTHER]), SERVICES, BOXES, st.sampled_from([None, "ACTIF", "INACTIF"]))


def made(drawn: Any) -> Body:
    """Return the sheet that was drawn."""
    siret, services, boxes, status = drawn
    entries = [PUBLIC, *({"code": code} | ({} if active is None else {"actif": active}) for code, active in services)]
    block = general(identifiant=siret, **({} if status is None else {"statut": status}))
    return sheet(siret, informations_generales=block, services=entries, parametres=boxes)


@given(st.lists(SHEETS, min_size=1, max_size=2, unique_by=lambda one: one[0]), st.data())
def test_the_directory_of_the_sheets_is_no_difference_and_each_line_taken_out_is_told(
    drawn: list[Any], data: st.DataObject
) -> None:
    bodies = [made(one) for one in drawn]
    known = records(*bodies)
    states = AddressStates(known, known, {}, (DAY,))
    implied = [one.address for body in bodies for one in addresses_of(body, DAY) if one.state == "open"]
    every = dict.fromkeys(known, ())
    seen = Snapshot(known, lines=every | lines_by_owner(map(line, implied)))
    assert compare_addresses(states, seen) == AddressComparison((), len(implied))
    if not implied:
        return
    gone = data.draw(st.sampled_from(implied))
    left = [one for one in implied if one != gone]
    found = compare_addresses(states, replace(seen, lines=every | lines_by_owner(map(line, left))))
    assert found is not None
    silent = gone.endswith(PUBLIC_INVOICES) and not any(one.endswith(PUBLIC_INVOICES) for one in left)
    assert [(one.address, one.situation) for one in found.differences] == ([] if silent else [(gone, "missing")])
    assert found.in_sync == len(left)


@given(SHEETS, st.sampled_from(["NEW", "A_B_C", "00"]), st.booleans())
def test_each_line_that_is_put_beside_is_told(drawn: Any, code: str, active: bool) -> None:
    body = made(drawn)
    more = line(address_text(drawn[0], code), active)
    lines = [line(one.address) for one in addresses_of(body, DAY) if one.state == "open"]
    assert short(beside(body, (*lines, more))) == ({more.address: ("unexpected", "in_force")} if active else {})


def whole(drawn: Any) -> Any:
    """Return a sheet that leaves nothing unsaid which another state could fill in."""
    siret, services, boxes, status = drawn
    return (
        siret,
        [(code, active is not False) for code, active in services],
        {"moa_uniquement": False, **boxes},
        status or "ACTIF",
    )


@given(SHEETS.map(whole), SHEETS.map(whole))
def test_what_is_in_the_directory_as_approved_or_as_confirmed_is_never_a_fault(one: Any, other: Any) -> None:
    """Entered or not: the directory has either, and what differs waits to be entered."""
    approved, confirmed = made(one), made((one[0], *other[1:]))
    for side in (approved, confirmed):
        lines = tuple(line(each.address) for each in addresses_of(side, DAY) if each.state == "open")
        found = beside(approved, (*lines, line(address_text(one[0]), False)), confirmed=confirmed)
        assert {each.situation for each in found.differences} <= {"to_enter"}
