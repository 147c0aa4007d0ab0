"""The addresses that a sheet implies: those of the examples listed by hand, each box of a sheet, and what always holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorus_config.engine.invoicing.addresses import addresses_of
from chorus_config.model.invoicing import split_address
from chorus_config.model.invoicing_address import InvoicingAddress
from chorus_config.yamltext.parse import parse

EXAMPLES = Path(__file__).parents[3] / "examples"
DAY = date(2026, 11, 26)
SIRET = "21160999500017"
BARE = "211609995_21160999500017"
PUBLIC = {"code": "FACTURES_PUBLIQUES", "libelle": "Service des factures publiques", "actif": True}
TECH = {"code": "ST-TECH", "libelle": "Services techniques", "actif": True}

Body = dict[str, Any]


def sheet(services: list[Body] | None = None, boxes: Body | None = None, **own: object) -> Body:
    """Return the body of a sheet: FACTURES_PUBLIQUES and ST-TECH unless told otherwise, no box ticked."""
    return {
        "type": "fiche-structure",
        "informations_generales": {
            "type_identifiant": "SIRET", "identifiant": SIRET, "statut": "ACTIF", "libelle": "Commune de Valmont", **own,
        },
        "services": [PUBLIC, TECH] if services is None else services,
        "parametres": boxes or {},
    }  # fmt: skip


def only(body: Body, code: str = "", day: date = DAY) -> InvoicingAddress:
    """Return the address of a service, the structure's own without one."""
    return next(one for one in addresses_of(body, day) if one.code == code)


def short(one: InvoicingAddress) -> tuple[str, str, str]:
    """Return what suppliers need to know of an address: its text, what it demands, whether it is open or why not."""
    return one.address, one.demand, one.why or one.state


def of_example(name: str) -> dict[str, list[tuple[str, str, str]]]:
    """Return the addresses of an example, by identifiant."""
    found = {}
    for path in sorted((EXAMPLES / name / "structures").glob("*.yaml")):
        body: Any = parse(path.read_bytes()).data
        found[path.stem] = [short(one) for one in addresses_of(body, DAY)]
    return found


def test_the_addresses_of_the_commune_are_those_listed_by_hand() -> None:
    assert of_example("commune") == {
        "21160999500017": [
            ("211609995_21160999500017", "code", "code_required"),
            ("211609995_21160999500017_CULTURE", "code", "open"),
            ("211609995_21160999500017_FACTURES_PUBLIQUES", "code", "open"),
            ("211609995_21160999500017_SCOLAIRE", "both", "open"),
            ("211609995_21160999500017_ST-TECH", "code", "open"),
            ("211609995_21160999500017_VOIRIE", "code", "inactive_service"),
        ],
        "21160999500025": [
            ("211609995_21160999500025", "none", "open"),
            ("211609995_21160999500025_FACTURES_PUBLIQUES", "none", "open"),
        ],
        "26160999400015": [
            ("261609994_26160999400015", "none", "open"),
            ("261609994_26160999400015_FACTURES_PUBLIQUES", "none", "open"),
        ],
    }


def test_the_addresses_of_the_lycee_are_those_listed_by_hand() -> None:
    assert of_example("lycee") == {
        "19160999900013": [
            ("191609999_19160999900013", "either", "open"),
            ("191609999_19160999900013_FACTURES_PUBLIQUES", "either", "open"),
            ("191609999_19160999900013_INTENDANCE", "either", "open"),
            ("191609999_19160999900013_TRAVAUX", "either", "open"),
        ]
    }


def test_the_addresses_of_sditec_are_those_listed_by_hand() -> None:
    assert of_example("sditec") == {
        "25160278500015": [
            ("251602785_25160278500015", "none", "inactive_structure"),
            ("251602785_25160278500015_FACTURES_PUBLIQUES", "none", "inactive_structure"),
        ],
        "25160278500023": [
            ("251602785_25160278500023", "none", "inactive_structure"),
            ("251602785_25160278500023_FACTURES_PUBLIQUES", "none", "inactive_structure"),
        ],
    }


def test_an_address_bears_the_name_of_its_structure_or_service_and_factures_publiques_is_reserved() -> None:
    found = [(one.code, one.label, one.reserved) for one in addresses_of(sheet(), DAY)]
    assert found == [
        ("", "Commune de Valmont", False),
        ("FACTURES_PUBLIQUES", "Service des factures publiques", True),
        ("ST-TECH", "Services techniques", False),
    ]


