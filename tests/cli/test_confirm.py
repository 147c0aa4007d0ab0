"""`confirm`: each answer is written at once, and whatever ends the walk, what was confirmed is kept."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.store.raw import raw_rows

from .desk import BANK, IBAN, SECOND, SHEET, SIRET, STORE, Desk, conforms, spawn

TECH = f"{SIRET}/services/FACTURES_PUBLIQUES"


def rows(desk: Desk, query: str, *values: str) -> list[Any]:
    """Return what the store answers."""
    return raw_rows(desk.root / STORE, query, values)


def states(desk: Desk) -> list[str]:
    """Return the states of all operations, in the order of their numbers."""
    return [state for (state,) in rows(desk, "SELECT state FROM operations ORDER BY id")]


def test_nothing_to_confirm(desk: Desk) -> None:
    before = desk.listing()
    for words in ((), ("--all",)):
        ended = desk.run("confirm", *words)
        assert (ended.code, ended.err) == (0, "")
        assert "Nothing to confirm: no operation is open." in ended.out
    assert desk.listing() == before


def test_entered_skipped_dropped_and_stopped(approved: Desk) -> None:
    ended = approved.run("confirm", "--by", "Ada", stdin="e\ns\nd\nle portail refuse\nq\n")
    assert ended.code == 0
    assert states(approved) == ["entered", "open", "dropped", *["open"] * 7]
    assert "1 operation checked.\n1 operation dropped.\n8 operations remain" in ended.out
    found = rows(approved, "SELECT state, closed_by, reason FROM operations WHERE state <> 'open' ORDER BY id")
    assert found == [("entered", "Ada", None), ("dropped", "Ada", "le portail refuse")]


def test_each_answer_is_one_write_of_the_history(approved: Desk) -> None:
    approved.run("confirm", stdin="e\ne\nd\nx\n")
    assert rows(approved, "SELECT serial, event FROM history") == [(1, "apply"), (2, "confirm"), (3, "confirm"), (4, "confirm")]
    ((document,),) = rows(approved, "SELECT document FROM history WHERE serial = 4")
    (operation,) = json.loads(document)["operations"]
    assert (operation["id"], operation["state"], operation["reason"], operation["op"]) == (3, "dropped", "x", "create")
    assert {*operation} == {"id", "address", "op", "gesture", "state", "reason"}


def test_what_is_entered_is_confirmed_and_nothing_else(approved: Desk) -> None:
    approved.run("confirm", stdin="e\n")
    ((text,),) = rows(approved, "SELECT confirmed FROM records WHERE root = ?", SIRET)
    body = json.loads(text)
    assert body["informations_generales"]["identifiant"] == SIRET
    assert "services" not in body
    assert rows(approved, "SELECT count(*) FROM records WHERE confirmed IS NOT NULL") == [(1,)]


def test_what_is_dropped_is_not_confirmed(approved: Desk) -> None:
    approved.run("confirm", stdin="d\nx\n")
    assert rows(approved, "SELECT count(*) FROM records WHERE confirmed IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    ("answer", "lang", "state"),
    [
        ("e", "en", "entered"), ("E", "en", "entered"), (" entered ", "en", "entered"), ("saisie", "en", "entered"),
        ("s", "en", "open"), ("skip", "en", "open"), ("p", "en", "open"),
        ("s", "fr", "entered"), ("S", "fr", "entered"), ("e", "fr", "entered"), ("p", "fr", "open"), ("passer", "fr", "open"),
        ("d", "fr", "dropped"), ("a", "fr", "dropped"), ("abandonner", "en", "dropped"), ("drop", "en", "dropped"),
        ("q", "fr", "open"), ("quitter", "en", "open"), ("quit", "fr", "open"),
    ],
)  # fmt: skip
def test_answers_in_both_languages(approved: Desk, answer: str, lang: str, state: str) -> None:
    ended = approved.run("confirm", "--lang", lang, "--target", TECH, stdin=f"{answer}\nparce que\n")
    assert ended.code == 0
    assert rows(approved, "SELECT state FROM operations WHERE address = ?", TECH) == [(state,)]


@pytest.mark.parametrize("answer", ["", "\n", "y\n", "oui\n", "1\n", "\x1b[A\n", "\n\n\n", "ee\n", "e e\n"])
def test_anything_else_is_asked_again_and_the_end_of_the_input_stops(approved: Desk, answer: str) -> None:
    ended = approved.run("confirm", stdin=answer)
    assert ended.code == 0
    assert states(approved) == ["open"] * 10
    assert ended.err.count("[v]erified, [s]kip, [d]rop, [q]uit?") == answer.count("\n") + 1


def test_a_drop_needs_a_reason(approved: Desk) -> None:
    ended = approved.run("confirm", stdin="d\n\n  \n\u200b\nenfin\nq\n")
    assert ended.err.count("Why is it dropped?") == 4
    assert rows(approved, "SELECT reason FROM operations WHERE state = 'dropped'") == [("enfin",)]


def test_a_drop_without_a_reason_drops_nothing(approved: Desk) -> None:
    assert approved.run("confirm", stdin="d\n").code == 0
    assert approved.run("confirm", stdin="d\n\n").code == 0
    assert states(approved) == ["open"] * 10


def test_the_operation_is_shown_before_the_question_and_stdout_is_for_the_result(approved: Desk) -> None:
    ended = approved.run("confirm", stdin="q\n")
    assert "Libellé de la structure (libelle)" in ended.err
    assert "Operation 1 of 10: " in ended.err
    assert ended.out == "10 operations remain to be entered or checked in Chorus Pro.\n"


def test_the_document(approved: Desk) -> None:
    ended = approved.run("confirm", "--format", "json", "--target", SECOND, stdin="e\nd\nx\nq\n")
    document = ended.json
    conforms("confirm", document)
    assert [row["address"] for row in document["entered"]] == [SECOND]
    assert [row["reason"] for row in document["dropped"]] == ["x"]
    assert (document["open_in_scope"], document["open_operations"], document["portal_changed"]) == (2, 8, False)
    assert "error" not in document


def test_all(approved: Desk) -> None:
    ended = approved.run("confirm", "--all")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "10 operations checked.\n0 operations remain to be entered or checked in Chorus Pro.\n"
    assert rows(approved, "SELECT count(*) FROM history") == [(2,)]
    assert rows(approved, "SELECT count(*) FROM records WHERE confirmed IS NULL") == [(0,)]


def test_all_by_the_environment(approved: Desk) -> None:
    approved.env(ALL="1", BY="Ada")
    assert approved.run("confirm").code == 0
    assert rows(approved, "SELECT DISTINCT closed_by FROM operations") == [("Ada",)]


def test_all_of_a_target(approved: Desk) -> None:
    ended = approved.run("confirm", "--all", "--target", SECOND)
    assert ended.code == 0
    assert states(approved).count("entered") == 4


def test_all_is_3_when_operations_in_scope_are_still_open(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody approves between the reading and the write: what nobody saw is not confirmed."""
    _meanwhile(approved, monkeypatch, _approve)
    ended = approved.run("confirm", "--all", "--format", "json")
    conforms("confirm", ended.json)
    assert (ended.code, ended.json["open_in_scope"]) == (3, 1)
    assert len(ended.json["entered"]) == 9
    assert len(ended.json["elsewhere"]) == 1


