"""A saved plan that is no longer the plan: refused (4), said which part moved and how to go on; the store untouched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date

import pytest

from tests.cli.desk import OTHER, PROJECT, SECOND, SHEET, STORE, Desk
from tests.conftest import Figure

Move = Callable[[Desk, pytest.MonkeyPatch], object]

_SHEETS = "the sheets or the project's decisions changed"
_RULES = "the program or its rules changed"
_WRITTEN = "the store was written since"
_GONE = "the store is another one"
_ALTERED = "the plan file was altered"


def _apply_elsewhere(desk: Desk, _patch: pytest.MonkeyPatch) -> None:
    desk.edit(OTHER, "ANGOULEME", "COGNAC")
    assert desk.run("apply", "--yes", "--target", SECOND).code == 0
    desk.edit(OTHER, "COGNAC", "ANGOULEME")


def _confirm(desk: Desk, _patch: pytest.MonkeyPatch) -> None:
    assert desk.run("confirm", "--all").code == 0


def _another_store(desk: Desk, _patch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(desk.root / ".chorus-config")
    assert desk.run("apply", "--yes", "--target", SECOND).code == 0


def _rules(_desk: Desk, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("chorus_config.app.plan.tool", lambda: {"version": "9", "rules": "9"})


def _altered(*path: str, value: object) -> Move:
    def move(desk: Desk, _patch: pytest.MonkeyPatch) -> None:
        document = json.loads(desk.read("plan.json"))
        place = document
        for name in path[:-1]:
            place = place[int(name) if name.isdigit() else name]
        place[path[-1]] = value
        desk.write("plan.json", json.dumps(document))

    return move


_MOVES: list[tuple[str, Move, tuple[str, ...], tuple[str, ...]]] = [
    # What moved, what must be said, what must not.
    ("a sheet", lambda desk, _: desk.edit(SHEET, "COGNAC", "JARNAC"), (_SHEETS,), (_RULES, _WRITTEN, _ALTERED)),
    ("a decision", lambda desk, _: desk.append(PROJECT, "regles:\n  CP701: info\n"), (_SHEETS,), (_RULES, _WRITTEN)),
    ("the state, by an approval", _apply_elsewhere, (_WRITTEN, "what is approved changed"), (_SHEETS, _GONE)),
    ("the state, by a confirmation", _confirm, (_WRITTEN,), (_SHEETS, _GONE, "what is approved changed")),
    ("the store", _another_store, (_GONE,), (_SHEETS,)),
    ("no store", lambda desk, _: shutil.rmtree(desk.root / ".chorus-config"), (_GONE,), ()),
    ("the rules", _rules, (_RULES,), (_WRITTEN, _GONE, _ALTERED)),
    ("an option", _altered("options", "language", value="fr"), (), ()),
    ("a value in the plan", _altered("changes", "0", "fields", "0", "after", value="x"), (_ALTERED,), (_SHEETS, _RULES)),
    ("a verdict in the plan", _altered("changes", "0", "risk", value="none"), (_ALTERED,), (_SHEETS, _RULES)),
    ("the digest", _altered("digest", value="0" * 64), (_ALTERED,), (_SHEETS,)),
]


def planned(approved: Desk) -> Desk:
    """Change a field and save the plan."""
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.save()
    return approved


@pytest.mark.parametrize(("move", "said", "unsaid"), [row[1:] for row in _MOVES], ids=[row[0] for row in _MOVES])
def test_what_moved_is_named_and_the_store_untouched(
    approved: Desk, monkeypatch: pytest.MonkeyPatch, move: Move, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    planned(approved)
    move(approved, monkeypatch)
    path = approved.root / STORE
    before = path.read_bytes() if path.exists() else None
    ended = approved.run("apply", "plan.json")
    assert ended.code == 4, ended.err
    assert (path.read_bytes() if path.exists() else None) == before
    for words in said:
        assert words in ended.err
    for words in unsaid:
        assert words not in ended.err
    if said:
        assert "chorus-config plan --out plan.json" in ended.err
    assert ended.err.count("\n") == 1


def test_the_command_that_is_named_goes_on(approved: Desk, figure: Figure) -> None:
    """What the refusal says to do, done to the letter, ends well."""
    planned(approved)
    approved.edit(SHEET, "COGNAC", "JARNAC")
    assert approved.run("apply", "plan.json").code == 4
    assert approved.run("plan", "--out", "plan.json").code == 0
    assert approved.run("apply", "plan.json").code == 0
    assert approved.plan()["changes"] == []
    figure(f"{len(_MOVES)} kinds of a stale or altered plan: refused in 100 %, the store untouched")


def test_another_day_of_the_rules(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan is applied on its own day; a day written into it is an alteration."""
    monkeypatch.setattr("chorus_config.app.project.today", lambda: date(2022, 1, 1))
    planned(approved)
    _altered("as_of", value="2021-01-01")(approved, monkeypatch)
    assert approved.run("apply", "plan.json").code == 4


def test_a_replay_is_refused_and_says_so(approved: Desk) -> None:
    planned(approved)
    assert approved.run("apply", "plan.json").code == 0
    before = (approved.root / STORE).read_bytes()
    ended = approved.run("apply", "plan.json")
    assert (ended.code, "already approved" in ended.err) == (4, True)
    assert (approved.root / STORE).read_bytes() == before
