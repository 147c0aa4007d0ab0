"""An extract of the directory in XML."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from chorus_config.model.errors import NoInput, Unavailable
from chorus_config.model.observed.directory_line import DirectoryLine
from chorus_config.sources.annuaire.read import read_directory
from chorus_config.sources.snapshot_file.body import fault_of
from tests.sources.annuaire.making import OTHER, PUBLIC, SIRET, Reader, table, town

ESTABLISHMENT = """\
<a:Etablissement><IdInstance>1</IdInstance><MotifPresence>C</MotifPresence><Statut>A</Statut>
<IdSIRET qualifiant="0009">21160999500017</IdSIRET><Nom>COMMUNE DE VALMONT</Nom>
<LigneAdresse1>1 place de la Mairie</LigneAdresse1><LigneAdresse2>Bâtiment A</LigneAdresse2><LigneAdresse3>2e</LigneAdresse3>
<Localite>VALMONT</Localite><CP>16000</CP><CodePays>FR</CodePays><DonneesB2G><EngagementJuridique>false</EngagementJuridique>
<Service>true</Service><EngJurServ>false</EngJurServ><MOA>true</MOA><MOAunique>false</MOAunique>
<StatutMiseEnPaiement>false</StatutMiseEnPaiement></DonneesB2G></a:Etablissement>"""
ROUTING = """\
<a:CodeRoutage><MotifPresence>C</MotifPresence><Statut>{status}</Statut><IdSIRET>21160999500017</IdSIRET>
<IdRoutage qualifiant="{scheme}">{code}</IdRoutage><Nom>Services techniques</Nom><LigneAdresse1>2 rue du Port</LigneAdresse1>
<LigneAdresse2>Hangar</LigneAdresse2><LigneAdresse3>Quai 3</LigneAdresse3><Localite>VALMONT</Localite><CP>16000</CP>
<CodePays>FR</CodePays><EngagementJuridique>true</EngagementJuridique></a:CodeRoutage>"""
LINE = """\
<a:LigneAnnuaire><Nature>{nature}</Nature><DateEffet><DateDebut>{begins}</DateDebut>{ends}</DateEffet><InfoAdressage>
<IdLinSIREN>211609995</IdLinSIREN><IdLinSIRET>21160999500017</IdLinSIRET>{code}</InfoAdressage>
<IdPlateforme>9999</IdPlateforme></a:LigneAnnuaire>"""


def routing(code: str = "ST-TECH", status: str = "A", scheme: str = "0224") -> str:
    """Return a routing code."""
    return ROUTING.format(code=code, status=status, scheme=scheme)


def line(code: str = "", nature: str = "D", begins: str = "20260901", ends: str = "") -> str:
    """Return a line of the directory."""
    said = f"<IdLinRoutage>{code}</IdLinRoutage>" if code else ""
    return LINE.format(code=said, nature=nature, begins=begins, ends=ends)


def extract(*records: str, flux: str = "C") -> str:
    """Return an extract."""
    parts = "".join(records)
    head = f'<?xml version="1.0" encoding="UTF-8"?><a:AnnuaireConsultationF14 xmlns:a="urn:x"><TypeFlux>{flux}</TypeFlux>'
    return f"{head}{parts}</a:AnnuaireConsultationF14>"


def test_an_establishment_and_its_routing_codes_are_a_structure_with_services(reader: Reader) -> None:
    body = reader.put(f14_xml=extract(ESTABLISHMENT, routing("FACTURES_PUBLIQUES"), routing(status="I"))).body()
    assert body == {
        "type": "fiche-structure",
        "version": 1,
        "informations_generales": {
            "identifiant": SIRET,
            "type_identifiant": "SIRET",
            "raison_sociale": "COMMUNE DE VALMONT",
        },
        "adresse_postale": {
            "adresse": "1 place de la Mairie",
            "complement_1": "Bâtiment A",
            "complement_2": "2e",
            "code_postal": "16000",
            "ville": "VALMONT",
            "pays": "France",
        },
        "parametres": {
            "mise_en_paiement_non_remontee": True,
            "engagement_juridique_obligatoire": False,
            "code_service_obligatoire": True,
            "engagement_ou_code_service_obligatoire": False,
            "structure_avec_moa": True,
            "moa_uniquement": False,
        },
        "services": body["services"],
    }
    assert [(one["code"], one["actif"]) for one in body["services"]] == [("FACTURES_PUBLIQUES", True), ("ST-TECH", False)]
    assert body["services"][1] == {
        "code": "ST-TECH",
        "libelle": "Services techniques",
        "actif": False,
        "engagement_obligatoire": True,
        "adresse_postale": {
            "adresse": "2 rue du Port",
            "complement_1": "Hangar",
            "complement_2": "Quai 3",
            "code_postal": "16000",
            "ville": "VALMONT",
            "pays": "France",
        },
    }
    assert fault_of(body, SIRET) is None


def test_without_data_of_public_bodies_no_parameter_is_said(reader: Reader) -> None:
    without = ESTABLISHMENT.partition("<DonneesB2G>")[0] + "</a:Etablissement>"
    body = reader.put(f14_xml=extract(without)).body()
    assert "parametres" not in body
    assert "services" not in body


def test_a_code_of_another_scheme_is_no_service(reader: Reader) -> None:
    body = reader.put(f14_xml=extract(ESTABLISHMENT, routing("FACTURES_PUBLIQUES"), routing(scheme="9999"))).body()
    assert [one["code"] for one in body["services"]] == ["FACTURES_PUBLIQUES"]


@pytest.mark.parametrize("codes", [[routing("FACTURES_PUBLIQUES")], [routing()]])
def test_an_extract_says_nothing_of_the_services_of_structures_that_it_lacks(reader: Reader, codes: list[str]) -> None:
    reader.put(structures_csv=table(town(), town(Identifiant=OTHER)), f14_xml=extract(ESTABLISHMENT, *codes))
    assert "FACTURES_PUBLIQUES" in [one["code"] for one in reader.body()["services"]]
    assert "services" not in reader.body(OTHER)


def test_an_extract_of_changes_makes_no_list_complete(reader: Reader) -> None:
    body = reader.put(f14_xml=extract(ESTABLISHMENT, routing(), flux="D")).body()
    assert "services" not in body
    assert "holds changes only" in reader.notes[0]


def test_what_is_removed_is_not_there(reader: Reader) -> None:
    gone = ESTABLISHMENT.replace("<MotifPresence>C<", "<MotifPresence>S<")
    assert reader.put(f14_xml=extract(gone)).snapshot(SIRET).records == {}


def test_lines_say_which_addresses_are_in_force_on_the_day(reader: Reader) -> None:
    lines = [
        line(),
        line("ST-TECH", ends="<DateFin>20261126</DateFin>"),
        line("OLD_1", ends="<DateFinEffective>2026-11-25</DateFinEffective>"),
        line("NEXT", begins="20270101"),
        line("HIDDEN", nature="M"),
    ]
    directory = reader.put(f14_xml=extract(*lines)).directory(SIRET)
    assert directory.lines == (
        DirectoryLine("211609995_21160999500017", SIRET, True, "chorus_pro"),
        DirectoryLine("211609995_21160999500017_ST-TECH", SIRET, True, "chorus_pro"),
        DirectoryLine("211609995_21160999500017_OLD_1", SIRET, False, "chorus_pro"),
        DirectoryLine("211609995_21160999500017_NEXT", SIRET, False, "chorus_pro"),
        DirectoryLine("211609995_21160999500017_HIDDEN", SIRET, False, "chorus_pro"),
    )
    assert reader.directory(OTHER).lines == ()


def test_before_there_was_a_directory_the_day_of_the_reading_counts(reader: Reader) -> None:
    """The rules of a project may be those of 2016, as in the guide."""
    reader.put(f14_xml=extract(line(), line("NEXT", begins="21270101")))
    request = reader.request(SIRET)
    for day, active in ((date(2016, 10, 1), [True, False]), (date(2025, 9, 18), [False, False])):
        assert [one.active for one in read_directory(".", replace(request, day=day)).lines] == active


def test_a_line_says_who_receives_for_it(reader: Reader) -> None:
    numbers = {"": "", "9999": "chorus_pro", "9998": "", "9997": "", "0123": "approved"}
    texts = [line(code).replace(">9999<", f">{number}<") for code, number in zip("ABCDE", numbers, strict=True)]
    found = reader.put(f14_xml=extract(*texts)).directory(SIRET).lines
    assert [one.platform for one in found] == [*numbers.values()]


def test_an_extract_of_changes_does_not_say_which_addresses_there_are(reader: Reader) -> None:
    assert reader.put(f14_xml=extract(ESTABLISHMENT, line(), flux="D")).directory(SIRET).lines == ()


def test_several_extracts_are_read_as_one(reader: Reader) -> None:
    reader.put(a_xml=extract(ESTABLISHMENT), b_xml=extract(routing(), routing("FACTURES_PUBLIQUES")))
    assert len(reader.body()["services"]) == 2


def test_the_list_of_structures_speaks_first_and_the_extract_fills_in(reader: Reader) -> None:
    rows = [town(RaisonSociale="VALMONT (COMMUNE)", GestionService="", Courriel="")]
    reader.put(structures_csv=table(*rows), services_csv=table(PUBLIC), f14_xml=extract(ESTABLISHMENT, routing()))
    body = reader.body()
    assert body["informations_generales"]["raison_sociale"] == "VALMONT (COMMUNE)"
    assert body["parametres"]["code_service_obligatoire"] is True
    assert [one["code"] for one in body["services"]] == ["FACTURES_PUBLIQUES"]
    assert any(
        "on which the list of structures and the extract differ, the list is followed: 3" in note for note in reader.notes
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "it declares a document type"),
        (extract(ESTABLISHMENT)[:-40], "the XML is truncated or damaged"),
        ("<x>" * 40, "nested deeper"),
        (f"<x>{'a' * 70_000}</x>", "a text is longer"),
        ("<x>\0</x>", "the XML is truncated or damaged"),
    ],
)
def test_what_is_no_good_xml_is_refused_with_its_line(reader: Reader, content: str, words: str) -> None:
    with pytest.raises(Unavailable, match=rf"f14\.xml cannot be used \(line \d+\): .*{words}"):
        reader.put(f14_xml=content).snapshot(where="f14.xml")


def test_a_damaged_extract_of_a_folder_is_refused(reader: Reader) -> None:
    with pytest.raises(Unavailable, match="the XML is truncated or damaged"):
        reader.put(structures_csv=table(town()), f14_xml=extract(ESTABLISHMENT)[:-40]).snapshot()


def test_another_xml_is_left_aside_beside_a_list_and_no_input_alone(reader: Reader) -> None:
    reader.put(other_xml="<x></x>")
    with pytest.raises(NoInput):
        reader.snapshot(where="other.xml")
    assert "is no extract of the directory" in reader.notes.pop()
    assert reader.put(structures_csv=table(town())).body()
    assert reader.notes == ["note: left aside, since no list that is known can be recognised by its columns: ./other.xml"]
