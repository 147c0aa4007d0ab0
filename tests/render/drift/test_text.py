"""Drift as text."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chorus_config.engine.drift.compare import compare_states
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.drift import Drift
from chorus_config.render.drift.json import drift_document
from chorus_config.render.drift.text import drift_text
from chorus_config.render.shared.paint import coloured, plain
from tests.engine.making import IBAN, PUBLIC, SIRET, TECH, account, general, sheet
from tests.engine.observing import Body, compared, ledger, portal, state, waiting
from tests.render.drifted import sample_drift
from tests.render.golden import agree
from tests.render.model import FIRST, OTHER_IBAN
from tests.render.reading import acting, unpainted


def test_says_each_gap_and_what_to_do() -> None:
    agree("drift.en.txt", drift_text(sample_drift(), translator_for("en"), plain))


@pytest.mark.parametrize("name", ["en", "fr"])
def test_nothing_acts_on_a_terminal_and_nothing_is_given_away(name: Language) -> None:
    shown = drift_text(sample_drift(), translator_for(name), plain)
    assert acting(shown) == set()
    assert IBAN not in shown
    assert OTHER_IBAN not in shown
    assert unpainted(drift_text(sample_drift(), translator_for(name), coloured)) == shown


def test_nothing_to_say_is_said() -> None:
    shown = drift_text(Drift("r.json", "2026-10-05T08:30:00Z", "s", 1, in_sync=12), translator_for("en"), plain)
    assert shown.splitlines()[2:] == ["No drift: the 12 fields compared are the same."]


def test_what_is_not_there_is_not_counted() -> None:
    lines = drift_text(compared(named("A"), named("A"), named("B")), translator_for("en"), plain).splitlines()
    assert lines[-1] == "Changed on the portal: 1. The same: 6."


def test_what_appeared_or_vanished_is_not_called_changed() -> None:
    there, not_there = sheet(services=[PUBLIC, TECH]), sheet(services=[PUBLIC])
    for approved, observed, told in (
        (there, not_there, "[gone from the portal] though it is approved"),
        (not_there, there, "[added on the portal] though nobody approved it"),
    ):
        assert f"    {told}\n" in drift_text(compared(approved, approved, observed), translator_for("en"), plain)


@pytest.mark.parametrize("name", ["en", "fr"])
def test_no_comparison_is_not_called_no_drift(name: Language) -> None:
    say = translator_for(name)
    made = Drift("r.json", "2026-10-05T08:30:00Z", "s", 1, not_reported=4, unapproved=(SIRET,))
    shown = drift_text(made, say, plain)
    assert say("Nothing was compared: the source says nothing of what is approved here.") in shown
    assert say("No drift: the {n} fields compared are the same.")[:9] not in shown
    # Nothing is good about it.
    assert "\x1b[32m" not in drift_text(made, say, coloured)
    assert "\x1b[32m" in drift_text(replace(made, in_sync=1), say, coloured)
    assert f"{SIRET}." in shown
    assert "  chorus-config observe r.json --record\n" in shown


def test_a_command_can_be_copied_as_it_stands() -> None:
    shown = drift_text(replace(sample_drift(), source="mes relevés/l'un.json"), translator_for("en"), plain)
    assert """chorus-config observe 'mes relevés/l'"'"'un.json' --record""" in shown


@pytest.mark.parametrize("name", ["en", "fr"])
def test_each_command_stands_on_a_line_of_its_own(name: Language) -> None:
    shown = drift_text(replace(sample_drift(), targets=("2116*", FIRST)), translator_for(name), plain)
    lines = [line.strip() for line in shown.splitlines() if "chorus-config" in line]
    assert len(lines) == 6
    for line in lines:
        assert line.startswith("chorus-config ")
        assert not line.endswith((".", ";", ":", ","))
    # What was not compared is not recorded either.
    assert lines[-1] == f"chorus-config observe releve.json --record --target '2116*' --target {FIRST}"


def test_recording_is_not_advised_without_a_word_on_what_moved() -> None:
    moved, seen = (named(label, statut="ACTIF") for label in ("B", "A"))
    sides = (named("A", statut="ACTIF"), named("A", statut="INACTIF"))
    shown = {
        key: drift_text(compared(*sides, observed), translator_for("en"), plain)
        for key, observed in (("m", moved), ("s", seen))
    }
    assert all("observe releve.json --record" in text for text in shown.values())
    assert {key: "recording also approves" in text for key, text in shown.items()} == {"m": True, "s": False}
    # What waits to be entered stays approved: recording does it no harm.
    conflict = drift_text(compared(*sides, moved, [waiting(SIRET, "/libelle")]), translator_for("en"), plain)
    assert "recording also approves" not in conflict


def named(label: str, **fields: object) -> Body:
    """Return the small sheet with a libellé and other fields of the general block."""
    return sheet(informations_generales=general(libelle=label, **fields))


def test_what_was_dropped_is_not_looked_for_on_a_worksheet() -> None:
    sides = (sheet(), sheet(informations_generales=general(libelle="B")), sheet(informations_generales=general(libelle="B")))
    dropped = drift_text(compared(*sides), translator_for("en"), plain)
    assert "(its operation was dropped)" in dropped
    assert "1 approved value that the portal does not have" in dropped
    assert "chorus-config worksheet" not in dropped
    assert "  chorus-config observe releve.json --record\n" in dropped
    waits = drift_text(compared(*sides, [waiting(SIRET, "/libelle")]), translator_for("en"), plain)
    assert "dropped" not in waits.casefold()
    assert "chorus-config worksheet" in waits
    assert "--record" not in waits


def many(approved: Body, confirmed: Body, observed: Body, count: int = 4) -> Drift:
    """Return the drift of so many structures that differ in the very same way."""

    def of(body: Body, number: int) -> Body:
        return {**body, "informations_generales": {**body["informations_generales"], "identifiant": f"2116999960{number:04}"}}

    sides = ([of(body, number) for number in range(count)] for body in (approved, confirmed, observed))
    first, second, third = sides
    return compare_states(state(*first), ledger(*second), portal(*third))


def test_the_same_difference_on_many_structures_is_told_once() -> None:
    made = many(named("A"), named("A"), named("B"))
    shown = drift_text(made, translator_for("en"), plain)
    rows = "".join(f"    2116999960000{number}  A\n" for number in range(4))
    assert f"21169999600000  A\n  same difference on 4 structures:\n{rows}" in shown
    assert shown.count('"A" → "B"') == shown.count("chorus-config import") == 1
    assert "for each of them" in shown
    assert "Changed on the portal: 4." in shown
    # Nothing of it is lost to machines.
    assert len(drift_document(made)["resources"]) == 4
    # Of three hundred, each has one line more.
    longer = drift_text(many(named("A"), named("A"), named("B"), 300), translator_for("en"), plain)
    assert longer.count("\n") == shown.count("\n") + 296
    assert "for each of them" not in drift_text(many(named("A"), named("B"), named("A")), translator_for("en"), plain)


def test_two_structures_and_what_is_masked_are_told_one_by_one() -> None:
    assert "same difference" not in drift_text(many(named("A"), named("A"), named("B"), 2), translator_for("en"), plain)

    def bank(iban: str) -> Body:
        return sheet(coordonnees_bancaires=[{"libelle": "Régie", "iban": iban}])

    masked = drift_text(many(bank(IBAN), bank(IBAN), bank(OTHER_IBAN)), translator_for("en"), plain)
    assert masked.count("the hidden part differs") == 4
    people = [account(ref) for ref in "abc"]
    moved = [{**one, "parametres": {"langue": "English", "recevoir_notifications": True}} for one in people]
    assert "same difference" not in drift_text(
        compare_states(state(*people), ledger(*people), portal(*moved)), translator_for("en"), plain
    )
    others = many(named("A"), named("A"), named("B"))
    apart = replace(
        others, resources=(*others.resources[:2], replace(others.resources[2], fields=others.resources[2].fields * 2))
    )
    assert "same difference" not in drift_text(apart, translator_for("en"), plain)
