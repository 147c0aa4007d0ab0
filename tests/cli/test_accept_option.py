"""What can be accepted says how: the option to type stands at the end of each finding, and a transfer of the role is one."""

from __future__ import annotations

import json
import re
import shlex

import pytest

from .desk import SHEET, SIRET, Desk

RECEIVER = f"{SIRET}/utilisateurs/comptabilite-sditec"
_OPTION = re.compile("--accept ('(?:[^']|'\"'\"')*')")


def transferred(desk: Desk) -> None:
    """Let the two managers of the sheet change places."""
    desk.edit(SHEET, "GESTIONNAIRE_PRINCIPAL", "UTILISATEUR_SIMPLE")
    desk.edit(SHEET, "GESTIONNAIRE_SECONDAIRE", "GESTIONNAIRE_PRINCIPAL")


def test_a_transfer_is_one_finding_and_one_acceptance(approved: Desk) -> None:
    transferred(approved)
    plan = approved.plan()
    assert [(c["address"], f["rule"]) for c in plan["changes"] for f in c["findings"]] == [(RECEIVER, "CP905")]
    assert [change["blocked"] for change in plan["changes"]] == [True, True]
    assert {change["risk"] for change in plan["changes"]} == {"high"}
    word = f"CP905:{RECEIVER}=transfer done on 3 November"
    assert json.loads(approved.run("plan", "--accept", word, "--format", "json").out)["applyable"]
    assert approved.run("apply", "--yes", "--accept", word).code == 0


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_the_option_is_shown_in_every_format(approved: Desk, form: str) -> None:
    transferred(approved)
    out = approved.run("plan", "--format", form).out
    out = out.replace("&#39;", "'").replace("\\u2026", "…")
    assert f"--accept 'CP905:{RECEIVER}=…'" in out


@pytest.mark.parametrize("key", ["A B", "L'accueil", 'dit "x"', "a$b"])
def test_the_option_is_what_a_shell_takes(desk: Desk, key: str) -> None:
    written = key.replace('"', '\\"')
    desk.edit(SHEET, 'ref: "comptabilite-sditec"', f'ref: "{written}"')
    assert desk.run("apply", "--yes").code == 0
    transferred(desk)
    (finding,) = [f for c in desk.plan()["changes"] for f in c["findings"] if f["rule"] == "CP905"]
    found = _OPTION.search(finding["help"])
    assert found is not None
    (word,) = shlex.split(found[1])
    assert word == f"CP905:{SIRET}/utilisateurs/{key}=…"
    assert json.loads(desk.run("plan", "--accept", word.replace("…", "why"), "--format", "json").out)["applyable"]


def test_pasted_as_it_is_it_gives_no_reason(approved: Desk) -> None:
    transferred(approved)
    assert approved.run("plan", "--accept", f"CP905:{RECEIVER}=…").code == 64


def test_what_is_accepted_says_no_more_how_to(approved: Desk) -> None:
    transferred(approved)
    out = approved.run("plan", "--accept", f"CP905:{RECEIVER}=why").out
    assert "--accept 'CP905" not in out
