"""`state backup`: one file, for its owner alone, that says what it holds."""

from __future__ import annotations

import stat

from tests.cli.desk import BANK, IBAN, SHEET, Desk, conforms, listing


def test_it_is_written_and_told(approved: Desk) -> None:
    before = listing(approved.root / ".chorus-config")
    ended = approved.run("state", "backup", "b")
    assert (ended.code, ended.err) == (0, "")
    assert "saved in b: structures and accounts: 4, operations: 10, writes of the history: 1" in ended.out
    assert "keep it out of git" in ended.out
    assert stat.S_IMODE((approved.root / "b").stat().st_mode) == 0o600
    assert listing(approved.root / ".chorus-config") == before


def test_in_a_repository_that_would_take_it_it_is_told(approved: Desk) -> None:
    approved.git("init", "-q")
    assert "add a line *.sauvegarde to .gitignore" in approved.run("state", "backup", "r.sauvegarde").err


def test_the_document(approved: Desk) -> None:
    document = approved.run("state", "backup", "b", "--format", "json").json
    conforms("state", document)
    assert document["rows"] == {"meta": 1, "records": 4, "operations": 10, "history": 1}
    assert (document["action"], document["file"], document["serial"]) == ("backup", "b", 1)


def test_a_file_that_is_there_is_4_and_left(approved: Desk) -> None:
    approved.write("b", "precious")
    ended = approved.run("state", "backup", "b", "--format", "json")
    conforms("state", ended.json)
    assert (ended.code, approved.read("b")) == (4, "precious")
    assert "--force" in ended.err
    assert approved.run("state", "backup", "b", "--force").code == 0
    assert (approved.root / "b").read_bytes()[:2] == b"\x1f\x8b"


def test_no_store_is_66_and_a_folder_that_is_not_there_69(desk: Desk, approved: Desk) -> None:
    assert approved.run("state", "backup", "gone/b").code == 69
    (desk.root / ".chorus-config" / "registre.sqlite3").unlink()
    before = desk.listing()
    assert desk.run("state", "backup", "b").code == 66
    assert desk.listing() == before


def test_no_iban_is_shown(approved: Desk) -> None:
    approved.append(SHEET, BANK)
    approved.run("apply", "--yes")
    for words in (("state", "backup", "b"), ("state", "backup", "c", "--format", "json"), ("state", "restore", "b", "--force")):
        ended = approved.run(*words)
        assert IBAN not in ended.out + ended.err