@pytest.mark.parametrize(
    ("boxes", "bare", "service"),
    [
        ({}, ("none", "open"), ("none", "open")),
        ({"code_service_obligatoire": True}, ("code", "code_required"), ("code", "open")),
        ({"engagement_juridique_obligatoire": True}, ("commitment", "open"), ("commitment", "open")),
        ({"engagement_ou_code_service_obligatoire": True}, ("either", "open"), ("either", "open")),
        (
            {"code_service_obligatoire": True, "engagement_juridique_obligatoire": True},
            ("both", "code_required"),
            ("both", "open"),
        ),
        ({"moa_uniquement": True}, ("none", "works_only"), ("none", "works_only")),
        ({"structure_avec_moa": True}, ("none", "open"), ("none", "open")),
        ({"code_service_obligatoire": False}, ("none", "open"), ("none", "open")),
    ],
)
def test_each_box_of_a_structure_is_read_as_a_suppliers_software_reads_it(
    boxes: Body, bare: tuple[str, str], service: tuple[str, str]
) -> None:
    body = sheet(boxes=boxes)
    assert short(only(body))[1:] == bare
    assert short(only(body, "ST-TECH"))[1:] == service


@pytest.mark.parametrize(
    ("own", "why"),
    [({"statut": "INACTIF"}, "inactive_structure"), ({"structure_privee": True}, "private")],
)
def test_what_closes_the_structure_closes_every_address(own: Body, why: str) -> None:
    assert [(one.state, one.why) for one in addresses_of(sheet(**own), DAY)] == [("closed", why)] * 3


@pytest.mark.parametrize("own", [{"type_identifiant": "RIDET", "identifiant": "1234567"}, {"identifiant": "2116099950001"}])
def test_without_a_siret_there_is_no_address_to_write_to(own: Body) -> None:
    (one,) = addresses_of(sheet(**own), DAY)
    assert (one.address, one.siret, one.state, one.why) == ("", own["identifiant"], "closed", "no_siret")


@pytest.mark.parametrize(
    ("service", "state", "why"),
    [
        ({"actif": False}, "closed", "inactive_service"),
        ({"date_debut": "2026-11-26"}, "open", None),
        ({"date_debut": "2026-11-27"}, "upcoming", "not_yet"),
        ({"date_fin": "2026-11-26"}, "open", None),
        ({"date_fin": "2026-11-25"}, "closed", "ended"),
        ({"date_debut": "2027-01-01", "actif": False}, "closed", "inactive_service"),
        ({"date_fin": "31/12/2025"}, "open", None),
        ({"code": "ST TECH"}, "closed", "unsendable_code"),
        ({"code": "X" * 101}, "closed", "unsendable_code"),
        ({"code": "ST_TECH.+"}, "open", None),
    ],
)
def test_a_service_is_open_upcoming_or_closed(service: Body, state: str, why: str | None) -> None:
    body = sheet([{**TECH, **service}])
    found = only(body, service.get("code", "ST-TECH"))
    assert (found.state, found.why) == (state, why)


def test_the_first_and_last_day_of_a_service_are_told() -> None:
    found = only(sheet([{**TECH, "date_debut": "2026-01-01", "date_fin": "2026-12-31"}]), "ST-TECH")
    assert (found.opens, found.closes) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (only(sheet()).opens, only(sheet()).closes) == (None, None)


def test_the_box_of_a_service_asks_at_its_own_address_alone() -> None:
    body = sheet([PUBLIC, {**TECH, "engagement_obligatoire": True}])
    assert [(one.code, one.demand) for one in addresses_of(body, DAY)] == [
        ("", "none"), ("FACTURES_PUBLIQUES", "none"), ("ST-TECH", "commitment"),
    ]  # fmt: skip


def test_what_the_sheet_does_not_write_is_named_where_it_would_matter() -> None:
    body = sheet(boxes={"moa_uniquement": False, "engagement_juridique_obligatoire": False})
    assert only(body).unsaid == (
        "/parametres/code_service_obligatoire", "/parametres/engagement_ou_code_service_obligatoire",
    )  # fmt: skip
    assert only(body, "ST-TECH").unsaid == ("/engagement_obligatoire",)
    bare = only({"type": "fiche-structure", "informations_generales": {"identifiant": SIRET}})
    assert bare.unsaid[0] == "/statut"
    assert bare.unsaid[-1] == "/services"
    # What is closed for certain, no other box opens.
    assert only(sheet(statut="INACTIF")).unsaid == ()


