"""What was dropped by mistake is shown, and opened again by one command."""

from __future__ import annotations

import shlex
from typing import Any

import pytest

from .desk import SECOND, SERVICES, SHEET, SIRET, TECHNICAL, Desk

TECH = f"{SIRET}/services/ST-TECH"


@pytest.fixture
def given_up(approved: Desk) -> Desk:
    """All is entered but a new service, which somebody dropped."""
    approved.run("confirm", "--all")
    approved.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    approved.run("apply", "--yes")
    approved.run("confirm", "--by", "Ada", stdin="d\nle portail refuse\n")
    return approved


def worksheet(desk: Desk, *words: str) -> Any:
    """Return the document of a worksheet."""
    return desk.run("worksheet", "--format", "json", *words).json


def test_worksheet_plan_and_state_name_it(given_up: Desk) -> None:
    text = given_up.run("worksheet").out
    assert text.startswith("Nothing to do in Chorus Pro.")
    for told in ("1 approved change was dropped, and is not on the portal.", "To create: Service ST-TECH", "le portail refuse",
                 "Ada", f"chorus-config confirm --reopen {TECH}"):  # fmt: skip
        assert told in text
    (row,) = worksheet(given_up)["dropped"]
    assert (row["address"], row["gesture"], row["reason"], row["closed_by"]) == (TECH, "create", "le portail refuse", "Ada")
    assert worksheet(given_up)["operations"] == 0
    assert f"1 approved change was dropped and is not on the portal: {TECH}" in given_up.run("plan").err
    assert f"chorus-config confirm --reopen {TECH}" in given_up.run("state", "show", SIRET).out
    markdown = given_up.run("worksheet", "--format", "markdown").out
    assert f"`chorus-config confirm --reopen {TECH}`" in markdown
    assert "- [ ]" not in markdown


def test_it_alone_when_asked_for(given_up: Desk) -> None:
    text = given_up.run("worksheet", "--dropped").out
    assert text.startswith("1 approved change was dropped, and is not on the portal.\n")
    assert 'Libellé du service (libelle): "Services techniques"' in text
    assert given_up.run("worksheet", "--dropped", "--target", SECOND).out.startswith("Nothing was dropped.")
    assert given_up.run("worksheet", "plan.json", "--dropped").code == 64


def test_the_command_that_is_named_opens_it_again(given_up: Desk) -> None:
    line = next(row for row in given_up.run("worksheet").out.splitlines() if "--reopen" in row)
    ended = given_up.run(*shlex.split(line.partition("chorus-config ")[2]), "--by", "Bob")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("1 operation opened again.\n1 operation remains")
    document = worksheet(given_up)
    assert (document["operations"], document["dropped"]) == (1, [])
    (operation,) = document["structures"][0]["operations"]
    assert (operation["address"], operation["gesture"]) == (TECH, "create")
    last = given_up.run("history", "--format", "json").json["writes"][-1]
    assert (last["event"], last["by"]) == ("reopen", "Bob")
    assert [(row["address"], row["state"]) for row in last["operations"]] == [(TECH, "open")]
    assert "opened again" in given_up.run("history").out
    assert "dropped" not in given_up.run("plan").err
    assert given_up.run("confirm", "--all").code == 0
    assert given_up.run("state", "show", SIRET, "--format", "json").json["structures"][0]["confirmed"] == "yes"


def test_by_number_by_identifiant_and_in_json(given_up: Desk) -> None:
    number = str(worksheet(given_up)["dropped"][0]["id"])
    ended = given_up.run("confirm", "--reopen", number, "--format", "json")
    assert [row["address"] for row in ended.json["reopened"]] == [TECH]
    given_up.run("confirm", stdin="d\nx\n")
    assert given_up.run("confirm", "--reopen", "2516*").code == 0
    assert worksheet(given_up)["operations"] == 1


@pytest.mark.parametrize("words", [("--reopen", "absent"), ("--reopen", SECOND)])
def test_nothing_of_that_name_was_dropped(given_up: Desk, words: tuple[str, ...]) -> None:
    before = given_up.listing()
    ended = given_up.run("confirm", *words)
    assert (ended.code, ended.out) == (66, "")
    assert "worksheet --dropped" in ended.err
    assert given_up.listing() == before


@pytest.mark.parametrize("other", [("--all",), ("--target", SIRET)])
def test_it_goes_alone(given_up: Desk, other: tuple[str, ...]) -> None:
    assert given_up.run("confirm", "--reopen", TECH, *other).code == 64


def test_a_field_that_was_dropped_comes_back_beside_one_that_waits(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.run("apply", "--yes")
    approved.run("confirm", stdin="d\nplus tard\n")
    approved.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC 16"')
    approved.run("apply", "--yes")
    document = worksheet(approved)
    assert [field["path"] for field in document["dropped"][0]["fields"]] == ["/adresse_postale/ville"]
    assert approved.run("confirm", "--reopen", SIRET).code == 0
    (operation,) = worksheet(approved)["structures"][0]["operations"]
    assert {field["path"] for field in operation["fields"]} == {"/libelle", "/adresse_postale/ville"}
    assert worksheet(approved)["dropped"] == []


def test_what_a_later_approval_took_care_of_was_not_dropped(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.run("apply", "--yes")
    # Replaced, not dropped by anybody.
    approved.edit(SHEET, "COGNAC", "JARNAC")
    approved.run("apply", "--yes")
    assert worksheet(approved)["dropped"] == []
    approved.run("confirm", stdin="d\nx\n")
    assert len(worksheet(approved)["dropped"]) == 1
    # What the sheet takes back needs no entering.
    approved.edit(SHEET, "JARNAC", "ANGOULEME")
    approved.run("apply", "--yes")
    assert worksheet(approved)["dropped"] == []


def test_what_is_forgotten_is_not_told(given_up: Desk) -> None:
    given_up.run("state", "forget", SIRET, "--yes")
    assert worksheet(given_up)["dropped"] == []
