"""Establishments of INSEE, budgets of DGFiP, addresses of invoices, users."""

from __future__ import annotations

import pytest

from chorus_config.model.directory import Budget, DirectoryUser, Establishment
from chorus_config.model.directory_line import DirectoryLine
from chorus_config.model.errors import NoInput, Unavailable
from chorus_config.sources.annuaire.read import read_annuaire, read_observed
from tests.sources.annuaire.making import OTHER, SIRET, Reader, table, town

WATER = "21160999500025"
BUDGETS = (
    "EXER;IDENT;NDEPT;LBUDG;INSEE;CBUDG;CTYPE;CSTYP;NOMEN;SIREN;COMPTE;BEDEB\n"
    f"2023;{WATER};016;EAU DE VALMONT;999;3;101;00;M49;211609995;1021;12.5\n"
    f"2023;{WATER};016;EAU DE VALMONT;999;3;101;00;M49;211609995;1022;0\n"
    f"2023;{SIRET};016;VALMONT;999;1;101;00;M57;211609995;1021;7\n"
    f"2023;{OTHER};016;SDITEC;999;1;403;00;M57;{OTHER[:9]};1021;7\n"
)
SIRENE = (
    "siren,nic,siret,numeroVoieEtablissement,indiceRepetitionEtablissement,typeVoieEtablissement,libelleVoieEtablissement,"
    "complementAdresseEtablissement,codePostalEtablissement,libelleCommuneEtablissement,etatAdministratifEtablissement,"
    "enseigne1Etablissement,denominationUsuelleEtablissement\n"
    f"211609995,00017,{SIRET},1,BIS,PL,DE LA MAIRIE,BAT A,16000,VALMONT,A,MAIRIE,\n"
    f"211609995,00025,{WATER},,,,,,16000,VALMONT,F,,EAU DE VALMONT\n"
    f"{OTHER[:9]},00011,{OTHER},,,,,,16000,VALMONT,?,,\n"
)
ADDRESSES = (
    "SIREN,Présent dans l'annuaire de la facturation électronique,Plateforme agréée rattachée,Adresse de facturation,"
    "Adresse de facturation active\n"
    f"211609995,Oui,Chorus Pro,211609995_{SIRET},Oui\n"
    f"211609995,Oui,Chorus Pro,0225:211609995_{SIRET}_ST_TECH,non\n"
    "211609995,Oui,X,211609995_ABC,\n"
    "211609995,Non,,,\n"
    f"{OTHER[:9]},Oui,Chorus Pro,{OTHER[:9]}_{OTHER},Oui\n"
)


def test_budgets_are_distinct_and_the_main_one_is_first(reader: Reader) -> None:
    directory = reader.put(balances_csv=BUDGETS).directory("211609995")
    assert directory.budgets == (
        Budget(SIRET, "VALMONT", "M57", "211609995", "principal", 2023),
        Budget(WATER, "EAU DE VALMONT", "M49", "211609995", "annexe", 2023),
    )
    assert [(one.kind, one.rows, one.kept) for one in directory.files] == [("budgets", 4, 3)]
    assert directory.snapshot.records == {}


def test_of_several_years_the_newest_of_each_siren_counts(reader: Reader) -> None:
    older = BUDGETS.replace("2023;", "2021;").replace("EAU DE VALMONT", "EAU") + f"2021;{SIRET}9;;X;;;;;;;;\n"
    reader.put(a_csv=BUDGETS.partition(f"2023;{OTHER}")[0], b_csv=older.partition(f"2021;{SIRET}9")[0])
    assert {(one.name, one.year) for one in reader.directory().budgets} == {
        ("VALMONT", 2023), ("EAU DE VALMONT", 2023), ("SDITEC", 2021),
    }  # fmt: skip
    assert reader.notes == ["note: the lists of budgets are of several years: of each SIREN the newest year counts"]


def test_a_budget_without_a_year_is_kept_beside_those_of_a_year(reader: Reader) -> None:
    reader.put(b_csv=BUDGETS.replace(f"2023;{WATER}", f";{WATER}"))
    assert [(one.name, one.year) for one in reader.directory("211609995").budgets] == [("VALMONT", 2023), ("EAU DE VALMONT", 0)]
    assert reader.notes == []


def test_a_budget_of_which_less_is_known(reader: Reader) -> None:
    reader.put(b_csv=f"IDENT;LBUDG;SIREN;NOMEN\n{SIRET};VALMONT;;M57\n")
    assert reader.directory().budgets == (Budget(SIRET, "VALMONT", "M57", "211609995"),)