def test_neither_an_account_nor_a_body_without_a_name_has_addresses() -> None:
    assert addresses_of({"type": "compte-utilisateur", "ref": "dgs"}, DAY) == ()
    assert addresses_of({"type": "fiche-structure", "informations_generales": {}}, DAY) == ()


def test_a_body_of_other_shapes_is_read_as_far_as_it_goes() -> None:
    odd: Body = {**sheet(), "parametres": "non", "services": [3, {"code": 7}, {**TECH, "libelle": 4, "date_fin": 5}]}
    assert [short(one) for one in addresses_of(odd, DAY)] == [(BARE, "none", "open"), (f"{BARE}_ST-TECH", "none", "open")]


# What always holds

MAYBE = st.sampled_from([None, True, False])
CODES = st.sampled_from(["ST-TECH", "ST_TECH", "ST", "TECH", "FACTURES_PUBLIQUES", "É", "A_B_C", "_"])
DAYS = st.sampled_from([None, "2025-12-31", "2026-11-25", "2026-11-26", "2026-11-27", "2027-01-01", "?"])
BOXES = (
    "code_service_obligatoire",
    "engagement_juridique_obligatoire",
    "engagement_ou_code_service_obligatoire",
    "moa_uniquement",
)


def written(found: Body) -> Body:
    """Return a block without what is not written."""
    return {key: value for key, value in found.items() if value is not None}


SERVICES = st.lists(
    st.fixed_dictionaries(
        {"code": CODES, "actif": MAYBE, "date_debut": DAYS, "date_fin": DAYS, "engagement_obligatoire": MAYBE}
    ),
    max_size=5,
).map(lambda entries: [written(one) for one in entries])  # fmt: skip
SHEETS = st.builds(
    lambda services, boxes, own: sheet(services, written(boxes), **written(own)),
    SERVICES,
    st.fixed_dictionaries(dict.fromkeys(BOXES, MAYBE)),
    st.fixed_dictionaries({"statut": st.sampled_from(["ACTIF", "INACTIF"]), "structure_privee": MAYBE}),
)


@given(SHEETS)
def test_no_two_addresses_are_equal_and_each_is_read_back(body: Body) -> None:
    found = addresses_of(body, DAY)
    assert len({one.address for one in found}) == len(found)
    assert [split_address(one.address) for one in found] == [(one.siret, one.code) for one in found]
    assert [one.code for one in found] == sorted(one.code for one in found)
    for one in found:
        assert (one.why is None) == (one.state == "open")


CLOSINGS: list[tuple[str, Body]] = [
    ("own", {"statut": "INACTIF"}), ("own", {"structure_privee": True}),
    ("parametres", {"moa_uniquement": True}), ("parametres", {"code_service_obligatoire": True}),
    ("services", {"actif": False}), ("services", {"date_fin": "2026-11-25"}), ("services", {"date_debut": "2026-11-27"}),
]  # fmt: skip


def closed_more(body: Body, where: str, fields: Body, index: int) -> Body:
    """Return a sheet in which something more is closed."""
    if where == "own":
        return {**body, "informations_generales": {**body["informations_generales"], **fields}}
    if where == "parametres":
        return {**body, "parametres": {**body["parametres"], **fields}}
    services = [{**one, **fields} if at == index else one for at, one in enumerate(body["services"])]
    return {**body, "services": services}


@given(SHEETS, st.sampled_from(CLOSINGS), st.integers(0, 4))
def test_closing_something_never_opens_an_address(body: Body, closing: tuple[str, Body], index: int) -> None:
    def _open(sheet: Body) -> set[str]:
        return {one.address for one in addresses_of(sheet, DAY) if one.state == "open"}

    assert _open(closed_more(body, *closing, index)) <= _open(body)


@given(SHEETS, st.integers(0, 4))
def test_a_service_that_is_removed_opens_no_address(body: Body, index: int) -> None:
    less = {**body, "services": [one for at, one in enumerate(body["services"]) if at != index]}
    codes = [one["code"] for one in body["services"]]
    if len(set(codes)) == len(codes):
        before, after = ({one.address for one in addresses_of(side, DAY) if one.state == "open"} for side in (body, less))
        assert after <= before