def _approve(desk: Desk) -> None:
    desk.edit(SHEET, "ANGOULEME", "COGNAC")
    assert spawn(desk.root, "apply", "--yes").returncode == 0


def _settle(desk: Desk) -> None:
    assert spawn(desk.root, "confirm", "--all", "--target", SIRET, "--by", "Bob").returncode == 0


def _settle_other(desk: Desk) -> None:
    assert spawn(desk.root, "confirm", "--all", "--target", SECOND, "--by", "Bob").returncode == 0


def _meanwhile(desk: Desk, patch: pytest.MonkeyPatch, act: Callable[[Desk], None]) -> None:
    """Let something happen once, inside the first step of writing: after the store was read, before it is written."""
    from chorus_config.store.store import Store

    write = Store.write
    done: list[bool] = []

    def first_act(store: Store, wanted: Any) -> int:
        if not done:
            done.append(True)
            # The lock is a courtesy: whoever does not ask for it is stopped by the swap alone.
            (desk.root / f"{STORE}.lock").rename(desk.root / "elsewhere.lock")
            act(desk)
        return write(store, wanted)

    patch.setattr(Store, "write", first_act)


def test_a_store_that_moved_is_read_again_and_the_step_done(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _meanwhile(approved, monkeypatch, _settle_other)
    ended = approved.run("confirm", "--by", "Ada", stdin="e\nq\n")
    assert ended.code == 0
    assert "1 operation checked." in ended.out
    assert rows(approved, "SELECT closed_by FROM operations WHERE id = 1") == [("Ada",)]
    assert rows(approved, "SELECT serial FROM history ORDER BY serial") == [(1,), (2,), (3,)]


def test_what_somebody_else_settled_is_told_and_left(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _meanwhile(approved, monkeypatch, _settle)
    ended = approved.run("confirm", "--by", "Ada", stdin="d\nx\nq\n")
    assert ended.code == 0
    assert "operation 1 was settled meanwhile by somebody else (entered, Bob)" in ended.err
    assert "1 operation settled by somebody else." in ended.out
    assert rows(approved, "SELECT state, closed_by FROM operations WHERE id = 1") == [("entered", "Bob")]


def test_a_store_that_never_stands_still_is_4_and_nothing_is_written(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from chorus_config.model.errors import Refused
    from chorus_config.store.store import Store

    def refuse(_store: Store, _wanted: object) -> int:
        raise Refused("moved")

    before = approved.listing()
    monkeypatch.setattr(Store, "write", refuse)
    assert approved.run("confirm", stdin="e\n").code == 4
    approved_lock = f"{STORE}.lock"
    assert {**approved.listing(), approved_lock: ""} == {**before, approved_lock: ""}


def test_a_failure_in_the_middle_tells_what_was_confirmed(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from chorus_config.model.errors import Unavailable
    from chorus_config.store.store import Store

    write = Store.write
    done: list[bool] = []

    def fail_later(store: Store, wanted: Any) -> int:
        if done:
            raise Unavailable("the disk is gone")
        done.append(True)
        return write(store, wanted)

    monkeypatch.setattr(Store, "write", fail_later)
    ended = approved.run("confirm", "--format", "json", stdin="e\ne\ne\n")
    conforms("confirm", ended.json)
    assert ended.code == 69
    assert len(ended.json["entered"]) == 1
    assert ended.json["error"] == {"exit_code": 69, "message": "the disk is gone"}
    assert "the disk is gone" in ended.err
    assert states(approved).count("entered") == 1


def test_a_first_failure_is_one_document(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (approved.root / STORE).write_bytes(b"x" * 4096)
    ended = approved.run("confirm", "--format", "json", stdin="e\n")
    conforms("confirm", ended.json)
    assert ended.code == ended.json["error"]["exit_code"] == 69


class _Interrupting(io.StringIO):
    """Answers, then Ctrl-C."""

    def readline(self, *_size: Any) -> Any:
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


@pytest.mark.parametrize("form", ["text", "json"])
def test_ctrl_c_keeps_what_was_confirmed(approved: Desk, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr("io.StringIO", _Interrupting)
    ended = approved.run("confirm", "--format", form, stdin="e\ne\n")
    assert ended.code == 130
    assert states(approved).count("entered") == 2
    assert "interrupted" in ended.err
    assert "Traceback" not in ended.err
    if form == "json":
        conforms("confirm", ended.json)
        assert ended.json["error"]["exit_code"] == 130
        assert len(ended.json["entered"]) == 2
    else:
        assert "2 operations checked." in ended.out


def test_ctrl_c_at_the_first_question_is_130(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = approved.listing()
    monkeypatch.setattr("io.StringIO", _Interrupting)
    assert approved.run("confirm").code == 130
    assert approved.listing() == before


def test_nothing_is_held_while_the_prompt_waits(approved: Desk) -> None:
    """Another confirms while a first one thinks; the first goes on, and is told. Then it is killed, and nothing is lost."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chorus_config", "confirm"],
        cwd=approved.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
        env={**os.environ, "CHORUS_CONFIG_LANG": "en"},
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write("e\n")
    process.stdin.flush()
    until = time.monotonic() + 20
    while states(approved).count("entered") < 1 and time.monotonic() < until:
        time.sleep(0.05)
    assert approved.run("confirm", "--all", "--target", SECOND, "--lock-timeout", "0").code == 0
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)
    assert states(approved).count("entered") == 5
    assert approved.run("lock", "list").out == "Nobody holds the store.\n"


def test_input_that_is_no_text_is_no_answer(approved: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chorus_config", "confirm"],
        cwd=approved.root, input=b"\xff\xfe\ne\xff\n\x00e\nq\n", capture_output=True, check=False, timeout=30,
        env={**os.environ, "PYTHONUTF8": "1", "CHORUS_CONFIG_LANG": "en"},
    )  # fmt: skip
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_no_stdin_at_all_is_the_end_of_the_input(approved: Desk) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m chorus_config confirm <&-'],
        cwd=approved.root, capture_output=True, check=False, timeout=30,
    )  # fmt: skip
    assert done.returncode == 0
    assert states(approved) == ["open"] * 10


def test_a_held_store_is_75_and_nothing_is_written(approved: Desk) -> None:
    from chorus_config.i18n.translator import translator_for
    from chorus_config.store.store import Store

    with Store(f"sqlite:///{STORE}", approved.root, translator_for("en")).locked("Bob", 0):
        ended = approved.run("confirm", "--lock-timeout", "0", stdin="e\n")
    assert ended.code == 75
    assert "Bob" in ended.err
    assert states(approved) == ["open"] * 10


def test_a_sensitive_value_is_confirmed_whole_and_shown_masked(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.append(SHEET, BANK)
    approved.run("apply", "--yes")
    ended = approved.run("confirm", stdin="e\n")
    assert IBAN[4:-4] not in ended.out + ended.err
    assert "FR76 **** 0189" in ended.err
    ((text,),) = rows(approved, "SELECT confirmed FROM records WHERE root = ?", SIRET)
    assert IBAN in text
    assert IBAN[4:-4] not in json.dumps(rows(approved, "SELECT document FROM history"))
    assert approved.run("worksheet", "--format", "json").json["operations"] == 0


def test_all_of_a_target_is_0_whatever_is_open_elsewhere(approved: Desk) -> None:
    ended = approved.run("confirm", "--all", "--target", SECOND, "--format", "json")
    assert (ended.code, ended.json["open_in_scope"], ended.json["open_operations"]) == (0, 0, 6)


def test_the_numbers_of_the_page_are_those_that_confirm_takes(approved: Desk) -> None:
    page = approved.run("worksheet", "--format", "html").out
    assert '<strong class="number">4</strong>' in page
    ended = approved.run("confirm", "2", "4-6", "--by", "Ada")
    assert (ended.code, ended.err) == (0, "")
    assert states(approved) == ["open", "entered", "open", "entered", "entered", "entered", *["open"] * 4]
    assert "4 operations checked.\n6 operations remain" in ended.out
    assert rows(approved, "SELECT serial, event, by FROM history")[1:] == [(2, "confirm", "Ada")]
    left = approved.run("worksheet", "--format", "json").json
    assert sorted(one["id"] for place in left["structures"] for one in place["operations"]) == [1, 3, 7, 8, 9, 10]


def test_a_number_twice_is_told_and_a_range_passes_over_what_is_settled(approved: Desk) -> None:
    approved.run("confirm", "2")
    ended = approved.run("confirm", "1-3", "2")
    assert ended.code == 0
    assert ended.err.startswith("note: operation 2 was settled before (")
    assert states(approved)[:4] == ["entered", "entered", "entered", "open"]
    again = approved.run("confirm", "1-3")
    assert (again.code, again.err) == (0, "note: all of these operations were settled before: there is nothing to confirm\n")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("99",), 66, "no operation has the number 99"),
        (("1", "50-60"), 66, "no operation has the number 50-60"),
        (("9-12",), 66, "no operation has the number 9-12"),
        (("1", "x"), 64, "names no operation: `12` or `14-17`, the lower number first"),
        (("5-2",), 64, "'5-2' names no operation"),
        (("1", "--all"), 64, "numbers go alone"),
        (("1", "--target", SIRET), 64, "numbers go alone"),
        (("1", "--reopen", "2"), 64, "--reopen goes alone"),
    ],
)
def test_a_wrong_number_confirms_nothing(approved: Desk, words: tuple[str, ...], code: int, told: str) -> None:
    ended = approved.run("confirm", *words)
    assert (ended.code, ended.out) == (code, "")
    assert told in ended.err
    assert set(states(approved)) == {"open"}
