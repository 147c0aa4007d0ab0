"""Files, folders and ZIPs: what is damaged, or made to do harm, is refused."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from chorus_config.model.errors import NoInput, Unavailable
from tests.sources.annuaire.making import PUBLIC, SIRET, Reader, service, table, town, zipped


def test_a_zip_is_read_like_a_folder(reader: Reader) -> None:
    members = {"x/structures.csv": table(town()), "x/services.csv": table(PUBLIC), "__MACOSX/x.csv": "y", "x/": ""}
    directory = reader.put(annuaire_zip=zipped(members)).directory(SIRET, where="annuaire.zip")
    assert [one.path for one in directory.files] == ["annuaire.zip/x/structures.csv", "annuaire.zip/x/services.csv"]
    assert directory.snapshot.records[SIRET].body["services"] != []


def test_a_zip_in_a_folder_is_read_beside_its_files(reader: Reader) -> None:
    reader.put(structures_csv=table(town()), services_zip=zipped({"services.csv": table(PUBLIC, service())}))
    assert len(reader.body()["services"]) == 2


def test_a_truncated_zip_is_told(reader: Reader) -> None:
    whole = zipped({"structures.csv": table(*[town()] * 50)})
    with pytest.raises(Unavailable, match=r"annuaire\.zip cannot be used: the ZIP is truncated or damaged: fetch it again"):
        reader.put(annuaire_zip=whole[: len(whole) // 2]).snapshot()


def test_a_zip_that_is_damaged_inside_is_told(reader: Reader) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("structures.csv", table(*[town()] * 100, town(Ville="VALMONT-LE-HAUT")))
    whole = made.getvalue().replace(b"LE-HAUT", b"LE-BAS!")
    with pytest.raises(Unavailable, match=r"annuaire\.zip/structures\.csv cannot be used: it cannot be read to its end"):
        reader.put(annuaire_zip=whole).snapshot(SIRET)


def test_a_zip_in_a_zip_is_told_as_such(reader: Reader) -> None:
    reader.put(annuaire_zip=zipped({"inside.zip": zipped({"structures.csv": table(town())})}))
    with pytest.raises(Unavailable, match=r"annuaire\.zip/inside\.zip cannot be used: it is a ZIP inside a ZIP"):
        reader.snapshot(where="annuaire.zip")


def test_a_zip_bomb_is_refused_before_it_swells(reader: Reader) -> None:
    bomb = zipped({"structures.csv": table(town()) + "\n" * 30_000_000})
    with pytest.raises(Unavailable, match="the ZIP would swell beyond all measure"):
        reader.put(annuaire_zip=bomb).snapshot()


def test_a_zip_of_very_many_files_is_refused(reader: Reader) -> None:
    with pytest.raises(Unavailable, match="the ZIP would swell beyond all measure"):
        reader.put(annuaire_zip=zipped({f"{number}.csv": "" for number in range(1001)})).snapshot()


def test_an_encrypted_zip_is_told(reader: Reader) -> None:
    made = bytearray(zipped({"structures.csv": table(town())}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(sign) + offset] |= 1
    with pytest.raises(Unavailable, match="the ZIP is encrypted: extract it, and give the folder"):
        reader.put(annuaire_zip=bytes(made)).snapshot()


def test_a_zip_without_a_list_is_no_input(reader: Reader) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w"):
        pass
    for content in (empty.getvalue(), zipped({"a.txt": "bonjour"})):
        with pytest.raises(NoInput, match="holds no list that can be recognised"):
            reader.put(annuaire_zip=content).snapshot(where="annuaire.zip")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO here")
def test_what_is_no_file_is_not_waited_for(reader: Reader) -> None:
    os.mkfifo(reader.folder / "structures.csv")
    with pytest.raises(Unavailable, match="it is no file"):
        reader.snapshot()


def test_hidden_files_are_no_part_of_a_folder(reader: Reader) -> None:
    (reader.folder / ".structures.csv").write_text(table(town()), encoding="utf-8")
    with pytest.raises(NoInput):
        reader.snapshot()


def test_a_name_cannot_act_on_a_terminal(reader: Reader) -> None:
    (reader.folder / "a\x1b[2J.csv").write_text(table(town()), encoding="utf-8")
    (reader.folder / "b.csv").write_text(table(town()), encoding="utf-8")
    with pytest.raises(Unavailable, match=r"a\\u\{1b\}\[2J\.csv and \./b\.csv"):
        reader.snapshot()
