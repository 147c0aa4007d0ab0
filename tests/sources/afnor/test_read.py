"""Reading a platform over HTTP: what comes of a directory that answers as it should, every trap of it by name."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import ValidationError

from chorus_config.model.errors import Exit, UsageFault
from chorus_config.model.observed.directory_line import DirectoryLine
from chorus_config.model.project import ProjectConfig
from chorus_config.sources.snapshot_file.body import fault_of
from tests.servers.afnor import BASE, PUBLIC, AfnorServer, Structure, portfolio, service
from tests.servers.loopback import Reply, Seen
from tests.sources.afnor.asking import AT, OTHER, SIREN, SIRET, STRANGER, Asking, bodies

TOWN = (Structure(SIRET, services=(PUBLIC, service("ST-TECH", "Services techniques"))), Structure(OTHER, "EAU", {"pm": True}))


def test_each_siret_is_asked_for_and_nothing_else() -> None:
    with AfnorServer([*TOWN, Structure(STRANGER)]) as server:
        asking = Asking(server.environ, SIRET, OTHER)
        found = asking.read()
    assert sorted(found.records) == [SIRET, OTHER]
    assert found.source == "afnor:"
    assert found.taken_at == AT
    assert found.records[SIRET].root == SIRET
    assert asking.notes == []
    assert server.calls() == [
        f"/siret/code-insee:{SIRET}", f"/siren/code-insee:{SIREN}", "/routing-code/search",
        f"/siret/code-insee:{OTHER}", "/routing-code/search",
    ]  # fmt: skip
    assert server.searches("/routing-code/search")[0]["filters"] == {"siret": {"op": "strict", "value": SIRET}}


def test_a_body_says_what_the_directory_says() -> None:
    with AfnorServer(TOWN) as server:
        body: Any = bodies(Asking(server.environ, SIRET).read())[SIRET]
    assert body["informations_generales"] == {
        "raison_sociale": "COMMUNE DE VALMONT", "type_identifiant": "SIRET", "identifiant": SIRET,
    }  # fmt: skip
    assert body["adresse_postale"] == {
        "adresse": "1 PL DE LA MAIRIE", "code_postal": "16000", "ville": "VALMONT", "pays": "France",
    }  # fmt: skip
    assert body["services"][1] == {
        "code": "ST-TECH", "libelle": "Services techniques", "actif": True, "engagement_obligatoire": False,
    }  # fmt: skip


def test_a_siren_is_read_by_searches() -> None:
    made = portfolio(130, of_one_siren=130)
    with AfnorServer(made) as server:
        found = Asking(server.environ, sirens=(made[0].siren,)).read()
    assert sorted(found.records) == sorted(one.siret for one in made)
    assert server.calls().count("/siret/search") == 2
    assert not any(path.startswith("/siret/code-insee") for path in server.calls())


def test_by_siren_and_by_siret_a_structure_is_the_same() -> None:
    made = portfolio(40)
    with AfnorServer(made) as server:
        by_siren = Asking(server.environ, sirens=tuple({one.siren for one in made})).read()
        by_siret = Asking(server.environ, *(one.siret for one in made)).read()
    assert bodies(by_siren) == bodies(by_siret)
    assert all(fault_of(body, root) is None for root, body in bodies(by_siret).items())


def test_a_siret_of_a_siren_that_is_asked_for_whole_is_not_asked_for_again() -> None:
    with AfnorServer(TOWN) as server:
        found = Asking(server.environ, SIRET, sirens=(SIREN,)).read()
    assert sorted(found.records) == [SIRET, OTHER]
    assert f"/siret/code-insee:{SIRET}" not in server.calls()


def test_without_anything_in_particular_nothing_is_asked() -> None:
    with AfnorServer(TOWN) as server, pytest.raises(UsageFault) as fault:
        Asking(server.environ).read()
    assert fault.value.code == Exit.USAGE
    assert server.seen == []


def test_404_not_found_is_not_in_the_directory_and_only_noted() -> None:
    with AfnorServer(TOWN) as server:
        asking = Asking(server.environ, SIRET, STRANGER)
        assert sorted(asking.read().records) == [SIRET]
    assert asking.notes == [f"note: not in the directory (afnor:): {STRANGER}"]


def test_nothing_at_all_makes_one_doubt_the_address() -> None:
    with AfnorServer() as server:
        asking = Asking(server.environ, SIRET, sirens=("210000006",))
        assert asking.read().records == {}
    assert asking.notes[0].endswith(f"(afnor:): 210000006, {SIRET}")
    assert server.environ["CHORUS_CONFIG_AFNOR_API"] in asking.notes[1]


def test_an_identifiant_that_is_no_siret_is_never_sent() -> None:
    with AfnorServer(TOWN) as server:
        asking = Asking(server.environ, SIRET, "../siren/search", "1234567", sirens=("12", "/siret"))
        assert sorted(asking.read().records) == [SIRET]
    assert not any("search?" in path or ".." in path for path in server.paths())
    assert asking.notes == ["note: not in the directory (afnor:): ../siren/search, /siret, 12, 1234567"]


def test_many_names_are_counted() -> None:
    with AfnorServer(TOWN) as server:
        asking = Asking(server.environ, SIRET, *(f"3{number:013d}" for number in range(12)))
        asking.read()
    assert asking.notes[0].endswith("30000000000009 and 2 more")


def test_206_is_read_on() -> None:
    many = tuple(service(f"S{number:03}", "x") for number in range(249))
    with AfnorServer([Structure(SIRET, services=(PUBLIC, *many))]) as server:
        server.partial = "always"
        body: Any = bodies(Asking(server.environ, SIRET).read())[SIRET]
    assert len(body["services"]) == 250
    assert [one["ignore"] for one in server.searches("/routing-code/search")] == [0, 100, 200, 250]


def test_a_platform_of_small_pages_is_read_whole() -> None:
    many = tuple(service(f"S{number:03}", "x") for number in range(20))
    with AfnorServer([Structure(SIRET, services=(PUBLIC, *many))]) as server:
        server.most, server.tells_total = 6, False
        body: Any = bodies(Asking(server.environ, SIRET).read())[SIRET]
    assert len(body["services"]) == 21


def test_a_search_of_a_siren_that_gives_more_is_filtered() -> None:
    """A platform that takes a part of a number for the number."""
    other = Structure("31169999600013", "AUTRE")
    pages = [{"results": [one.establishment() for one in (*TOWN, other)], "totalNumberOfResults": 3}]
    with AfnorServer(TOWN) as server:
        server.misbehave(Reply(data=pages[0]), at="/siret/search")
        found = Asking(server.environ, sirens=(SIREN,)).read()
    assert sorted(found.records) == [SIRET, OTHER]


def test_addresses_of_other_establishments_prove_nothing() -> None:
    """A search that gives the addresses of the whole SIREN: the one at Chorus Pro is that of another establishment."""
    private = Structure(SIRET, public=False, platform="WK")
    with AfnorServer([private]) as server:
        lines = [*private.directory_lines(), *Structure(OTHER).directory_lines()]
        server.misbehave(Reply(data={"results": lines, "totalNumberOfResults": 4}), at="/directory-line/search")
        body = bodies(Asking(server.environ, SIRET).read())[SIRET]
    assert "parametres" not in body


def test_missing_b2g_data_of_a_public_unit_is_all_false() -> None:
    with AfnorServer([Structure(SIRET)]) as server:
        body: Any = bodies(Asking(server.environ, SIRET).read())[SIRET]
    assert set(body["parametres"].values()) == {False}
    assert "/directory-line/search" not in server.calls()


def test_missing_b2g_data_with_an_address_at_chorus_pro_is_all_false() -> None:
    with AfnorServer([Structure(SIRET, public=False, platform="DFH")]) as server:
        body: Any = bodies(Asking(server.environ, SIRET).read())[SIRET]
    assert set(body["parametres"].values()) == {False}
    assert [one["code"] for one in body["services"]] == ["FACTURES_PUBLIQUES"]


@pytest.mark.parametrize("sirens", [(), (SIREN,)])
def test_missing_b2g_data_of_a_private_structure_is_not_reported(sirens: tuple[str, ...]) -> None:
    with AfnorServer([Structure(SIRET, public=False, platform="WK")]) as server:
        asking = Asking(server.environ, SIRET, sirens=sirens)
        body = bodies(asking.read())[SIRET]
    assert sorted(body) == ["adresse_postale", "informations_generales", "type", "version"]
    assert asking.notes[0].startswith("note: nothing in the directory says that they are public")


def test_a_unit_that_the_directory_does_not_know_is_judged_by_its_addresses() -> None:
    with AfnorServer([Structure(SIRET)]) as server:
        server.misbehave(Reply(404, {"errorCode": "NOT_FOUND", "errorMessage": "?"}), at=f"/siren/code-insee:{SIREN}")
        body = bodies(Asking(server.environ, SIRET).read())[SIRET]
    assert "parametres" in body


def test_establishments_without_a_trace_of_invoicing_are_no_structures() -> None:
    """INSEE gives a town an establishment for its gymnasium; nobody sends it an invoice."""
    gymnasium = Structure(STRANGER, "GYMNASE", services=(), lines=False)
    with AfnorServer([*TOWN, gymnasium]) as server:
        asking = Asking(server.environ, sirens=(SIREN,))
        assert sorted(asking.read().records) == [SIRET, OTHER]
        assert [(note.startswith("note: establishments left aside"), note[-3:]) for note in asking.notes] == [(True, ": 1")]
        assert sorted(Asking(server.environ, STRANGER).read().records) == [STRANGER]


def test_an_establishment_with_services_alone_is_a_structure() -> None:
    """Its addresses are published later than its services."""
    with AfnorServer([Structure(SIRET, lines=False), *TOWN[1:]]) as server:
        assert SIRET in Asking(server.environ, sirens=(SIREN,)).read().records


def test_an_establishment_with_an_address_alone_is_a_structure() -> None:
    """It takes works invoices only, or its services are not there yet: its list of services is not known."""
    with AfnorServer([Structure(SIRET, services=())]) as server:
        asking = Asking(server.environ, sirens=(SIREN,))
        body = bodies(asking.read())[SIRET]
    assert "services" not in body
    assert "parametres" in body
    assert "lacks FACTURES_PUBLIQUES" in asking.notes[0]


def test_services_without_factures_publiques_are_not_reported() -> None:
    with AfnorServer([Structure(SIRET, services=(service("ST", "Travaux"),))]) as server:
        asking = Asking(server.environ, SIRET)
        assert "services" not in bodies(asking.read())[SIRET]
    assert asking.notes[0].endswith(f"it is not complete: {SIRET}")


def test_a_closed_establishment_is_noted_and_has_no_statut() -> None:
    with AfnorServer([Structure(SIRET, state="C")]) as server:
        asking = Asking(server.environ, SIRET)
        body: Any = bodies(asking.read())[SIRET]
    assert "statut" not in body["informations_generales"]
    assert asking.notes[0].startswith("note: closed according to INSEE")


def test_a_damaged_name_is_kept_as_it_stands() -> None:
    with AfnorServer([Structure(SIRET, services=(PUBLIC, service("A", "St Martin H¿res")))]) as server:
        body: Any = bodies(Asking(server.environ, SIRET).read())[SIRET]
    assert body["services"][1]["libelle"] == "St Martin H¿res"


def test_a_value_that_is_not_understood_is_noted_by_its_name_alone() -> None:
    odd = {**Structure(SIRET).establishment(), "name": ["Alix MARTIN"]}
    with AfnorServer(TOWN) as server:
        server.misbehave(Reply(data=odd), at=SIRET)
        asking = Asking(server.environ, SIRET)
        asking.read()
    assert asking.notes == ["note: values of the directory that are not understood, and count as not reported: name"]


def test_the_order_of_answers_does_not_count() -> None:
    made = portfolio(24)
    with AfnorServer(made) as server:
        one = Asking(server.environ, *(structure.siret for structure in made), parallel=1).read()
        many = Asking(server.environ, *(structure.siret for structure in made), parallel=6).read()
    assert list(one.records) == list(many.records) == sorted(one.records)
    assert bodies(one) == bodies(many)


def test_a_platform_of_the_project_file_is_asked() -> None:
    with AfnorServer(TOWN) as server:
        project = ProjectConfig(platforms={"ma-pa": server.platform})
        found = Asking(server.environ_of("MA_PA"), SIRET, project=project).read("ma-pa")
    assert sorted(found.records) == [SIRET]
    assert found.source == "afnor:ma-pa"


def test_the_organization_is_sent_when_it_is_set_and_only_then() -> None:
    with AfnorServer(TOWN) as server:
        Asking(server.environ, SIRET).read()
        assert not any("organization-id" in one.headers for one in server.seen)
        server.organization = "org-12"
        Asking({**server.environ, "AFNOR_ORGANIZATION_ID": "org-12"}, SIRET).read()


# Addresses


def test_the_addresses_of_a_structure_are_read() -> None:
    with AfnorServer(TOWN) as server:
        server.more_lines = [
            {"addressingIdentifier": f"{SIREN}_{SIRET}_OLD", "siren": SIREN, "siret": SIRET, "directoryLineStatus": "Disabled"},
            {"addressingIdentifier": f"{SIREN}_{SIRET}_ZZ", "siren": SIREN, "siret": SIRET},
        ]
        found = Asking(server.environ, SIRET, lines=True).read()
    assert found.lines == {
        SIRET: (
            DirectoryLine(f"{SIREN}_{SIRET}", SIRET, True, "chorus_pro"),
            DirectoryLine(f"{SIREN}_{SIRET}_FACTURES_PUBLIQUES", SIRET, True, "chorus_pro"),
            DirectoryLine(f"{SIREN}_{SIRET}_OLD", SIRET, active=False),
            DirectoryLine(f"{SIREN}_{SIRET}_ST-TECH", SIRET, True, "chorus_pro"),
            DirectoryLine(f"{SIREN}_{SIRET}_ZZ", SIRET, active=False),
        )
    }


@pytest.mark.parametrize("asked", [{"sirens": (SIREN,)}, {}])
def test_the_addresses_of_a_siren_come_by_one_search_and_those_of_the_unit_stand_apart(asked: Any) -> None:
    with AfnorServer(TOWN) as server:
        server.more_lines = [{"addressingIdentifier": SIREN, "siren": SIREN, "directoryLineStatus": "Enabled"}]
        found = Asking(server.environ, *(() if asked else (SIRET, OTHER)), lines=True, **asked).read()
        calls = server.calls()
    assert {owner: len(lines) for owner, lines in found.lines.items()} == {SIRET: 3, OTHER: 2, SIREN: 1}
    assert found.lines[SIREN] == (DirectoryLine(SIREN, "", active=True),)
    assert calls.count("/directory-line/search") == 1


def test_addresses_cost_one_call_for_a_siren_and_none_when_they_are_not_asked_for() -> None:
    made = portfolio(60, of_one_siren=6)
    counts = {}
    for lines in (False, True):
        with AfnorServer(made) as server:
            found = Asking(server.environ, *(one.siret for one in made), lines=lines).read()
            counts[lines] = len(server.calls())
        assert bool(found.lines) is lines
    assert counts[True] - counts[False] == 10


def test_one_search_serves_addresses_and_what_they_prove() -> None:
    """Whether a structure is public is seen by its addresses; they are not asked for a second time."""
    made = [Structure(one, public=False) for one in (SIRET, OTHER, STRANGER)]
    counts = {}
    for lines in (False, True):
        with AfnorServer(made) as server:
            Asking(server.environ, SIRET, OTHER, STRANGER, lines=lines).read()
            counts[lines] = server.calls().count("/directory-line/search")
    assert counts == {False: 3, True: 1}


def test_a_structure_without_an_address_has_none_and_of_a_private_one_that_says_nothing() -> None:
    with AfnorServer([Structure(SIRET, lines=False)]) as server:
        assert Asking(server.environ, SIRET, lines=True).read().lines == {SIRET: ()}
    with AfnorServer([Structure(SIRET, public=False, platform="WK"), Structure(OTHER, public=False, lines=False)]) as server:
        found = Asking(server.environ, SIRET, OTHER, lines=True).read().lines
    assert {owner: {line.platform for line in lines} for owner, lines in found.items()} == {SIRET: {"approved"}}


def test_what_is_not_in_the_directory_is_not_asked_for_its_addresses() -> None:
    with AfnorServer(TOWN) as server:
        found = Asking(server.environ, STRANGER, "31169999600013", lines=True).read()
        assert found.lines == {}
        assert "/directory-line/search" not in server.calls()


# The simulator


def test_the_simulator_refuses_what_is_no_request_of_the_directory() -> None:
    wrong = Seen("POST", f"{BASE}/siret/search", {}, {}, b'{"filters": {"siren": "211699996"}, "limit": 100, "ignore": 0}')
    with pytest.raises(ValidationError), AfnorServer(TOWN) as server:
        server.served(wrong)


def test_the_simulator_refuses_what_is_no_answer_of_the_directory() -> None:
    wrong = Seen("GET", f"{BASE}/siret/code-insee:{SIRET}", {}, {}, b"")
    with pytest.raises(ValidationError), AfnorServer([Structure(SIRET, demands={"pmonly": True})]) as server:
        server.served(wrong)
