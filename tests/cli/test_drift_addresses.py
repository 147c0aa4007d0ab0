"""`drift` of invoicing addresses: what the sheets imply beside what the directory has in force, over HTTP and from files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest

from chorus_config.model.invoicing import address_text
from tests.servers.afnor import PUBLIC, AfnorServer, Structure, service
from tests.servers.no_waiting import Hands, hands

from .desk import SECOND, SERVICES, SHEET, SIRET, TECHNICAL, Desk
from .portal import NAME, general, snapshot

__all__ = ["hands"]

TECH: Final = service("ST-TECH", "Services techniques")
BARE: Final = address_text(SIRET)
CODE: Final = address_text(SIRET, "ST-TECH")
PUBLIC_LINE: Final = address_text(SIRET, "FACTURES_PUBLIQUES")


@pytest.fixture
def entered(approved: Desk, hands: Hands) -> Desk:
    """The example, approved and entered on the portal, each structure active."""
    assert hands.waited == []
    approved.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    for name in (SHEET, f"structures/{SECOND}.yaml"):
        approved.write(name, approved.read(name).replace("statut: INACTIF", "statut: ACTIF"))
    assert approved.run("apply", "--yes").code == 0
    assert approved.run("confirm", "--all").code == 0
    return approved


@pytest.fixture
def platform(entered: Desk) -> Iterator[AfnorServer]:
    """A platform that has both structures as they are approved."""
    with AfnorServer([Structure(SIRET, services=(PUBLIC, TECH)), Structure(SECOND)]) as server:
        for name, value in server.environ.items():
            entered.setenv(name, value)
        yield server


def addresses(desk: Desk, *words: str, against: str = "afnor:") -> Any:
    """Return what a comparison says of addresses."""
    return desk.run("drift", "--against", against, "--format", "json", *words).json.get("addresses")


def short(found: Any) -> dict[str, str]:
    """Return the situation of each address that differs."""
    return {one["address"]: one["situation"] for one in found["differences"]}


def table(*rows: str, active: str = "Adresse de facturation active") -> str:
    """Return the portal's own CSV."""
    return "\n".join((f"SIREN;Adresse de facturation;{active}", *rows, ""))


def csv_of(*codes: str) -> str:
    """Return the CSV with addresses of the first structure in force, and all of the second."""
    first = [f"{SIRET[:9]};{address_text(SIRET, code)};oui" for code in codes]
    return table(*first, *(f"{SECOND[:9]};{address_text(SECOND, code)};oui" for code in ("", "FACTURES_PUBLIQUES")))


def test_what_the_directory_has_as_approved_is_no_drift(entered: Desk, platform: AfnorServer) -> None:
    found = addresses(entered)
    assert found == {"differences": [], "in_sync": 5, "not_known": 0, "not_reported": []}
    assert platform.calls().count("/directory-line/search") == 1
    assert "Invoicing addresses in force, as approved: 5." in entered.run("drift", "--against", "afnor:").out


def test_an_address_that_is_not_in_force_is_told_and_counts(entered: Desk, platform: AfnorServer) -> None:
    platform.structures[0] = Structure(SIRET, services=(PUBLIC, TECH), lines=False)
    platform.more_lines = [
        {"addressingIdentifier": one, "siren": SIRET[:9], "siret": SIRET, "directoryLineStatus": state}
        for one, state in ((BARE, "Enabled"), (PUBLIC_LINE, "Enabled"), (CODE, "Disabled"))
    ]
    assert short(addresses(entered)) == {CODE: "missing"}
    ended = entered.run("drift", "--against", "afnor:", "--detailed-exitcode")
    assert ended.code == 2
    assert f"[not in force] {CODE}: approved and entered, but it is not in force in the directory" in ended.out
    assert "Invoicing addresses that differ: 1." in ended.out
    assert entered.run("drift", "--against", "afnor:").code == 0


