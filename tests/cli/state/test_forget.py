"""`state forget`: stop managing a structure; on the portal nothing changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.desk import ACCOUNT, SECOND, SIRET, STORE, Desk, conforms, spawn
from tests.store.raw import raw_rows


def rows(desk: Desk, query: str, *values: str) -> list[Any]:
    """Return what the store answers."""
    return raw_rows(desk.root / STORE, query, values)


def test_a_yes_forgets_it_with_its_open_operations(approved: Desk) -> None:
    approved.run("confirm", "--target", SIRET, "--by", "Bob", stdin="e\n")
    ended = approved.run("state", "forget", SIRET, "--by", "Ada", stdin="y\n")
    assert ended.code == 0
    for told in ("3 open operations are dropped.", "Nothing changes on the portal.", "planned as new"):
        assert told in ended.err
    assert "3 operations dropped." in ended.out
    assert rows(approved, "SELECT count(*) FROM records WHERE root = ?", SIRET) == [(0,)]
    found = rows(approved, "SELECT state, reason, closed_by FROM operations WHERE address LIKE ? ORDER BY id", f"{SIRET}%")
    assert found == [("entered", None, "Bob"), *[("dropped", "no longer managed", "Ada")] * 3]
    ((event, by, document),) = rows(approved, 'SELECT event, "by", document FROM history WHERE serial = 3')
    assert (event, by, json.loads(document)["forgotten"]) == ("forget", "Ada", [SIRET])
    assert rows(approved, "SELECT count(*) FROM operations WHERE state = 'open'") == [(6,)]


def test_a_sheet_that_still_exists_is_planned_as_new(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.run("state", "forget", SIRET, "--yes")
    changes = approved.plan()["changes"]
    assert {change["op"] for change in changes} == {"create"}
    assert {change["address"].split("/")[0] for change in changes} == {SIRET}


def test_an_account(approved: Desk) -> None:
    (approved.root / ACCOUNT).unlink()
    assert approved.run("state", "forget", "comptes/gestionnaire-sditec", "--yes").code == 0
    assert approved.plan()["changes"] == []


@pytest.mark.parametrize("answer", ["", "\n", "n\n", "non\n", "yes please\n"])
def test_anything_but_a_yes_is_4_and_writes_nothing(approved: Desk, answer: str) -> None:
    before = approved.listing()
    ended = approved.run("state", "forget", SIRET, stdin=answer)
    assert (ended.code, approved.listing()) == (4, before)
    assert "nothing was forgotten" in ended.err


def test_an_unknown_id_is_66_and_asks_nothing(approved: Desk) -> None:
    before = approved.listing()
    ended = approved.run("state", "forget", "absent", "--format", "json", stdin="y\n")
    conforms("state", ended.json)
    assert (ended.code, "[y/N]" in ended.err, approved.listing()) == (66, False, before)


def test_the_document(approved: Desk) -> None:
    document = approved.run("state", "forget", SECOND, "--yes", "--format", "json").json
    conforms("state", document)
    assert (document["action"], document["forgotten"], document["dropped"]) == ("forget", SECOND, 4)
    assert approved.run("state", "forget", SECOND, "--yes").code == 66
    assert "no longer managed" in approved.run("history", SECOND).out


def test_yes_by_the_environment(approved: Desk) -> None:
    approved.env(YES="1", BY="Ada")
    assert approved.run("state", "forget", SECOND).code == 0
    assert rows(approved, 'SELECT "by" FROM history WHERE serial = 2') == [("Ada",)]


def test_what_somebody_else_forgot_meanwhile_is_66_and_written_once(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from chorus_config.store.store import Store

    write, done = Store.write, list[bool]()

    def first_another(store: Store, wanted: Any) -> int:
        if not done:
            done.append(True)
            (approved.root / f"{STORE}.lock").rename(approved.root / "elsewhere.lock")
            assert spawn(approved.root, "state", "forget", SIRET, "--yes").returncode == 0
        return write(store, wanted)

    monkeypatch.setattr(Store, "write", first_another)
    assert approved.run("state", "forget", SIRET, "--yes").code == 66
    assert rows(approved, "SELECT event FROM history ORDER BY serial") == [("apply",), ("forget",)]