def test_establishments_are_open_closed_or_not_known(reader: Reader) -> None:
    found = reader.put(stock_csv=SIRENE).directory().establishments
    assert found[SIRET] == Establishment(SIRET, True, "MAIRIE", "1 BIS PL DE LA MAIRIE", "BAT A", "16000", "VALMONT")
    assert found[WATER] == Establishment(WATER, False, "EAU DE VALMONT", "", "", "16000", "VALMONT")
    assert found[OTHER].is_open is None
    assert set(reader.directory("211609995").establishments) == {SIRET, WATER}


def test_the_portals_own_csv_gives_addresses(reader: Reader) -> None:
    lines = reader.put(export_csv=ADDRESSES.encode("cp1252")).directory(SIRET).lines
    assert lines == (
        DirectoryLine(f"211609995_{SIRET}", SIRET, True),
        DirectoryLine(f"211609995_{SIRET}_ST_TECH", SIRET, False),
        DirectoryLine("211609995_ABC", "", None),
    )
    assert len(reader.directory().lines) == 4
    assert len(reader.directory("211609995").lines) == 3


def test_addresses_alone_say_who_takes_them(reader: Reader) -> None:
    reader.put(export_csv=ADDRESSES)
    expected = r"no list of structures or services, only: the portal's own CSV.*are compared by `chorus-config drift`"
    for read in (read_annuaire, read_observed):
        with pytest.raises(NoInput, match=expected):
            read(".", reader.request(SIRET))


def test_an_address_with_too_few_cells_or_a_lost_siren_is_refused(reader: Reader) -> None:
    with pytest.raises(Unavailable, match=r"\(line 2\): the row has too few cells"):
        reader.put(a_csv="SIREN;Adresse de facturation\n211609995\n").directory()
    with pytest.raises(Unavailable, match=r"\(line 2, column SIREN\): 2,1E\+8 is what a spreadsheet left of a SIREN"):
        reader.put(a_csv="SIREN;Adresse de facturation\n2,1E+8;x\n").directory()


def test_users_are_matched_by_words_and_noted_as_such(reader: Reader) -> None:
    text = (
        "Prénom;Nom;Adresse électronique;Profils;Structure (SIRET)\n"
        f"Marie;DURAND;m.durand@valmont.fr;Organisation modification;{SIRET}\n"
        f"Paul;MARTIN;p@sditec.fr;;{OTHER} SDITEC\n"
        "Sans;MEL;;;\n"
    )
    directory = reader.put(users_csv=text).directory(SIRET)
    assert directory.users == (DirectoryUser("m.durand@valmont.fr", "DURAND", "Marie", "Organisation modification", SIRET),)
    assert len(reader.directory().users) == 2
    assert "matched by words: check what was understood" in reader.notes[0]
    assert not any("durand" in note.casefold() for note in reader.notes)
    assert directory.snapshot.records == {}


@pytest.mark.parametrize("status", ["Statut", "État de l'utilisateur", "Actif"])
def test_users_whose_status_says_inactive_are_left_out(reader: Reader, status: str) -> None:
    cells = {"a@b.fr": "Actif", "c@b.fr": "inactif", "d@b.fr": "Désactivé", "e@b.fr": "NON", "f@b.fr": ""}
    rows = "".join(f"X;{mailbox};{said};Non;{SIRET}\n" for mailbox, said in cells.items())
    reader.put(users_csv=f"Nom;Mél;{status};Statut de la structure;Structure\n{rows}")
    assert [one.email for one in reader.directory(SIRET).users] == ["a@b.fr", "f@b.fr"]


def test_a_role_is_read_before_an_habilitation(reader: Reader) -> None:
    text = (
        f"Nom;Mél;Habilitations;Rôle;SIRET\nX;a@b.fr;Modification;Gestionnaire principal;{SIRET}\nY;c@b.fr;Lecture;;{SIRET}\n"
    )
    users = reader.put(users_csv=text).directory(SIRET).users
    assert [one.role for one in users] == ["Gestionnaire principal", "Lecture"]


def test_for_sheets_alone_other_lists_are_not_read(reader: Reader) -> None:
    reader.put(structures_csv=table(town()), b_csv=BUDGETS.replace(WATER, "2E13"), users_csv="Nom;Mél\nA;b@c.fr\n")
    assert reader.body()
    assert reader.notes == []