def test_what_is_in_force_beside_the_sheets_is_told_by_what_it_is(entered: Desk, platform: AfnorServer) -> None:
    old = address_text(SIRET, "OLD_2")
    platform.more_lines = [
        {"addressingIdentifier": old, "siren": SIRET[:9], "siret": SIRET, "directoryLineStatus": "Enabled"},
        {"addressingIdentifier": SIRET[:9], "siren": SIRET[:9], "directoryLineStatus": "Enabled"},
        {"addressingIdentifier": f"{SIRET[:9]}_X", "siren": SIRET[:9], "directoryLineStatus": "Upcoming"},
    ]
    assert short(addresses(entered)) == {old: "unexpected", SIRET[:9]: "unexpected"}
    out = entered.run("drift", "--against", "afnor:").out
    assert f"[in force, not expected] {old}: no service of this code is approved" in out
    assert f"[in force, not expected] {SIRET[:9]}: it is that of the whole SIREN" in out
    assert short(addresses(entered, "--target", SECOND)) == {SIRET[:9]: "unexpected"}


def test_an_address_that_another_platform_receives_for_is_told(entered: Desk, platform: AfnorServer) -> None:
    platform.structures[1] = Structure(SECOND, platform="WK")
    found = addresses(entered)
    assert {one["address"]: (one["situation"], one["platform"]) for one in found["differences"]} == {
        address_text(SECOND): ("elsewhere", "approved"),
        address_text(SECOND, "FACTURES_PUBLIQUES"): ("elsewhere", "approved"),
    }


def test_a_change_that_waits_is_to_enter_until_it_is_confirmed(entered: Desk, platform: AfnorServer) -> None:
    entered.edit(SHEET, TECHNICAL, f'{TECHNICAL}  - code: "NEUF"\n    libelle: "Neuf"\n')
    assert entered.run("apply", "--yes").code == 0
    new = address_text(SIRET, "NEUF")
    assert short(addresses(entered)) == {new: "to_enter"}
    assert "chorus-config worksheet" in entered.run("drift", "--against", "afnor:").out
    assert entered.run("confirm", "--all").code == 0
    assert short(addresses(entered)) == {new: "missing"}
    platform.structures[0] = Structure(SIRET, services=(PUBLIC, TECH, service("NEUF", "Neuf")))
    assert short(addresses(entered)) == {}


def test_the_portals_own_csv_alone_is_compared(entered: Desk) -> None:
    entered.write("annuaire/adresses.csv", csv_of("", "FACTURES_PUBLIQUES", "ST-TECH"))
    ended = entered.run("drift", "--against", "annuaire:annuaire", "--detailed-exitcode")
    assert ended.code == 0, ended.out
    assert "No drift: the 5 invoicing addresses compared are in force, as approved." in ended.out
    # The structures are not called unknown or gone: they have addresses.
    document = entered.run("drift", "--against", "annuaire:annuaire", "--format", "json").json
    assert (document["unknown"], document["missing"], document["resources"]) == ([], [], [])
    entered.write("annuaire/adresses.csv", csv_of("", "FACTURES_PUBLIQUES", "AUTRE"))
    ended = entered.run("drift", "--against", "annuaire:annuaire", "--detailed-exitcode")
    assert ended.code == 2
    assert short(addresses(entered, against="annuaire:annuaire")) == {
        CODE: "missing",
        address_text(SIRET, "AUTRE"): "unexpected",
    }


def test_a_csv_that_does_not_say_what_is_in_force_makes_no_difference(entered: Desk) -> None:
    rows = [f"{SIRET[:9]};{one};x" for one in (BARE, CODE, PUBLIC_LINE)]
    entered.write("annuaire/adresses.csv", table(*rows, active="Autre"))
    found = addresses(entered, against="annuaire:annuaire")
    assert (short(found), found["in_sync"], found["not_known"]) == ({}, 0, 3)
    # Nobody says that the second structure has no address: it is not in the list.
    assert f"{SECOND} (ADHERENT SDITEC)" in entered.run("drift", "--against", "annuaire:annuaire").out


