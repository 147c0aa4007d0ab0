"""`annuaire:PATH`: lists of structures and services in delimited text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.model.errors import NoInput, Unavailable, UsageFault
from chorus_config.sources.annuaire.read import read_annuaire, read_compared
from chorus_config.sources.snapshot_file.body import fault_of
from tests.sources.annuaire.making import OTHER, PUBLIC, SIRET, Reader, service, table, town, zipped


def test_a_structure_is_read_in_the_shape_of_a_sheet(reader: Reader) -> None:
    body = reader.put(structures_csv=table(town())).body()
    assert body == {
        "type": "fiche-structure",
        "version": 1,
        "informations_generales": {
            "identifiant": SIRET,
            "type_identifiant": "SIRET",
            "raison_sociale": "COMMUNE DE VALMONT",
            "statut": "ACTIF",
            "adresse_electronique": "mairie@valmont.fr",
            "emetteur_flux_edi": False,
        },
        "adresse_postale": {
            "adresse": "1 place de la Mairie",
            "complement_1": "Bâtiment A",
            "complement_2": "2e étage",
            "code_postal": "16000",
            "ville": "VALMONT",
            "pays": "France",
            "telephone": "+33 545222040",
        },
        "parametres": {
            "reception_donnees_edi": True,
            "mise_en_paiement_non_remontee": False,
            "engagement_juridique_obligatoire": False,
            "code_service_obligatoire": True,
            "engagement_ou_code_service_obligatoire": False,
            "structure_avec_moa": True,
            "moa_uniquement": False,
        },
    }
    assert fault_of(body, SIRET) is None
    assert reader.notes == []


def test_a_managed_payment_status_is_sent_up(reader: Reader) -> None:
    rows = [town(GestionStatutMiseEnPaiement="false")]
    assert reader.put(structures_csv=table(*rows)).body()["parametres"]["mise_en_paiement_non_remontee"] is True


def test_what_a_cell_does_not_say_is_left_out(reader: Reader) -> None:
    row = town(ComplementAdresse1="", GestionService="", StructureActive="", LibellePays="", Courriel=" ", EstMOA="peut-être")
    body = reader.put(structures_csv=table(row)).body()
    assert "complement_1" not in body["adresse_postale"]
    assert "code_service_obligatoire" not in body["parametres"]
    assert "structure_avec_moa" not in body["parametres"]
    assert not {"statut", "adresse_electronique", "libelle"} & body["informations_generales"].keys()
    assert body["adresse_postale"]["pays"] == "France"
    assert reader.notes == [
        "note: ./structures.csv: cells that say neither yes nor no, left out: 1 (first: line 2, column EstMOA)"
    ]


def test_an_inactive_structure_has_the_status_of_the_sheets(reader: Reader) -> None:
    body = reader.put(structures_csv=table(town(StructureActive="FALSE"))).body()
    assert body["informations_generales"]["statut"] == "INACTIF"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separator_order_and_case_of_the_columns_do_not_count(reader: Reader, separator: str) -> None:
    turned = {name.upper(): value for name, value in reversed(town().items())}
    expected = reader.put(structures_csv=table(town())).body()
    assert Reader(reader.folder).put(structures_csv=table(turned, separator=separator)).body() == expected


def test_a_file_is_known_by_its_columns_whatever_its_name(reader: Reader) -> None:
    (reader.folder / "liste du 12.txt").write_text(table(town()), encoding="utf-8-sig")
    (reader.folder / "z").write_text(table(PUBLIC, service()), encoding="utf-8")
    files = reader.directory(SIRET).files
    assert [(one.path, one.kind, one.rows, one.kept) for one in files] == [
        ("./liste du 12.txt", "structures", 1, 1),
        ("./z", "services", 2, 2),
    ]


def test_unknown_columns_are_noted_once(reader: Reader) -> None:
    rows = [{**town(), "DateMiseAJour": "2026"}, {**town(Identifiant=OTHER), "DateMiseAJour": "2025"}]
    reader.put(structures_csv=table(*rows)).snapshot()
    assert reader.notes == ["note: ./structures.csv: columns that are not known, not read: DateMiseAJour"]


def test_only_what_is_asked_for_is_read(reader: Reader) -> None:
    reader.put(structures_csv=table(town(), town(Identifiant=OTHER)))
    assert set(reader.snapshot(OTHER).records) == {OTHER}
    assert set(reader.snapshot(SIRET[:9]).records) == {SIRET}
    assert set(reader.snapshot().records) == {SIRET, OTHER}
    assert set(reader.snapshot("13001100000000").records) == set()


def test_services_are_a_whole_list_where_one_was_read(reader: Reader) -> None:
    reader.put(structures_csv=table(town(), town(Identifiant=OTHER)), services_csv=table(PUBLIC, service()))
    records = reader.snapshot(SIRET, OTHER).records
    services = reader.body()["services"]
    assert [one["code"] for one in services] == ["FACTURES_PUBLIQUES", "ST-TECH"]
    assert services[1] == {
        "code": "ST-TECH",
        "libelle": "Services techniques",
        "actif": True,
        "engagement_obligatoire": True,
        "adresse_postale": {
            "adresse": "2 rue du Port",
            "complement_1": "Hangar",
            "complement_2": "Quai 3",
            "code_postal": "16000",
            "ville": "VALMONT",
            "pays": "France",
            "telephone": "+33 545222041",
        },
    }
    assert "services" not in records[OTHER].body
    assert all(fault_of(record.body, root) is None for root, record in records.items())


def test_without_a_list_of_services_nothing_is_said_of_them(reader: Reader) -> None:
    assert "services" not in reader.put(structures_csv=table(town())).body()


def test_a_list_without_any_public_invoices_does_not_remove_them(reader: Reader) -> None:
    reader.put(structures_csv=table(town()), services_csv=table(service()))
    assert [one["code"] for one in reader.body()["services"]] == ["FACTURES_PUBLIQUES", "ST-TECH"]
    assert reader.body()["services"][0] == {"code": "FACTURES_PUBLIQUES"}
    assert "holds no service FACTURES_PUBLIQUES at all" in reader.notes[0]


def test_a_structure_without_its_public_invoices_is_not_listed_whole(reader: Reader) -> None:
    reader.put(
        structures_csv=table(town(), town(Identifiant=OTHER)), services_csv=table(service(), {**PUBLIC, "Identifiant": OTHER})
    )
    assert "services" not in reader.body()
    assert len(reader.notes) == 1
    assert "their services are not taken for complete, and left out: 1 (first: 21160999500017)" in reader.notes[0]
    assert [one["code"] for one in reader.body(OTHER)["services"]] == ["FACTURES_PUBLIQUES"]


def test_a_list_that_says_nothing_of_a_structure_does_not_remove_its_services(reader: Reader) -> None:
    reader.put(structures_csv=table(town(), town(Identifiant=OTHER)), services_csv=table(service()))
    assert "services" not in reader.body(OTHER)
    assert reader.body()["services"]


def test_services_alone_make_structures_of_which_no_more_is_known(reader: Reader) -> None:
    body = reader.put(services_csv=table(PUBLIC)).body()
    assert set(body) == {"type", "version", "informations_generales", "services"}


def test_services_of_structures_that_the_list_lacks_are_left_aside(reader: Reader) -> None:
    reader.put(structures_csv=table(town()), services_csv=table(PUBLIC, service(Identifiant=OTHER)))
    assert set(reader.snapshot().records) == {SIRET}
    assert reader.notes == [f"note: services of structures that the list of structures lacks, left aside: 1 (first: {OTHER})"]


def test_of_two_rows_the_last_active_one_counts(reader: Reader) -> None:
    rows = [
        town(RaisonSociale="OLD", StructureActive="false"),
        town(RaisonSociale="NEW"),
        town(RaisonSociale="GONE", StructureActive="false"),
    ]
    closed = service(ServiceActif="false", Nom="Fermé")
    reader.put(structures_csv=table(*rows), services_csv=table(PUBLIC, service(), closed))
    body = reader.body()
    assert body["informations_generales"]["raison_sociale"] == "NEW"
    assert body["services"][1]["libelle"] == "Services techniques"
    assert [note.partition("once")[2] for note in reader.notes] == [
        ", the last active one counts: 2 (first: line 3, column Identifiant)",
        ", the last active one counts: 1 (first: line 4)",
    ]


def test_a_siret_that_fails_its_checksum_is_a_real_structure(reader: Reader) -> None:
    odd = "13001100000000"
    assert odd in reader.put(structures_csv=table(town(Identifiant=odd))).snapshot(odd).records
    assert "SIRET whose check digits do not hold, kept since such structures exist: 1" in reader.notes[0]


def test_damaged_texts_are_noted_and_kept(reader: Reader) -> None:
    body = reader.put(structures_csv=table(town(Ville="St Martin H¿res"))).body()
    assert body["adresse_postale"]["ville"] == "St Martin H¿res"
    assert reader.notes == [
        "note: ./structures.csv: texts that lost letters, kept as they stand: 1 (first: line 2, column Ville)"
    ]


def test_latin_1_is_read_and_noted_once(reader: Reader) -> None:
    rows = [town(Identifiant=OTHER), *(town(Identifiant=f"{n:014}") for n in range(3000)), town(RaisonSociale="SÈVRES – CŒUR")]
    body = reader.put(structures_csv=table(*rows).encode("cp1252")).body()
    assert body["informations_generales"]["raison_sociale"] == "SÈVRES – CŒUR"
    assert reader.notes == ["note: ./structures.csv: lines that are not UTF-8, read as Windows-1252: 3002 (first: line 2)"]


def test_a_byte_that_is_not_utf_8_touches_its_line_alone(reader: Reader) -> None:
    rows = [*(town(Identifiant=f"{n:014}", Ville="SÈVRES") for n in range(3000)), town(RaisonSociale="SÈVRES – CŒUR")]
    lines = table(*rows).encode().split(b"\n")
    lines[2000] = lines[2000].replace("SÈVRES".encode(), "SÈVRES".encode("cp1252"))
    records = reader.put(structures_csv=b"\xef\xbb\xbf" + b"\r\n".join(lines)).snapshot().records
    bodies: dict[str, Any] = {root: record.body for root, record in records.items()}
    assert bodies.pop(SIRET)["informations_generales"]["raison_sociale"] == "SÈVRES – CŒUR"
    assert {body["adresse_postale"]["ville"] for body in bodies.values()} == {"SÈVRES"}
    assert reader.notes[-1].endswith("lines that are not UTF-8, read as Windows-1252: 1 (first: line 2001)")


def test_old_line_ends_are_line_ends(reader: Reader) -> None:
    text = table(town(Ville="SÈVRES"), town(Identifiant=OTHER)).replace("\n", "\r")
    assert set(reader.put(structures_csv=text).snapshot().records) == {SIRET, OTHER}
    assert set(reader.put(structures_csv=text.encode("cp1252")).snapshot().records) == {SIRET, OTHER}


def test_a_byte_order_mark_does_not_count(reader: Reader) -> None:
    assert reader.put(structures_csv=table(town()).encode("utf-8-sig")).body()
    assert reader.notes == []


def test_leading_zeros_of_a_siret_are_restored(reader: Reader) -> None:
    assert reader.put(structures_csv=table(town(Identifiant="7180510014", TypeIdentifiant="SIRET"))).body("00007180510014")
    assert reader.put(structures_csv=table(town(Identifiant="057 502 430 009", TypeIdentifiant=""))).body("00057502430009")


@pytest.mark.parametrize("asked", [SIRET, OTHER])
@pytest.mark.parametrize("written", ["2,51603E+13", "2,11609995E+13", "2.116099950E13"])
def test_a_siret_in_scientific_notation_is_lost(reader: Reader, asked: str, written: str) -> None:
    reader.put(structures_csv=table(town(), town(Identifiant=written, TypeIdentifiant="0")))
    with pytest.raises(Unavailable) as raised:
        reader.snapshot(asked)
    assert f"structures.csv cannot be used (line 3, column Identifiant): {written} is what a spreadsheet" in str(raised.value)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("UE_HORS_FRANCE", "DE123456789012"),
        ("UE_HORS_FRANCE", "PT123456789"),
        ("AUTRE", "123E4"),
        ("AUTRE", "1234567890E123"),
        ("TAHITI", "123456789012"),
        ("RIDET", "12345678901"),
    ],
)
def test_identifiants_of_other_types_stand_as_they_are(reader: Reader, kind: str, written: str) -> None:
    body = reader.put(structures_csv=table(town(Identifiant=written, TypeIdentifiant=kind))).body(written)
    assert body["informations_generales"]["identifiant"] == written
    assert body["informations_generales"]["type_identifiant"] == kind


def test_services_of_an_identifiant_of_another_type_are_found(reader: Reader) -> None:
    written = "123456789012"
    reader.put(
        structures_csv=table(town(Identifiant=written, TypeIdentifiant="TAHITI")),
        services_csv=table({**PUBLIC, "Identifiant": written}),
    )
    assert len(reader.body(written)["services"]) == 1
    found: Any = reader.snapshot().records[written].body
    assert len(found["services"]) == 1


def test_two_files_of_one_kind_are_refused_by_name(reader: Reader) -> None:
    reader.put(a_csv=table(town()), b_csv=table(town()))
    with pytest.raises(Unavailable, match=r"\./a\.csv and \./b\.csv are both the list of structures: two weeks"):
        reader.snapshot(SIRET)
    assert reader.body(where="b.csv")


def test_a_needed_column_that_lacks_is_named(reader: Reader) -> None:
    row = {name: value for name, value in service().items() if name != "Code"}
    with pytest.raises(Unavailable, match="it is the list of services, but the column Code is missing: fetch it again"):
        reader.put(services_csv=table(row)).snapshot()


def test_lists_that_are_not_read_are_not_looked_into(reader: Reader) -> None:
    stock = f"siret,etatAdministratifEtablissement,codePostalEtablissement\n{SIRET},A,16000\n"
    users = "Nom;Mél;Structure\nX;a@b.fr;Y\n"
    reader.put(structures_csv=table(town()), s1_csv=stock, s2_csv=stock, u1_csv=users, u2_csv=users)
    assert reader.body()
    assert reader.notes == []
    with pytest.raises(Unavailable, match=r"s1\.csv and \./s2\.csv are both the establishments of INSEE"):
        reader.directory(SIRET)


def test_other_lists_alone_say_nothing_of_structures(reader: Reader) -> None:
    stock = f"siret,etatAdministratifEtablissement,codePostalEtablissement\n{SIRET},A,16000\n"
    reader.put(stock_csv=stock, users_csv="Nom;Mél;Structure\nX;a@b.fr;Y\n")
    expected = r"\. holds no list of structures or services, only: establishments of INSEE, export of users\. Put Chorus Pro's"
    with pytest.raises(NoInput, match=expected):
        reader.snapshot(SIRET)
    assert reader.directory(SIRET).establishments


def test_a_text_that_is_too_long_is_told_as_such(reader: Reader) -> None:
    body = reader.put(structures_csv=table(town(Adresse="x" * 5000))).body()
    assert "adresse" not in body["adresse_postale"]
    assert reader.notes == [
        "note: ./structures.csv: texts longer than any sheet holds, left out: 1 (first: line 2, column Adresse)"
    ]


@pytest.mark.parametrize("page", ["<!DOCTYPE html>\n<html><body>Connexion</body></html>", "\ufeff\n<HTML lang='fr'>x</HTML>"])
def test_a_web_page_saved_as_a_list_is_told_as_such(reader: Reader, page: str) -> None:
    message = r"structures\.csv cannot be used: it is a web page, not the list: log in again, and fetch the list again"
    for where in (".", "structures.csv"):
        with pytest.raises(Unavailable, match=message):
            reader.put(structures_csv=page).snapshot(where=where)


def test_files_of_no_concern_are_left_aside_and_noted(reader: Reader) -> None:
    photos = zipped({"a.jpg": b"\xff\xd8" * 500})
    reader.put(
        structures_csv=table(town()),
        photos_zip=photos[: len(photos) // 2],
        holiday_gz=b"\x1f\x8b\x08" + b"x" * 100,
        notes_txt="Nom;Prénom\nà appeler".encode("utf-16"),
        old_xls=b"\xd0\xcf\x11\xe0" + b"x" * 100,
        page_html="<!DOCTYPE html><html></html>",
        picture_svg="<svg></svg>",
        **{f"{number}_jpg": b"\xff\xd8" for number in range(12)},
    )
    assert reader.body()
    assert len(reader.notes) == 6
    assert "by its columns: ./0.jpg, ./1.jpg, " in reader.notes[0]
    assert reader.notes[0].endswith(" and 3 more")
    assert "note: left aside: ./photos.zip cannot be used: the ZIP is truncated or damaged: fetch it again" in reader.notes
    for name in ("photos.zip", "holiday.gz", "notes.txt", "old.xls", "page.html"):
        assert sum(name in note for note in reader.notes) == 1
        with pytest.raises(Unavailable):
            reader.snapshot(where=name)


@pytest.mark.parametrize("content", [b"PK\x03\x04 cut", "<html></html>", b"\xff\xfex\0", b"\x1f\x8b\x08"])
@pytest.mark.parametrize("name", ["services_csv", "services_XLSX"])
def test_what_is_called_a_list_and_cannot_be_read_is_refused(reader: Reader, name: str, content: str | bytes) -> None:
    with pytest.raises(Unavailable, match="services"):
        reader.put(structures_csv=table(town()), **{name: content}).snapshot(SIRET)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_list_in_utf_16_is_refused_beside_another(reader: Reader, encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("be") else ""
    with pytest.raises(Unavailable, match=r"services\.txt cannot be used: it is text in UTF-16"):
        reader.put(structures_csv=table(town()), services_txt=(mark + table(PUBLIC)).encode(encoding)).snapshot(SIRET)


def test_a_column_that_is_there_twice_is_refused(reader: Reader) -> None:
    text = table(town()).replace("Adresse;", "Ville;", 1)
    with pytest.raises(Unavailable, match="the column Ville is there twice"):
        reader.put(structures_csv=text).snapshot()


def test_a_file_of_another_kind_is_no_input(reader: Reader) -> None:
    reader.put(agenda_csv="jour;heure\nlundi;8\n")
    with pytest.raises(
        NoInput, match=r"agenda\.csv holds no list that can be recognised by its columns; these can: list of str"
    ):
        reader.snapshot(where="agenda.csv")


def test_beside_a_list_a_file_of_another_kind_is_noted(reader: Reader) -> None:
    (reader.folder / "sub").mkdir()
    assert reader.put(agenda_csv="jour;heure\nlundi;8\n", structures_csv=table(town())).body()
    assert reader.notes == ["note: left aside, since no list that is known can be recognised by its columns: ./agenda.csv"]


@pytest.mark.parametrize("where", ["nothing.csv", "nothing/"])
def test_a_path_without_anything_is_no_input(reader: Reader, where: str) -> None:
    with pytest.raises(NoInput, match="no such file: nothing"):
        reader.snapshot(where=where)


def test_an_empty_file_and_one_with_a_header_alone_are_no_input(reader: Reader) -> None:
    reader.put(a_csv="", b_csv=table(town()).splitlines()[0] + "\n")
    with pytest.raises(NoInput, match=r"a\.csv is empty: fetch it again"):
        reader.snapshot(where="a.csv")
    with pytest.raises(NoInput, match=r"b\.csv holds the names of columns only, no row"):
        reader.snapshot(where="b.csv")


def test_an_address_without_a_path_is_a_usage_fault(reader: Reader) -> None:
    with pytest.raises(UsageFault, match="needs the path of a file or folder"):
        read_annuaire("", reader.request())


def test_a_row_that_is_asked_for_must_have_all_its_cells(reader: Reader) -> None:
    text = table(town(Identifiant=OTHER), town())
    reader.put(structures_csv=text.replace("COMMUNE DE VALMONT;", "COMMUNE; DE VALMONT;").rstrip("\n") + "\n")
    with pytest.raises(Unavailable, match=r"\(line 3\): the row has 22 cells, 21 are expected"):
        reader.snapshot(SIRET)
    short = text.replace("COMMUNE DE VALMONT;", "COMMUNE DE VALMONT ", 1)
    with pytest.raises(Unavailable, match=r"\(line 2\): the row has 20 cells, 21 are expected"):
        reader.put(structures_csv=short).snapshot(OTHER)
    assert reader.body()
    assert "too few or too many cells, of structures that are not asked for: 1 (first: line 2)" in reader.notes[0]


def test_blank_cells_at_the_end_and_blank_rows_are_nothing(reader: Reader) -> None:
    blank = ";" * (len(town()) - 1)
    assert reader.put(structures_csv=table(town()).rstrip("\n") + f";;\n\n;;;\n{blank}\n").body()
    assert reader.notes == []


def test_a_row_without_an_identifiant_is_noted(reader: Reader) -> None:
    assert reader.put(structures_csv=table(town(Identifiant=" "), town())).body()
    assert reader.notes == [
        "note: ./structures.csv: rows without an identifiant, left aside: 1 (first: line 2, column Identifiant)"
    ]


def test_a_header_of_many_columns_is_read_whole(reader: Reader) -> None:
    wide = {f"Colonne inconnue numéro {number}": "" for number in range(400)}
    assert reader.put(structures_csv=table({**wide, **town()})).body()


def test_a_quotation_mark_that_swallows_rows_is_refused_whoever_is_asked_for(reader: Reader) -> None:
    text = table(town(Identifiant=OTHER, Adresse='"1 place'), town())
    with pytest.raises(Unavailable, match=r"structures.csv cannot be used \(line 3\): the row has"):
        reader.put(structures_csv=text).snapshot(SIRET)


def test_a_field_without_end_is_refused(reader: Reader) -> None:
    text = table(town(Identifiant=OTHER, Adresse='"1 place'), *[town()] * 3000)
    with pytest.raises(Unavailable, match="a quotation mark is probably not closed"):
        reader.put(structures_csv=text).snapshot(SIRET)


def test_nul_bytes_are_refused_with_their_line(reader: Reader) -> None:
    text = table(town(), town(Ville="VAL\0MONT"))
    with pytest.raises(Unavailable, match=r"\(line 3\): it holds NUL bytes"):
        reader.put(structures_csv=text).snapshot(SIRET)


def test_a_line_of_a_gigabyte_is_not_held(reader: Reader) -> None:
    path = reader.folder / "structures.csv"
    path.write_text(table(town()) + "x", encoding="utf-8")
    with path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        for _piece in range(64):
            file.write(b"x" * 65536)
        # The rest is a hole of zeros, never reached.
        file.truncate(2**30)
    with pytest.raises(Unavailable, match=r"\(line 3\): the line is longer than any list has"):
        reader.snapshot(SIRET)


def test_the_order_of_reading_follows_the_files_and_somebody_may_follow(reader: Reader) -> None:
    labels: list[tuple[int | None, str]] = []

    def follow(items: object, count: int | None, label: str, /) -> object:
        labels.append((count, label))
        return items

    request = replace(reader.put(structures_csv=table(town())).request(SIRET), follow=follow)
    assert read_annuaire(".", request).records
    assert labels == [(1, "reading the directory")]


def test_a_snapshot_says_its_source_and_when_the_oldest_file_was_written(reader: Reader) -> None:
    reader.put(structures_csv=table(town()), services_csv=table(PUBLIC))
    os.utime(reader.folder / "services.csv", (1_790_000_000, 1_790_000_000))
    snapshot = reader.snapshot(SIRET)
    assert snapshot.source == "annuaire:."
    assert snapshot.taken_at == "2026-09-21T14:13:20Z"


def test_a_file_of_the_future_dates_no_snapshot(reader: Reader) -> None:
    request = replace(reader.put(structures_csv=table(town())).request(SIRET), at="2020-01-01T00:00:00Z")
    assert read_annuaire(".", request).taken_at == "2020-01-01T00:00:00Z"


def test_a_row_above_the_header_is_passed_over(reader: Reader) -> None:
    assert reader.put(structures_csv="Liste au 24/11/2026\n\n" + table(town())).body()


@pytest.mark.parametrize(
    ("start", "words"),
    [(b"\xd0\xcf\x11\xe0", "old form XLS"), (b"\xff\xfeI\0", "UTF-16"), (b"\x1f\x8b\x08", "packed with gzip")],
)
def test_forms_that_are_not_read_are_told_with_what_to_do(reader: Reader, start: bytes, words: str) -> None:
    with pytest.raises(Unavailable, match=words):
        reader.put(structures_csv=start + b"x" * 100).snapshot()


def test_a_relative_path_begins_at_the_folder_of_the_request(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "listes").mkdir()
    (tmp_path / "listes" / "s.csv").write_text(table(town()), encoding="utf-8")
    assert reader.snapshot(SIRET, where="listes").source == "annuaire:listes"


def test_a_list_of_three_columns_is_one_of_services(reader: Reader) -> None:
    """Known by what names a service, without any of the columns that only AIFE's list has."""
    reader.put(
        structures_csv=table(town()),
        services_csv=f"Identifiant;Code;Nom\n{SIRET};FACTURES_PUBLIQUES;Service des factures publiques\n{SIRET};EAU;Régie\n",
    )
    assert [one["code"] for one in reader.body()["services"]] == ["FACTURES_PUBLIQUES", "EAU"]


def test_lists_of_persons_neither_date_nor_stop_what_sheets_are_compared_with(reader: Reader) -> None:
    reader.put(structures_csv=table(town()))
    (reader.folder / "structures.csv").rename(reader.folder / "structures_2026-11-01.csv")
    (reader.folder / "utilisateurs_2024-01-01.csv").write_text("Adresse électronique;Nom;Structure\n", encoding="utf-8")
    (reader.folder / "adresses.csv").write_text("SIREN;Adresse de facturation\n1,2E+08;x\n", encoding="utf-8")
    found = read_compared(".", reader.request(SIRET[:9]))
    assert found.snapshot.taken_at == "2026-11-01T00:00:00Z"
    assert (found.users, found.lines) == ((), ())
    with pytest.raises((NoInput, Unavailable)):
        reader.directory(SIRET)
