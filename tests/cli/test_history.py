"""`history`: who approved and entered what, and when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.once import calm, git

from .desk import BANK, IBAN, SECOND, SERVICES, SHEET, SIRET, TECHNICAL, Desk, conforms
from .desk import OTHER as SECOND_SHEET


@pytest.fixture
def lived(approved: Desk) -> Desk:
    """A store with three approvals, one accepted error, and what was entered and dropped."""
    approved.run("confirm", "--by", "Ada", "--target", SIRET, stdin="e\nd\nle portail refuse\nq\n")
    approved.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    assert approved.run("apply", "--yes", "--by", "Bob, PR 12").code == 0
    approved.append(SHEET, BANK)
    assert approved.run("apply", "--yes").code == 0
    return approved


def history(desk: Desk, *words: str) -> list[dict[str, Any]]:
    """Return the writes of a run."""
    document = desk.run("history", "--format", "json", *words).json
    conforms("history", document)
    writes: list[dict[str, Any]] = document["writes"]
    return writes


def test_nothing_was_ever_written(desk: Desk) -> None:
    ended = desk.run("history")
    assert (ended.code, ended.err) == (0, "")
    assert "Nothing was ever written to the store" in ended.out
    assert history(desk) == []
    assert desk.run("history", "1").code == 66


def test_every_write_the_newest_last(lived: Desk) -> None:
    writes = history(lived)
    given = [row["by"] if row["by_origin"] == "given" else None for row in writes]
    assert [(row["serial"], row["event"], by) for row, by in zip(writes, given, strict=True)] == [
        (1, "apply", None), (2, "confirm", "Ada"), (3, "confirm", "Ada"), (4, "apply", "Bob, PR 12"), (5, "apply", None),
    ]  # fmt: skip
    assert all(row["by"] for row in writes)
    assert [row["summary"] for row in writes][:4] == [
        {"changes": 10, "entered": 0, "seen": 0, "dropped": 0},
        {"changes": 0, "entered": 1, "seen": 0, "dropped": 0},
        {"changes": 0, "entered": 0, "seen": 0, "dropped": 1},
        {"changes": 1, "entered": 0, "seen": 0, "dropped": 0},
    ]
    assert all("changes" not in row for row in writes)
    text = lived.run("history").out
    assert text.index("\n1  ") < text.index("\n5  ")
    for told in ("Ada", "Bob, PR 12", "10 changes", "1 operation checked.", "1 operation dropped."):
        assert told in text


def test_the_commit_and_what_was_not_in_it(desk: Desk, tmp_path: Path) -> None:
    env = calm(tmp_path)
    git(desk.root, env, "init", "--quiet")
    (desk.root / ".gitignore").write_text(".chorus-config/\n", encoding="utf-8")
    git(desk.root, env, "add", "--all")
    git(desk.root, env, "commit", "--quiet", "--message", "fiches")
    commit = git(desk.root, env, "rev-parse", "HEAD")
    assert desk.run("apply", "--yes").code == 0
    desk.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    assert desk.run("apply", "--yes").code == 0
    (desk.root / SECOND_SHEET).unlink()
    assert desk.run("apply", "--yes", "--accept", f"CP910:{SECOND}=fermée", "--expect-removals", "1").code == 0
    assert [(row["commit"], row["dirty"]) for row in history(desk)] == [(commit, False), (commit, True), (commit, True)]
    assert desk.run("history").out.count(f"commit {commit[:12]} with changes that are not in it") == 2


def test_a_serial(lived: Desk) -> None:
    (row,) = history(lived, "3")
    assert row["serial"] == 3
    assert [(o["state"], o["reason"]) for o in row["operations"]] == [("dropped", "le portail refuse")]
    assert "le portail refuse" in lived.run("history", "3").out


def test_the_beginning_of_a_digest(lived: Desk) -> None:
    digest = str(history(lived)[3]["plan"])
    for ident in (digest, digest[:6], digest[:12].upper()):
        (row,) = history(lived, ident)
        assert row["serial"] == 4
        assert [change["address"] for change in row["changes"]] == [f"{SIRET}/services/ST-TECH"]
    assert lived.run("history", digest[:5]).code == 66


def test_an_address_shows_its_own_alone(lived: Desk) -> None:
    (row,) = history(lived, f"{SIRET}/services/ST-TECH")
    assert (row["serial"], row["by"]) == (4, "Bob, PR 12")
    text = lived.run("history", f"{SIRET}/services/ST-TECH").out
    assert '"Services techniques"' in text
    assert "FACTURES_PUBLIQUES" not in text


def test_an_identifiant_shows_all_that_happened_to_it(lived: Desk) -> None:
    assert [row["serial"] for row in history(lived, SIRET)] == [1, 2, 3, 4, 5]
    assert [row["serial"] for row in history(lived, SECOND)] == [1]
    assert SECOND not in lived.run("history", SIRET).out
    assert [row["serial"] for row in history(lived, "comptes/gestionnaire-sditec")] == [1]


@pytest.mark.parametrize("ident", ["0", "6", "zz", "abcdef", SIRET[:-1], f"{SIRET}/services/ABSENT", " ", "١"])
def test_an_unknown_id_is_66(lived: Desk, ident: str) -> None:
    ended = lived.run("history", ident, "--format", "json")
    conforms("history", ended.json)
    assert (ended.code, ended.json["error"]["exit_code"]) == (66, 66)


def test_what_is_accepted_stands_in_the_history(approved: Desk) -> None:
    ref = "comptabilite-sditec"
    text = approved.read(SHEET)
    start = text.index(f'  - ref: "{ref}"')
    end = text.find("\n  - ref:", start + 1)
    end = end + 1 if end >= 0 else text.index("\nparametres", start) + 1
    approved.write(SHEET, text[:start] + text[end:])
    address = f"{SIRET}/utilisateurs/{ref}"
    assert approved.run("apply", "--yes", "--accept", f"CP904:{address}=départ annoncé").code == 0
    (row,) = history(approved, "2")
    (accepted,) = row["accepted"]
    assert (accepted["rule"], accepted["address"], accepted["reason"]) == ("CP904", address, "départ annoncé")
    for words in ((), (SIRET,), (address,), ("2",)):
        assert "départ annoncé" in approved.run("history", *words).out
    assert "départ annoncé" not in approved.run("history", SECOND).out


def test_no_sensitive_value_is_shown(lived: Desk) -> None:
    for words in ((), ("5",), (SIRET,)):
        for form in ("text", "json"):
            told = lived.run("history", *words, "--format", form).out
            assert IBAN[4:-4] not in told
            assert "AGRIFRPPXXX" not in told
    assert "FR76 **** 0189" in lived.run("history", "5").out


def test_writes_nothing(lived: Desk) -> None:
    before = lived.listing()
    lived.run("history", SIRET)
    assert lived.listing() == before


def test_hostile_words_cannot_act(approved: Desk) -> None:
    approved.run("confirm", "--by", "A\x1b[31m\u202e", "--target", SIRET, stdin="d\nx\x1b[2J\u202ey\nq\n")
    told = approved.run("history", SIRET).out
    assert "\x1b" not in told
    assert "\u202e" not in told
