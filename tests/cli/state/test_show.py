"""`state show`: what is approved beside what is confirmed; sensitive values masked."""

from __future__ import annotations

import pytest

from chorus_config.yamltext.parse import parse
from tests.cli.desk import BANK, IBAN, SECOND, SERVICES, SHEET, SIRET, TECHNICAL, Desk, conforms


def shown(desk: Desk, ident: str = SIRET) -> str:
    """Return the text of one structure."""
    ended = desk.run("state", "show", ident)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


def test_approved_beside_confirmed(approved: Desk) -> None:
    assert "# not confirmed" in shown(approved)
    approved.run("confirm", "--all")
    assert "\n# confirmed\n" in shown(approved)
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    approved.run("apply", "--yes")
    told = shown(approved)
    assert "# confirmed in part" in told
    assert '  ville: "COGNAC"  # on the portal: "ANGOULEME"\n' in told
    assert '  # not yet on the portal\n  - code: "ST-TECH"\n' in told
    assert "operations" not in told.partition("Operations:")[0]
    assert "  11  " in told


def test_what_is_to_go_is_said_at_the_end(approved: Desk) -> None:
    approved.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    approved.run("apply", "--yes")
    approved.run("confirm", "--all")
    approved.edit(SHEET, TECHNICAL, "")
    approved.run("apply", "--yes")
    assert f"# {SIRET}/services/ST-TECH: still on the portal\n" in shown(approved)


def test_the_sheet_reads_as_yaml(approved: Desk) -> None:
    body = shown(approved, SECOND).split("\n\n")[1]
    text = "\n".join(line for line in body.splitlines() if not line.startswith("# "))
    assert not parse(text.encode()).faults
    assert text.startswith('type: "fiche-structure"\nversion: 1\ncomptabilite:')


def test_the_document(approved: Desk) -> None:
    approved.run("confirm", "--by", "Ada", "--target", SIRET, stdin="e\nd\nx\n")
    document = approved.run("state", "show", SIRET, "--format", "json").json
    conforms("state", document)
    (found,) = document["structures"]
    assert found["approved"]["informations_generales"]["identifiant"] == SIRET
    assert found["on_portal"]["informations_generales"]["identifiant"] == SIRET
    assert "services" not in found["on_portal"]
    assert [(o["state"], o["closed_by"], o["reason"]) for o in found["operations"]][:2] == [
        ("entered", "Ada", None), ("dropped", "Ada", "x"),
    ]  # fmt: skip
    assert len(found["unconfirmed"]) == 3


def test_an_account(approved: Desk) -> None:
    assert 'type: "compte-utilisateur"' in shown(approved, "comptes/gestionnaire-sditec")


def test_no_sensitive_value_is_shown(approved: Desk) -> None:
    approved.append(SHEET, BANK)
    approved.run("apply", "--yes")
    for form in ("text", "json"):
        told = approved.run("state", "show", SIRET, "--format", form).out
        assert IBAN[4:-4] not in told
        assert "AGRIFRPPXXX" not in told
        assert "FR76 **** 0189" in told


@pytest.mark.parametrize("ident", ["absent", "", "comptes/", f"{SIRET}/services/FACTURES_PUBLIQUES", "2516*"])
def test_an_unknown_id_is_66(approved: Desk, ident: str) -> None:
    ended = approved.run("state", "show", ident, "--format", "json")
    conforms("state", ended.json)
    assert (ended.code, ended.json["error"]["exit_code"]) == (66, 66)
    assert "state list" in ended.err
