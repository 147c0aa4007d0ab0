"""What changes for suppliers: each event, from when, what an invoice gets; and that a state compared with itself is silent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from chorus_config.engine.invoicing.changes import carried, supplier_changes
from chorus_config.model.notice import AddressChange
from tests.engine.invoicing.test_addresses import DAY, PUBLIC, SHEETS, TECH, sheet

Body = dict[str, Any]
LATER = date(2027, 1, 1)
BEFORE_PLATFORMS = date(2026, 8, 31)
CULTURE: Body = {"code": "CULTURE", "libelle": "Culture", "actif": True}


def changes(before: Body, after: Body, days: tuple[date, date] = (DAY, DAY)) -> tuple[AddressChange, ...]:
    """Return what changes between two states of a sheet."""
    return supplier_changes(before, after, days)


def told(before: Body, after: Body, days: tuple[date, date] = (DAY, DAY)) -> list[tuple[str, str, str | None]]:
    """Return each event, the code of its address, and the first day on which it holds."""
    found = changes(before, after, days)
    return [(one.event, one.address.code, one.on.isoformat() if one.on else None) for one in found]


def services(*entries: Body) -> Body:
    """Return a sheet with these services beside FACTURES_PUBLIQUES."""
    return sheet([PUBLIC, *entries])


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        ((), (TECH,), [("opens", "ST-TECH", None)]),
        ((TECH,), (), [("closes", "ST-TECH", None)]),
        ((TECH,), ({**TECH, "actif": False},), [("closes", "ST-TECH", None)]),
        (({**TECH, "actif": False},), (TECH,), [("opens", "ST-TECH", None)]),
        (({**TECH, "actif": False},), (), []),
        ((TECH,), ({**TECH, "date_fin": "2026-12-31"},), [("closes", "ST-TECH", "2027-01-01")]),
        ((TECH,), ({**TECH, "date_fin": "2026-11-25"},), [("closes", "ST-TECH", None)]),
        ((), ({**TECH, "date_debut": "2026-12-01"},), [("opens", "ST-TECH", "2026-12-01")]),
        (
            ({**TECH, "date_debut": "2026-12-01"},),
            ({**TECH, "date_debut": "2026-12-08"},),
            [("opens", "ST-TECH", "2026-12-08")],
        ),
        (
            (TECH,),
            ({**TECH, "date_debut": "2026-12-01"},),
            [("closes", "ST-TECH", None), ("opens", "ST-TECH", "2026-12-01")],
        ),
        ((TECH,), ({**TECH, "engagement_obligatoire": True},), [("demands", "ST-TECH", None)]),
        ((TECH,), ({**TECH, "libelle": "Technique"},), []),
    ],
)
def test_each_event_of_a_service_is_told(before: tuple[Body, ...], after: tuple[Body, ...], events: list[Any]) -> None:
    assert told(services(*before), services(*after)) == events


def test_a_code_that_is_renamed_is_one_address_that_moves() -> None:
    renamed = {**TECH, "code": "TECHNIQUE", "libelle": " services  TECHNIQUES", "date_debut": "2026-12-01"}
    (one,) = changes(services(TECH), services({**TECH, "date_fin": "2026-12-31"}, renamed))
    assert (one.event, one.address.code, one.after and one.after.code) == ("moves", "ST-TECH", "TECHNIQUE")
    assert (one.on, one.after and one.after.opens) == (date(2027, 1, 1), date(2026, 12, 1))
    assert one.rejection(DAY) == "REJ_ADR"


def test_a_code_that_is_renamed_to_one_that_platforms_cannot_send_to_closes_and_says_which() -> None:
    (one,) = changes(services(TECH), services({**TECH, "code": "ST TECH"}))
    assert (one.event, one.address.code, one.stricter, one.rejection(DAY)) == ("closes", "ST-TECH", True, "REJ_ADR")
    assert (one.after and one.after.code, one.after and one.after.why) == ("ST TECH", "unsendable_code")
    # One that stood there before takes nobody's place, nor does one of another name.
    other = {**TECH, "code": "ST TECH"}
    assert [found.after for found in changes(services(TECH, other), services(other))] == [None]
    assert [found.after for found in changes(services(TECH), services({**other, "libelle": "Voirie"}))] == [None]


def test_two_services_that_open_under_one_label_take_nobodys_place() -> None:
    after = services({**TECH, "code": "A"}, {**TECH, "code": "B"})
    assert told(services(TECH), after) == [("opens", "A", None), ("opens", "B", None), ("closes", "ST-TECH", None)]


@pytest.mark.parametrize(
    ("boxes", "bare", "reason"),
    [
        ({"code_service_obligatoire": True}, "closes", "REJ_CONT_B2G"),
        ({"engagement_juridique_obligatoire": True}, "demands", "REJ_CONT_B2G"),
        ({"engagement_ou_code_service_obligatoire": True}, "demands", "REJ_CONT_B2G"),
        ({"moa_uniquement": True}, "closes", "REJ_ADR"),
    ],
)
def test_a_box_that_is_ticked_is_told_with_what_an_invoice_gets(boxes: Body, bare: str, reason: str) -> None:
    one = changes(sheet(), sheet(boxes=boxes))[0]
    assert (one.address.code, one.event, one.stricter, one.rejection(DAY)) == ("", bare, True, reason)
    # Before platforms take part, their statuses tell nobody anything.
    assert one.rejection(BEFORE_PLATFORMS) is None


def test_a_box_that_is_cleared_rejects_nothing() -> None:
    asked = {"engagement_juridique_obligatoire": True}
    found = changes(sheet(boxes=asked), sheet(boxes=dict.fromkeys(asked, False)))
    assert [(one.event, one.stricter, one.rejection(DAY)) for one in found] == [("demands", False, None)] * 3


def test_the_commitment_of_a_structure_is_asked_at_every_address() -> None:
    found = told(sheet(), sheet(boxes={"engagement_juridique_obligatoire": True}))
    assert found == [("demands", code, None) for code in ("", "FACTURES_PUBLIQUES", "ST-TECH")]


def test_a_service_code_that_becomes_mandatory_asks_nothing_more_of_who_writes_to_a_service() -> None:
    assert told(sheet(), sheet(boxes={"code_service_obligatoire": True})) == [("closes", "", None)]


def test_an_inactive_structure_closes_every_address() -> None:
    found = changes(sheet(), sheet(statut="INACTIF"))
    assert [(one.event, one.rejection(DAY)) for one in found] == [("closes", "REJ_ADR")] * 3


def test_what_the_later_sheet_does_not_write_stays_as_it_was() -> None:
    before = sheet([{**TECH, "date_fin": "2026-12-31"}], {"code_service_obligatoire": True}, statut="INACTIF")
    after: Body = {"type": "fiche-structure", "informations_generales": {"identifiant": "21160999500017"}}
    assert told(before, after) == []
    made = carried(before, {**after, "services": [{"code": "ST-TECH"}]})
    assert made["services"] == [{**TECH, "date_fin": "2026-12-31"}]
    assert carried({}, {"parametres": {"moa_uniquement": True}}) == {"parametres": {"moa_uniquement": True}}


def test_between_two_days_the_dates_of_services_open_and_close() -> None:
    body = services({**TECH, "date_fin": "2026-12-31"}, {**CULTURE, "date_debut": "2026-12-15"})
    assert told(body, body, (DAY, LATER)) == [("opens", "CULTURE", "2026-12-15"), ("closes", "ST-TECH", "2027-01-01")]
    assert told(body, body, (DAY, date(2026, 12, 14))) == []


def test_a_service_that_opens_and_ends_between_two_days_is_told_with_both_of_its_days() -> None:
    body = services({**CULTURE, "date_debut": "2026-12-01", "date_fin": "2027-06-30"})
    told_by_date = [("opens", "CULTURE", "2026-12-01"), ("closes", "CULTURE", "2027-07-01")]
    assert told(body, body, (DAY, date(2027, 12, 31))) == told_by_date
    opens, closes = changes(body, body, (DAY, date(2027, 12, 31)))
    assert (opens.after and opens.after.state, opens.stricter) == ("open", False)
    assert (closes.stricter, closes.rejection(DAY)) == (True, "REJ_ADR")
    # A sheet that brings it: both sides are read on the later day, and today is still to come.
    both = (date(2027, 12, 31), date(2027, 12, 31))
    found = supplier_changes(services(), body, both, DAY)
    assert [(one.event, one.address.code, one.on and one.on.isoformat()) for one in found] == told_by_date
    # One that ended by itself on both sides is nothing new, nor one that ended before today.
    assert supplier_changes(body, body, both, DAY) == ()
    assert supplier_changes(services(), body, both, date(2027, 7, 1)) == ()


def test_a_change_of_no_address_is_none() -> None:
    with pytest.raises(ValueError, match="no address"):
        _ = AddressChange("closes", None, None).address


@given(SHEETS)
def test_a_sheet_compared_with_itself_changes_nothing(body: Body) -> None:
    assert changes(body, body) == ()


@given(SHEETS, SHEETS)
def test_an_address_that_opens_was_not_open_and_one_that_closes_was(before: Body, after: Body) -> None:
    for one in changes(before, after):
        if one.event == "opens":
            assert one.before is None or one.before.state != "open" or (one.after is not None and one.after.state == "upcoming")
        if one.event in {"closes", "moves"}:
            assert one.before is not None
            assert one.before.state != "closed"
        if one.event == "demands":
            assert one.before is not None
            assert one.after is not None
            assert one.before.demand != one.after.demand


def test_either_of_two_and_the_commitment_alone_are_two_demands_at_the_address_of_the_structure() -> None:
    one, other = "engagement_ou_code_service_obligatoire", "engagement_juridique_obligatoire"
    either, commitment = sheet(boxes={one: True, other: False}), sheet(boxes={one: False, other: True})
    for before, after, stricter in ((either, commitment, True), (commitment, either, False)):
        assert [(change.event, change.address.code, change.stricter) for change in changes(before, after)] == [
            ("demands", code, stricter) for code in ("", "FACTURES_PUBLIQUES", "ST-TECH")
        ]
