"""`observe --since`: what happened since an earlier snapshot, every week, in one command."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from chorus_config.app.project import OpenOptions, open_project
from chorus_config.app.sources import Pace
from chorus_config.app.watch import watch_sources
from chorus_config.model.errors import NoInput
from chorus_config.model.observed.source import Asked

from .desk import BANK, IBAN, PROJECT, SECOND, SHEET, SIRET, STORE, Desk, conforms
from .portal import document, general, snapshot

NOW = "maintenant.json"
BEFORE = "releve.json"
LATER = "2026-10-12T08:30:00Z"
STRANGER = "21160999500017"


def week(desk: Desk, *words: str) -> Any:
    """Run the weekly command and return how it ended."""
    return desk.run("observe", NOW, "--since", BEFORE, "--detailed-exitcode", *words)


def both(desk: Desk, before: Any, now: Any) -> None:
    """Write what was said the week before, and what is said now."""
    snapshot(desk, *before, name=BEFORE)
    snapshot(desk, *now, name=NOW, taken_at=LATER)


def test_nothing_new_is_0(bare: Desk) -> None:
    both(bare, [general("A")], [general("A")])
    ended = week(bare)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Nothing has changed since 5 October 2026, 08:30 UTC: the only field compared is the same.\n")


def test_news_is_2_and_only_when_asked(bare: Desk) -> None:
    both(bare, [general("A", statut="ACTIF")], [general("A", statut="INACTIF")])
    assert week(bare).code == 2
    ended = bare.run("observe", NOW, "--since", BEFORE)
    assert ended.code == 0
    assert f"{SIRET}  A [structure closed]\n" in ended.out
    assert "Suppliers cannot send it any invoice any more" in ended.out


def test_it_needs_neither_sheet_nor_store_and_writes_nothing(bare: Desk) -> None:
    both(bare, [general("A")], [general("B"), (SECOND, {})])
    before = bare.listing()
    for form in ("text", "json", "markdown"):
        assert week(bare, "--format", form).code == 2
    assert bare.listing() == before


def test_each_format_says_the_same(bare: Desk) -> None:
    both(bare, [general("A"), (SECOND, general("Z"))], [general("B")])
    ended = week(bare, "--format", "json", "--format", "markdown:veille.md", "--format", "text:veille.txt")
    told = ended.json
    assert {one["root"]: (one["name"], one["events"]) for one in told["structures"]} == {
        SIRET: ("B", ["renamed"]),
        SECOND: ("Z", ["vanished"]),
    }
    assert (told["since"]["taken_at"], told["now"]["taken_at"]) == ("2026-10-05T08:30:00Z", LATER)
    assert bare.read("veille.md").splitlines()[1].startswith("**News of 2 structures since")
    assert f"{SIRET}  B [name changed]" in bare.read("veille.txt")


def test_o_may_name_the_file_that_was_compared_with(bare: Desk) -> None:
    both(bare, [general("A")], [general("B")])
    assert week(bare, "-o", BEFORE).code == 2
    assert json.loads(bare.read(BEFORE)) == json.loads(bare.read(NOW)) | {"records": json.loads(bare.read(BEFORE))["records"]}
    assert json.loads(bare.read(BEFORE))["records"][0]["body"]["informations_generales"]["libelle"] == "B"
    assert stat.S_IMODE((bare.root / BEFORE).stat().st_mode) == 0o600
    # Told once.
    assert week(bare, "-o", BEFORE).code == 0
    assert sorted(bare.listing()) == sorted([BEFORE, NOW])


def test_the_first_time_says_how_to_begin(bare: Desk) -> None:
    snapshot(bare, general("A"), name=NOW)
    ended = week(bare, "-o", BEFORE, "--format", "json")
    assert (ended.code, ended.json["type"]) == (66, "watch")
    assert "the same sources and structures and -o releve.json, and no other option" in ended.err
    assert not (bare.root / BEFORE).exists()
    assert bare.run("observe", NOW, "-o", BEFORE).code == 0
    assert week(bare, "-o", BEFORE).code == 0


@pytest.mark.parametrize("fault", ["{", "", '{"type": "snapshot"}'])
def test_a_failure_replaces_nothing(bare: Desk, fault: str) -> None:
    both(bare, [general("A")], [general("B")])
    before = bare.read(BEFORE)
    bare.write(NOW, fault)
    ended = week(bare, "-o", BEFORE, "--format", "json", "--format", "markdown:veille.md")
    assert (ended.code, ended.json["error"]["exit_code"], ended.json["structures"]) == (69, 69, [])
    assert bare.read(BEFORE) == before
    # Nobody takes the news of the week before for those of this one.
    assert "cannot be used as a snapshot" in bare.read("veille.md")


def test_what_cannot_be_written_is_told_before_anything_is_said(bare: Desk) -> None:
    both(bare, [general("A")], [general("B")])
    (bare.root / "dossier").mkdir()
    for place in ("absent/x.json", "dossier"):
        ended = week(bare, "-o", place, "--format", "json")
        assert (ended.code, ended.json["error"]["exit_code"]) == (69, 69), place
    assert sorted(bare.listing()) == sorted([BEFORE, NOW, "dossier"])


def test_what_the_selection_leaves_out_did_not_vanish(bare: Desk) -> None:
    both(bare, [general("A"), (STRANGER, general("Autre"))], [general("A")])
    bare.write("sirens.txt", f"SIREN\n{SIRET[:9]}\n")
    for words in (("--list", "sirens.txt"), ("--siren", SIRET[:9]), ("--siret", SIRET)):
        ended = week(bare, *words, "--format", "json")
        assert (ended.code, ended.json["outside"]) == (0, [{"root": STRANGER, "name": "Autre"}])
    assert f"  {STRANGER}  Autre\n" in week(bare, "--siren", SIRET[:9]).out
    assert week(bare).code == 2


def test_an_older_reading_is_told(bare: Desk) -> None:
    snapshot(bare, general("A"), name=BEFORE, taken_at=LATER)
    snapshot(bare, general("A"), name=NOW)
    assert "older than the earlier snapshot" in week(bare).out
    assert week(bare, "--format", "json").json["older_than_since"] is True


def test_no_iban_is_shown(bare: Desk) -> None:
    def bank(iban: str) -> dict[str, Any]:
        return {"coordonnees_bancaires": [{"libelle": "Régie", "iban": iban}]}

    both(bare, [bank(IBAN)], [bank("FR7630006000019999999990189")])
    for form in ("text", "json", "markdown"):
        ended = week(bare, "--format", form)
        assert "FR76 **** 0189" in ended.out
        assert not {"3000600001", "9999999"} & {ended.out[n : n + 10] for n in range(len(ended.out))}
    assert BANK not in ended.out


def test_in_a_project_the_store_and_the_sheets_stay_as_they_are(approved: Desk) -> None:
    both(approved, [general("A")], [general("B")])
    before = approved.listing()
    assert week(approved).code == 2
    assert approved.listing() == before
    assert STORE in before
    assert SHEET in before


def test_the_weekly_command_only_compares(desk: Desk) -> None:
    both(desk, [general("A")], [general("B")])
    assert week(desk, "--record").code == 64
    assert week(desk, "--target", SIRET).code == 64
    ended = desk.run("observe", NOW, "--detailed-exitcode")
    assert (ended.code, "goes with --since" in ended.err) == (64, True)
    assert desk.run("observe", NOW, "--format", "markdown").code == 64
    # In the environment it is meant for plan and drift, too.
    desk.env(DETAILED_EXITCODE="1")
    assert desk.run("observe", NOW).code == 0


def test_a_broken_project_is_told_as_the_watch(desk: Desk) -> None:
    both(desk, [general("A")], [general("B")])
    desk.append(PROJECT, "registres: 1\n")
    for words in (("--since", BEFORE), (f"--since={BEFORE}",)):
        told = desk.run("observe", NOW, *words, "--format", "json").json
        assert (told["type"], told["error"]["exit_code"], told["findings"][0]["rule"]) == ("watch", 78, "CP007")
    desk.env(SINCE=BEFORE)
    assert desk.run("observe", NOW, "--format", "json").json["type"] == "watch"


def test_the_action_takes_any_source_for_the_earlier_one(tmp_path: Path) -> None:
    for name, label in (("a.json", "A"), ("b.json", "B")):
        (tmp_path / name).write_text(json.dumps(document((SIRET, general(label)), source=label)))
    project = open_project(OpenOptions(tmp_path, language="en"))
    found = watch_sources(project, ["b.json"], "a.json", Asked(frozenset({SIRET})), Pace(per_second=None))
    assert (found.watch.count("renamed"), found.snapshot.source) == (1, "B")
    assert watch_sources(project, ["a.json"], "a.json").watch.settled
    with pytest.raises(NoInput, match="nothing to compare with"):
        watch_sources(project, ["b.json"], "absent.json")
    conforms("snapshot", json.loads((tmp_path / "a.json").read_text()))


def test_a_source_that_knows_nothing_any_more_does_not_take_the_place_of_the_earlier_snapshot(bare: Desk) -> None:
    both(bare, [general("A"), (SECOND, {})], [])
    before = bare.read(BEFORE)
    told = "says nothing of any structure now, and the earlier snapshot knew some (structures: 2)"
    ended = week(bare)
    assert (ended.code, told in ended.err, SECOND in ended.out) == (2, True, True)
    ended = week(bare, "-o", BEFORE, "--format", "json")
    assert (ended.code, ended.json["error"]["exit_code"]) == (69, 69)
    assert (told in ended.err, "nothing was replaced: releve.json stays as it is" in ended.err) == (True, True)
    assert bare.read(BEFORE) == before
    assert week(bare, "-o", BEFORE, "--yes").code == 2
    assert json.loads(bare.read(BEFORE))["records"] == []
    # What was never known did not vanish.
    ended = week(bare, "-o", BEFORE)
    assert (ended.code, ended.err) == (0, "")


def test_what_was_asked_for_and_never_known_is_told(bare: Desk) -> None:
    both(bare, [general("A"), (STRANGER, {})], [general("A")])
    ended = week(bare, "--siret", SIRET, "--siret", STRANGER, "--siret", SECOND)
    assert "note: asked for, and known to no source that was read: " + SECOND + "\n" in ended.err
    assert STRANGER not in ended.err


def test_a_reading_of_nothing_takes_the_place_of_no_snapshot_whatever_was_asked_for(bare: Desk) -> None:
    """A list of SIRENs that nobody knows: nothing vanished, and still the earlier snapshot would be lost."""
    snapshot(bare, general("A"), name=BEFORE)
    snapshot(bare, general("A"), name=NOW)
    before = bare.read(BEFORE)
    ended = bare.run("observe", NOW, "--siren", "123456782", "--since", BEFORE, "-o", BEFORE)
    assert (ended.code, bare.read(BEFORE)) == (69, before)