def test_the_xml_extract_is_compared(entered: Desk) -> None:
    numbers = {
        "": "9999",
        "<IdLinRoutage>FACTURES_PUBLIQUES</IdLinRoutage>": "9999",
        "<IdLinRoutage>ST-TECH</IdLinRoutage>": "42",
    }
    lines = "".join(
        f"<LigneAnnuaire><Nature>D</Nature><DateEffet><DateDebut>20250918</DateDebut></DateEffet><InfoAdressage><IdLinSIREN>"
        f"{SIRET[:9]}</IdLinSIREN><IdLinSIRET>{SIRET}</IdLinSIRET>{routing}</InfoAdressage><IdPlateforme>{number}</IdPlateforme>"
        "</LigneAnnuaire>"
        for routing, number in numbers.items()
    )
    entered.write("annuaire/f14.xml", f"<Annuaire><TypeFlux>C</TypeFlux>{lines}</Annuaire>")
    assert short(addresses(entered, "--target", SIRET, against="annuaire:annuaire")) == {CODE: "elsewhere"}
    entered.write("annuaire/f14.xml", f"<Annuaire><TypeFlux>D</TypeFlux>{lines}</Annuaire>")
    assert addresses(entered, against="annuaire:annuaire") is None


def test_a_snapshot_file_keeps_what_was_read_and_an_old_one_says_nothing(entered: Desk, platform: AfnorServer) -> None:
    assert entered.run("observe", "afnor:", "-o", "kept.json").code == 0
    platform.structures.clear()
    assert addresses(entered, against="kept.json")["in_sync"] == 5
    kept = json.loads(entered.read("kept.json"))
    del kept["lines"]
    entered.write("old.json", json.dumps(kept))
    assert addresses(entered, against="old.json") is None
    snapshot(entered, general())
    assert "nvoicing addresses" not in entered.run("drift", "--against", NAME).out


def test_two_sources_are_compared_as_one(entered: Desk, platform: AfnorServer) -> None:
    entered.write("annuaire/adresses.csv", csv_of("", "FACTURES_PUBLIQUES", "AUTRE"))
    assert platform.structures
    both = entered.run("drift", "--against", "annuaire:annuaire", "--against", "afnor:", "--format", "json").json
    assert both["addresses"]["in_sync"] == 5


def test_a_bare_address_is_no_difference_where_the_code_is_demanded(entered: Desk, platform: AfnorServer) -> None:
    entered.write(SHEET, entered.read(SHEET).replace("code_service_obligatoire: false", "code_service_obligatoire: true"))
    assert "code_service_obligatoire: true" in entered.read(SHEET)
    assert entered.run("apply", "--yes").code == 0
    assert short(addresses(entered)) == {}
    assert entered.run("confirm", "--all").code == 0
    assert short(addresses(entered)) == {}
    platform.structures[0] = Structure(SIRET, services=(PUBLIC, TECH), lines=False)
    platform.more_lines = [
        {"addressingIdentifier": one, "siren": SIRET[:9], "siret": SIRET, "directoryLineStatus": "Enabled"}
        for one in (PUBLIC_LINE, CODE)
    ]
    assert short(addresses(entered)) == {}


OTHER_COMMANDS: Final = [
    ("plan", "--against", "afnor:"), ("observe", "afnor:"), ("observe", "afnor:", "--record", "--yes"),
    ("import", "afnor:", "--siret", SIRET, "--yes"),
]  # fmt: skip


@pytest.mark.parametrize("words", OTHER_COMMANDS)
def test_other_commands_do_not_ask_for_addresses(entered: Desk, platform: AfnorServer, words: tuple[str, ...]) -> None:
    if words[0] == "import":
        (entered.root / SHEET).unlink()
    assert entered.run(*words).code in {0, 1}
    assert platform.calls()
    assert "/directory-line/search" not in platform.calls()
