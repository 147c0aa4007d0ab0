"""What is read of a portfolio, and the traps of the API, by name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.model.errors import Unavailable, UsageFault
from chorus_config.model.observed.source import Asked
from chorus_config.model.project import ProjectConfig
from chorus_config.sources.piste.read import read_piste
from chorus_config.sources.snapshot_file.body import fault_of
from tests.servers.piste import PisteServer, portfolio, sheet, siret
from tests.servers.swagger import check_answer, check_request, swagger_missing
from tests.sources.piste.asking import (
    AT,
    MISSING,
    OPERATIONS,
    answer_with,
    block_with,
    expected,
    one_read,
    read_all,
    request_of,
    rows_with,
)

# What is read


def test_a_portfolio_is_read_as_it_is() -> None:
    with PisteServer(portfolio(25)) as server:
        found = read_piste("production", request_of(server, *(siret(number) for number in range(25))))
    wanted = {siret(number): expected(sheet(number)) for number in range(25)}
    assert {root: record.body for root, record in found.records.items()} == wanted
    assert [*found.records] == sorted(wanted)
    assert all(record.root == root for root, record in found.records.items())
    assert [fault_of(record.body, root) for root, record in found.records.items()] == [None] * 25
    assert (found.source, found.taken_at) == ("piste:production", AT)


def test_the_order_of_the_calls_is_that_of_the_description() -> None:
    with PisteServer([sheet(1)]) as server:
        read_all(server)
    assert server.operations() == [*OPERATIONS[:3], *["consulter/service"] * 3]
    assert server.tokens == 1


def test_requests_and_answers_are_those_of_the_description() -> None:
    swagger_missing()
    with PisteServer(portfolio(3)) as server:
        read_all(server)
    with pytest.raises(AssertionError):
        check_request("consulter", {"idStructure": 1})
    with pytest.raises(AssertionError):
        check_answer("rechercher", {"codeRetour": 0, "libelle": "", "listeStructures": [{"statut": "ACTIF"}]})


def test_a_structure_of_many_services_is_read_page_by_page() -> None:
    with PisteServer([sheet(1, services=250)]) as server:
        assert len(read_all(server)[siret(1)]["services"]) == 250
    assert server.operations().count("rechercher/services") == 3


def test_a_server_with_smaller_pages_than_asked_for() -> None:
    with PisteServer([sheet(1, services=25)], largest_page=10) as server:
        assert len(read_all(server)[siret(1)]["services"]) == 25


def test_a_structure_without_services_has_an_empty_list() -> None:
    with PisteServer([sheet(1, services=0)]) as server:
        assert read_all(server)[siret(1)]["services"] == []


def test_users_and_spaces_are_never_reported() -> None:
    body, _notes = one_read()
    assert not body.keys() & {"utilisateurs", "espaces", "coordonnees_bancaires"}


def test_a_structure_of_another_kind_of_identifiant() -> None:
    one = sheet(1)
    one["informations_generales"] |= {"type_identifiant": "RIDET", "identifiant": "0012345.001"}
    with PisteServer([one]) as server:
        assert read_all(server) == {"0012345.001": expected(one)}


# The traps


def test_trap_the_two_names_of_the_technical_number() -> None:
    with PisteServer([sheet(1)]) as server:
        read_all(server)
    assert server.asked("/consulter")[0].json == {"idStructureCPP": 1_000_000, "codeLangue": "fr"}
    assert server.asked("/rechercher/services")[0].json["idStructure"] == 1_000_000
    assert server.asked("/consulter/service")[0].json["idStructure"] == 1_000_000


@pytest.mark.parametrize(
    ("written", "statut"), [("ACTIVE", "ACTIF"), ("INACTIVE", "INACTIF"), ("ACTIF", "ACTIF"), ("INACTIF", "INACTIF")]
)
def test_trap_active_and_actif(written: str, statut: str) -> None:
    body, _notes = one_read(("rechercher", rows_with("listeStructures", statut=written)))
    assert body["informations_generales"]["statut"] == statut


@pytest.mark.parametrize(("operation", "rows"), [("rechercher", "listeStructures"), ("rechercher/services", "listeServices")])
def test_trap_an_object_instead_of_a_list_of_one(operation: str, rows: str) -> None:
    with PisteServer([sheet(1, services=1)]) as server:
        server.alter(operation, lambda data: {**data, rows: data[rows][0]})
        assert read_all(server) == {siret(1): expected(sheet(1, services=1))}


def test_trap_a_missing_or_empty_field_is_not_reported_never_false() -> None:
    body, notes = one_read(
        ("consulter", block_with("parametres", getaMoa=None, connexionEDI=MISSING, recevoirDonneesViaEDI="")),
        ("consulter", block_with("informationGenerales", libelleStructure=None, emailStructure=" ")),
        ("consulter/service", answer_with(adressePostale=None, parametres=None)),
    )
    assert notes == []
    assert not body["parametres"].keys() & {"structure_avec_moa", "reception_donnees_edi"}
    assert not body["informations_generales"].keys() & {"libelle", "adresse_electronique", "emetteur_flux_edi"}
    assert not any("adresse_postale" in service or "engagement_obligatoire" in service for service in body["services"])


def test_trap_blocks_that_are_missing_altogether() -> None:
    body, _notes = one_read(("consulter", answer_with(parametres=None, adressePostaleDuSiege=MISSING)))
    assert not body.keys() & {"parametres", "adresse_postale"}


@pytest.mark.parametrize(
    "written",
    [
        "2030-06-01 00:00",
        "2030-06-01T00:00:00+02:00",
        "2030-06-01T00:00:00.000+0200",
        "2030-06-01",
        "2030-05-31T22:00:00Z",
    ],
)
def test_trap_dates_in_three_forms(written: str) -> None:
    body, _notes = one_read(("consulter/service", block_with("parametres", dateFinValidite=written)))
    assert {service["date_fin"] for service in body["services"]} == {"2030-06-01"}


def test_trap_the_dates_of_the_row_where_the_detail_has_none() -> None:
    body, _notes = one_read(("consulter/service", answer_with(parametres={})))
    assert (body["services"][1]["date_debut"], body["services"][1]["date_fin"]) == ("2016-09-01", "2050-12-31")


def test_trap_an_identifiant_as_a_number_without_its_zeros() -> None:
    name = "01234567800012"
    one = sheet(1)
    one["informations_generales"]["identifiant"] = name
    with PisteServer([one]) as server:
        server.alter("rechercher", rows_with("listeStructures", identifiantStructure=int(name), idStructureCPP="1000000"))
        server.alter("consulter", block_with("informationGenerales", identifiantStructure=int(name)))
        server.alter("consulter", block_with("adressePostaleDuSiege", codePostal=1000))
        body = read_all(server)[name]
    assert body["informations_generales"]["identifiant"] == name
    assert body["adresse_postale"]["code_postal"] == "01000"


def test_trap_an_identifiant_as_a_number_where_nothing_says_its_type() -> None:
    name = "01234567800012"
    one = sheet(1)
    one["informations_generales"]["identifiant"] = name
    with PisteServer([one]) as server:
        server.alter(
            "rechercher", rows_with("listeStructures", identifiantStructure=int(name), typeIdentifiantStructure=MISSING)
        )
        server.alter(
            "consulter",
            block_with("informationGenerales", identifiantStructure=int(name), typeIdentifiantStructure=MISSING),
        )
        assert [*read_all(server)] == [name]


def test_trap_a_body_is_never_empty_and_says_what_it_is() -> None:
    with PisteServer([sheet(1)]) as server:
        read_all(server)
    # The server itself refuses other headers.
    assert all(one.body.startswith(b"{") for one in server.seen if "/cpro/" in one.path)


def test_trap_a_service_is_known_by_its_code_whatever_its_number() -> None:
    shuffled = sheet(1)
    shuffled["services"].reverse()
    with PisteServer([shuffled]) as server:
        assert read_all(server) == {siret(1): expected(sheet(1))}


def test_trap_a_service_made_anew_under_its_code_is_the_active_one() -> None:
    one = sheet(1)
    one["services"].insert(1, {"code": "ST-1", "libelle": "Ancien", "actif": False})
    with PisteServer([one]) as server:
        names = [service["libelle"] for service in read_all(server)[siret(1)]["services"]]
    assert names == [service["libelle"] for service in sheet(1)["services"]]


def test_trap_equal_services_of_one_code_are_one() -> None:
    one = sheet(1)
    one["services"] += [dict(one["services"][1]), dict(one["services"][2])]
    with PisteServer([one]) as server:
        assert read_all(server) == {siret(1): expected(sheet(1))}


@pytest.mark.parametrize("active", [False, True])
def test_trap_services_of_one_code_that_nobody_can_choose_from_are_not_reported(active: bool) -> None:
    notes: list[str] = []
    one = sheet(1)
    one["services"] += [{"code": "X", "libelle": name, "actif": active} for name in ("Ancien", "Très ancien")]
    with PisteServer([one, sheet(2)]) as server:
        found = read_all(server, note=notes.append)
    whole = expected(sheet(1))
    assert found == {siret(1): {key: whole[key] for key in whole if key != "services"}, siret(2): expected(sheet(2))}
    told = "services that are not compared, since Chorus Pro has several with the same code"
    assert notes == [f"note: piste: {told}, and not one of them alone is active: {siret(1)}"]


def test_trap_getamoa_and_amoa() -> None:
    body, _notes = one_read(("consulter", block_with("parametres", getaMoa=MISSING, aMoa=True)))
    assert body["parametres"]["structure_avec_moa"] is True


def test_trap_demands_are_taken_one_by_one_also_when_they_overlap() -> None:
    flags = {"gestionNumeroEJOuCodeService": True, "numeroEJDoitEtreRenseigne": True, "codeServiceDoitEtreRenseigne": False}
    body, _notes = one_read(("consulter", block_with("parametres", **flags)))
    assert body["parametres"]["engagement_ou_code_service_obligatoire"] is True
    assert body["parametres"]["engagement_juridique_obligatoire"] is True
    assert body["parametres"]["code_service_obligatoire"] is False


def test_trap_a_payment_status_that_is_not_handed_on_is_the_tick_itself() -> None:
    for flag in (True, False):
        body, _notes = one_read(("consulter", block_with("parametres", statutMiseEnPaiementNestPasRemonte=flag)))
        assert body["parametres"]["mise_en_paiement_non_remontee"] is flag


def test_trap_paging_at_the_top_of_a_service_means_nothing() -> None:
    body, _notes = one_read(("consulter/service", answer_with(pages=7, pageCourante=3, total=99)))
    assert len(body["services"]) == 3


def test_trap_sorting_is_asked_for_by_its_right_names() -> None:
    with PisteServer([sheet(1)]) as server:
        read_all(server)
    assert server.asked("/rechercher")[0].json["parametres"]["triSens"] == "Ascendant"
    asked = server.asked("/rechercher/services")[0].json["parametresRechercherServicesStructure"]
    assert (asked["triColonne"], asked["triSens"]) == ("CodeService", "Ascendant")


def test_unknown_fields_are_left_aside() -> None:
    changes = [(operation, answer_with(nouveau={"x": [1]})) for operation in OPERATIONS]
    body, notes = one_read(*changes, ("consulter", block_with("parametres", nouveauParametre=True)))
    assert body == expected(sheet(1))
    assert notes == []


def test_values_of_another_kind_are_not_reported_and_are_told_without_being_shown() -> None:
    body, notes = one_read(
        ("consulter", block_with("parametres", getaMoa="oui", estMoaUniquement=1)),
        ("consulter", block_with("informationGenerales", emailStructure={"x": 1}, libelleStructure="x" * 5000)),
        ("consulter/service", block_with("parametres", dateFinValidite="31/12/2050")),
    )
    assert not body["parametres"].keys() & {"structure_avec_moa", "moa_uniquement"}
    assert not body["informations_generales"].keys() & {"adresse_electronique", "libelle"}
    # The row of the list still says when a service ends.
    assert body["services"][1]["date_fin"] == "2050-12-31"
    names = ["informationGenerales.emailStructure", "informationGenerales.libelleStructure", "parametres.dateFinValidite"]
    names += ["parametres.estMoaUniquement", "parametres.getaMoa"]
    assert notes == [f"note: piste: not understood in some structures, and taken as not reported: {', '.join(names)}"]


def test_hostile_text_is_cleaned() -> None:
    hostile = block_with("informationGenerales", libelleStructure="Commune\r\nde \u202eValmont\x1b[31m\t\u200b")
    body, _notes = one_read(("consulter", hostile))
    assert body["informations_generales"]["libelle"] == "Commune de Valmont[31m"


# The technical password


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("2026-12-24T00:00:00.000+01:00", None),
        ("2026-12-23T00:00:00.000+01:00", "ends on 2026-12-23 (days left: 30)"),
        ("2026-11-23T00:00:00.000+01:00", "ends on 2026-11-23 (days left: 0)"),
        ("2026-11-01 00:00", "ended on 2026-11-01"),
    ],
)
@pytest.mark.parametrize("day", [None, date(2026, 11, 23)])
def test_the_end_of_a_technical_password_is_told_from_30_days_before(end: str, told: str | None, day: date | None) -> None:
    notes: list[str] = []
    with PisteServer(portfolio(5)) as server:
        server.passwords_end = {siret(number): end for number in range(5)}
        read_all(server, note=notes.append, day=day)
    assert len(notes) == (told is not None)
    for note in notes:
        assert told is not None
        assert told in note
        assert ", ".join(sorted(siret(number) for number in range(5))[:3]) + " … (5)" in note


def test_an_end_of_a_password_that_is_not_understood_is_told() -> None:
    _body, notes = one_read(("consulter", block_with("informationGenerales", dateExpirationMotPasseCompteTech=1798675200000)))
    assert [note.endswith("informationGenerales.dateExpirationMotPasseCompteTech") for note in notes] == [True]


# Where it is asked


def test_the_project_says_which_environment_when_the_address_does_not() -> None:
    with PisteServer([sheet(1)]) as server:
        notes: list[str] = []
        request = request_of(server, siret(1), project=ProjectConfig(environment="qualification"), note=notes.append)
        assert read_piste("", request).source == "piste:qualification"
        assert read_piste("qualification", request).source == "piste:qualification"
        assert notes == []
        assert read_piste("production", request).source == "piste:production"
        assert ["« piste:production » is read, though the project is one of the qualification" in note for note in notes] == [
            True
        ]
        assert read_piste("qualification", replace(request, project=ProjectConfig())).source == "piste:qualification"
        assert "« piste:qualification » is read, though the project is one of the production" in notes[1]
        with pytest.raises(UsageFault, match="« piste:sandbox » is unknown"):
            read_piste("sandbox", replace(request, asked=Asked()))


def test_progress_is_shown_by_structure() -> None:
    shown: list[tuple[int | None, str]] = []

    def follow(items: Any, count: int | None, label: str) -> Any:
        shown.append((count, label))
        return items

    with PisteServer(portfolio(4)) as server:
        read_all(server, follow=follow)
    assert shown == [(3, "Searches"), (4, "Structures")]


def test_a_page_count_that_changes_once_is_borne_and_for_ever_is_not() -> None:
    counts = block_with("parametresRetour", pages=4, total=31)
    with PisteServer([sheet(1, services=25)], largest_page=10) as server:
        server.alter("rechercher/services", counts, after=1, times=1)
        assert len(read_all(server)[siret(1)]["services"]) == 25
        server.alter("rechercher/services", counts, after=1, times=1)
        server.alter("rechercher/services", counts, after=3, times=1)
        with pytest.raises(Unavailable, match="the number of its pages or rows changed while it was read"):
            read_all(server)
