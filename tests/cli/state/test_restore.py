"""`state restore`: the store as it was, all of it or nothing; what would be lost is shown and asked for."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess

import pytest

from tests.cli.desk import BANK, PROJECT, SECOND, SHEET, Desk, conforms, listing
from tests.postgres import Server

KNOWN = (("worksheet",), ("history",), ("state", "list"))


def told(desk: Desk) -> list[object]:
    """Return all that the commands tell of a store, but its address."""
    documents = [desk.run(*words, "--format", "json").json for words in KNOWN]
    return [{name: value for name, value in document.items() if name != "source"} for document in documents]


@pytest.mark.parametrize("kind", ["file", "server"])
def test_after_a_loss_all_is_back_and_the_plan_is_empty(approved: Desk, kind: str, request: pytest.FixtureRequest) -> None:
    approved.append(SHEET, BANK)
    approved.run("apply", "--yes")
    approved.run("confirm", "--by", "Ada", "--target", SECOND, stdin="e\nd\nx\n")
    before = told(approved)
    assert approved.run("state", "backup", "b").code == 0
    if kind == "server":
        approved.append(PROJECT, f'registre: "{request.getfixturevalue("postgres_url")}"\n')
    else:
        shutil.rmtree(approved.root / ".chorus-config")
    ended = approved.run("state", "restore", "b")
    assert (ended.code, ended.err) == (0, "")
    assert "as it was after write 4" in ended.out
    assert told(approved) == before
    # The bank details too, which no output shows.
    assert approved.plan()["changes"] == []
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    assert approved.run("apply", "--yes").code == 0
    assert approved.run("history", "4").code == 0


def test_from_a_server_into_a_file(approved: Desk, postgres_url: str, postgres_server: Server) -> None:
    approved.run("state", "migrate", "sqlite:///.chorus-config/registre.sqlite3", postgres_url)
    shutil.rmtree(approved.root / ".chorus-config")
    before = approved.read(PROJECT)
    approved.append(PROJECT, f'registre: "{postgres_url}"\n')
    assert approved.run("state", "backup", "b").code == 0
    approved.write(PROJECT, before)
    assert approved.run("state", "restore", "b", "--format", "json").json["serial"] == 1
    assert approved.plan()["changes"] == []
    assert postgres_server is not None


def test_a_store_that_holds_something_is_4_and_untouched(approved: Desk) -> None:
    approved.run("state", "backup", "b")
    before = approved.listing()
    ended = approved.run("state", "restore", "b", "--yes", "--format", "json")
    conforms("state", ended.json)
    assert (ended.code, approved.listing()) == (4, before)
    assert "--force" in ended.err


def test_by_force_it_shows_both_and_asks_and_no_is_the_default(approved: Desk) -> None:
    approved.run("state", "backup", "b")
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.run("apply", "--yes")
    before = told(approved)
    for answer in ("", "\n", "n\n", "what\n"):
        ended = approved.run("state", "restore", "b", "--force", stdin=answer)
        assert ended.code == 4
        assert "is at write 2." in ended.err
        assert "was made at write 1, on" in ended.err
        assert "1 write since then is lost" in ended.err
        assert told(approved) == before
    ended = approved.run("state", "restore", "b", "--force", stdin="y\n")
    assert ended.code == 0
    assert [change["address"] for change in approved.plan()["changes"]] == ["25160278500015"]
    assert len(approved.run("history", "--format", "json").json["writes"]) == 1


def test_another_store_is_named_as_another(approved: Desk) -> None:
    approved.run("state", "backup", "b")
    shutil.rmtree(approved.root / ".chorus-config")
    approved.run("apply", "--yes")
    assert "two different stores" in approved.run("state", "restore", "b", "--force").err


@pytest.mark.parametrize("cut", [0, 1, 20, 200, -1])
def test_a_file_that_is_not_whole_is_4(approved: Desk, cut: int) -> None:
    approved.run("state", "backup", "b")
    (approved.root / "b").write_bytes((approved.root / "b").read_bytes()[:cut])
    shutil.rmtree(approved.root / ".chorus-config")
    before = approved.listing()
    ended = approved.run("state", "restore", "b", "--format", "json")
    conforms("state", ended.json)
    assert (ended.code, approved.listing()) == (4, before)
    assert "not a whole backup" in ended.err


def test_no_file_is_66(approved: Desk) -> None:
    before = listing(approved.root)
    assert approved.run("state", "restore", "gone").code == 66
    assert approved.run("state", "restore", ".").code == 66
    assert listing(approved.root) == before


def test_while_somebody_holds_the_store_it_is_75(approved: Desk) -> None:
    from chorus_config.store.database import new_lock
    from chorus_config.store.filelock import hold_file

    approved.run("state", "backup", "b")
    beside = approved.root / ".chorus-config" / "registre.sqlite3.lock"
    with hold_file(beside, new_lock("Bob")):
        ended = approved.run("state", "restore", "b", "--force", "--yes", "--lock-timeout", "0")
    assert ended.code == 75
    assert "Bob" in ended.err


def test_over_a_damaged_store_the_way_out_is_told_and_leads_there(approved: Desk) -> None:
    approved.run("state", "backup", "b")
    path = approved.root / ".chorus-config" / "registre.sqlite3"
    path.write_bytes(b"no database" * 100)
    ended = approved.run("state", "restore", "b", "--force")
    assert (ended.code, path.exists()) == (69, True)
    moved, again = re.findall(r"`([^`]*)`", ended.err)
    subprocess.run(shlex.split(moved), check=True, timeout=10)
    assert again == "chorus-config state restore b"
    assert approved.run(*again.split()[1:]).code == 0
    assert approved.plan()["changes"] == []
