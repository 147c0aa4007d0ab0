"""What the commands that look at an observed source share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.desk import OTHER, SECOND, SHEET, SIRET, Desk
from tests.cli.portal import LATER, NAME, general, snapshot

NOTE = "no structure or account can be read there"


@pytest.mark.parametrize("broken", ["{", "", "type: fiche-structure\n", "- a\n", "\x00"])
def test_a_sheet_that_cannot_be_read_is_not_passed_over_in_silence(desk: Desk, broken: str) -> None:
    assert desk.run("apply", "--yes", "--target", SECOND).code == 0
    snapshot(desk, general(), (SECOND, {}), taken_at="2999-01-01T00:00:00Z")
    commands = (
        ("drift", "--against", NAME),
        ("plan", "--against", NAME),
        ("observe", NAME, "--record", "--yes"),
        ("import", NAME, "--target", SECOND),
    )
    for words in commands:
        assert NOTE not in desk.run(*words).err, words
    assert desk.run("state", "forget", SIRET, "--yes").code == 0
    desk.write(SHEET, broken)
    for words in commands:
        told = [line for line in desk.run(*words).err.splitlines() if NOTE in line]
        assert len(told) == 1, words
        assert told[0].endswith(f": {SHEET}")
        assert "chorus-config validate" in told[0]
        assert OTHER not in told[0]
        assert NOTE not in desk.run(*words, "--quiet").err


def test_a_snapshot_of_a_day_to_come_is_told(approved: Desk) -> None:
    commands = (
        ("observe", NAME),
        ("observe", NAME, "--record", "--yes"),
        ("drift", "--against", NAME),
        ("plan", "--against", NAME),
    )
    for taken, told in ((LATER, True), (datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), False)):
        snapshot(approved, general(), taken_at=taken)
        for words in commands:
            assert ("which is still to come" in approved.run(*words).err) is told, words
    # What was recorded under such a day does not make all that is read later pass for old.
    soon = (datetime.now(UTC) + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    snapshot(approved, general(libelle="Autre"), taken_at=soon)
    assert approved.run("observe", NAME, "--record", "--yes").code == 0


def test_a_name_that_acts_on_a_terminal_is_shown_harmless(desk: Desk) -> None:
    snapshot(desk, general())
    desk.write("structures/a\x1b[2J.yaml", "{")
    ended = desk.run("plan", "--against", NAME)
    assert NOTE in ended.err
    assert "\x1b" not in ended.err
