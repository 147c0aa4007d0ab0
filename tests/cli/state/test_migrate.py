"""`state migrate`: the whole store at another address, proved to be the same."""

from __future__ import annotations

import pytest

from chorus_config.store.formats import FORMAT
from tests.cli.desk import PROJECT, SECOND, SHEET, STORE, Desk, conforms, listing

FROM = f"sqlite:///{STORE}"
TO = "sqlite:///autre/registre.sqlite3"


def test_a_copy_serves_in_its_place(approved: Desk) -> None:
    approved.run("confirm", "--by", "Ada", "--target", SECOND, stdin="e\nd\nx\n")
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.save()
    told = {words: approved.run(*words, "--format", "json").json for words in (("worksheet",), ("history",), ("state", "list"))}
    ended = approved.run("state", "migrate", FROM, TO)
    assert ended.code == 0
    assert "4 structures and accounts, 10 operations, 3 writes" in ended.out
    assert f'\n  registre: "{TO}"\n' in ended.out
    approved.append(PROJECT, f'registre: "{TO}"\n')
    for words, document in told.items():
        assert approved.run(*words, "--format", "json").json == {**document, "source": TO}
    assert approved.run("apply", "--yes").code == 0
    assert approved.run("history", "4").code == 0


def test_the_source_is_as_it_was(approved: Desk) -> None:
    before = listing(approved.root / ".chorus-config")
    approved.run("state", "migrate", FROM, TO)
    assert listing(approved.root / ".chorus-config") == before


def test_the_document(approved: Desk) -> None:
    document = approved.run("state", "migrate", FROM, TO, "--format", "json").json
    conforms("state", document)
    assert document["rows"] == {"meta": 1, "records": 4, "operations": 10, "history": 1}
    assert len(document["digest"]) == 64


def test_a_target_that_holds_something_is_4(approved: Desk) -> None:
    approved.run("state", "migrate", FROM, TO)
    before = approved.listing()
    for target in (TO, FROM):
        ended = approved.run("state", "migrate", FROM, target, "--lock-timeout", "0", "--format", "json")
        conforms("state", ended.json)
        assert (ended.code, approved.listing()) == (4, before)
        assert "holds a store already" in ended.err


def test_no_source_is_66_and_makes_nothing(desk: Desk) -> None:
    before = desk.listing()
    assert desk.run("state", "migrate", FROM, TO).code == 66
    assert desk.listing() == before


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite:///", "x", "", "postgresql+psycopg://ada:secret@host/base"])
def test_an_address_that_cannot_be_is_64_and_never_shown_with_its_password(approved: Desk, url: str) -> None:
    for words in ((url, TO), (FROM, url)):
        ended = approved.run("state", "migrate", *words)
        assert ended.code == 64
        assert "secret" not in ended.out + ended.err


def test_a_held_store_is_not_moved(approved: Desk) -> None:
    from chorus_config.i18n.translator import translator_for
    from chorus_config.store.store import Store

    with Store(FROM, approved.root, translator_for("en")).locked("Bob", 0):
        ended = approved.run("state", "migrate", FROM, TO, "--lock-timeout", "0")
    assert (ended.code, (approved.root / "autre").exists()) == (75, False)
    assert "Bob" in ended.err


def test_a_source_of_a_newer_format_is_4_and_not_copied(approved: Desk) -> None:
    """What this version does not know of would be lost, and the copy told to be the same."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(approved.root / STORE)) as base, base:
        base.execute("ALTER TABLE records ADD COLUMN neuf TEXT")
        base.execute("UPDATE meta SET format = ?", (FORMAT + 1,))
        base.execute(f"PRAGMA user_version = {FORMAT + 1}")
    ended = approved.run("state", "migrate", FROM, TO)
    assert ended.code == 4, ended
    assert f"format {FORMAT + 1}" in ended.err
    assert not (approved.root / "autre").exists()
