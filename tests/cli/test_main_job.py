"""The main job, from a sheet to an approval: the walk that everybody makes, on the example of the guide."""

from __future__ import annotations

from .desk import OTHER, SECOND, SHEET, SIRET, STORE, TECHNICAL, Desk


def test_the_walk(desk: Desk) -> None:
    assert desk.run("validate").code == 0

    plan = desk.plan()
    assert {change["op"] for change in plan["changes"]} == {"create"}
    assert {change["address"] for change in plan["changes"]} == {
        SIRET,
        f"{SIRET}/services/FACTURES_PUBLIQUES",
        f"{SIRET}/utilisateurs/comptabilite-sditec",
        f"{SIRET}/utilisateurs/gestionnaire-sditec",
        SECOND,
        f"{SECOND}/services/FACTURES_PUBLIQUES",
        f"{SECOND}/utilisateurs/comptabilite-sditec",
        f"{SECOND}/utilisateurs/gestionnaire-sditec",
        "comptes/comptabilite-sditec",
        "comptes/gestionnaire-sditec",
    }
    assert plan["summary"] == {"create": 10, "update": 0, "delete": 0, "blocked": 0}
    assert (plan["applyable"], plan["before"]["lineage"], plan["before"]["serial"]) == (True, None, 0)

    applied = desk.run("apply", "--yes")
    assert applied.code == 0
    assert "10 operations remain to be entered or checked in Chorus Pro." in applied.out
    assert "Nothing was changed in Chorus Pro" in applied.out

    unchanged = desk.run("plan", "--detailed-exitcode")
    assert unchanged.code == 0
    assert "No change" in unchanged.out

    desk.edit(SHEET, "    actif: true\nutilisateurs", f"    actif: true\n{TECHNICAL}utilisateurs")
    desk.edit(SHEET, "ANGOULEME", "COGNAC")
    assert desk.run("plan").code == 0
    assert desk.run("plan", "--detailed-exitcode").code == 2
    changes = desk.plan()["changes"]
    assert [(change["op"], change["address"]) for change in changes] == [
        ("update", SIRET),
        ("create", f"{SIRET}/services/ST-TECH"),
    ]
    assert changes[0]["fields"] == [{"path": "/adresse_postale/ville", "before": "ANGOULEME", "after": "COGNAC"}]
    lines = desk.read(SHEET).splitlines()
    assert changes[0]["source"]["path"] == SHEET
    assert "COGNAC" in lines[changes[0]["source"]["line"] - 1]
    assert changes[1]["fields"] == [
        {"path": "/code", "before": None, "after": "ST-TECH"},
        {"path": "/libelle", "before": None, "after": "Services techniques"},
    ]
    assert "ST-TECH" in lines[changes[1]["source"]["line"] - 1]

    desk.save()
    assert desk.run("show", "plan.json").out == desk.run("plan").out
    approved = desk.run("apply", "plan.json")
    assert approved.code == 0
    # The service was not entered yet: its new label joins the operation that creates it.
    assert "11 operations remain" in approved.out
    state = (desk.root / STORE).read_bytes()
    again = desk.run("apply", "plan.json")
    assert (again.code, "already approved" in again.err) == (4, True)
    assert (desk.root / STORE).read_bytes() == state
    assert desk.run("plan", "--detailed-exitcode").code == 0


def test_the_portal_is_described_as_it_was_left(approved: Desk) -> None:
    """A key that is not written is not managed: leaving one out, or a block, is no change."""
    managed = approved.plan()["managed"]
    approved.edit(SHEET, '  fax: "+33 545234963"\n', "")
    approved.edit(OTHER, "parametres:\n" + approved.read(OTHER).split("parametres:\n")[1], "")
    plan = approved.plan("--detailed-exitcode")
    assert plan["changes"] == []
    assert plan["managed"] < managed
    assert "fields are managed" in approved.run("plan").out


def test_memos_are_never_changes(approved: Desk) -> None:
    approved.edit(SHEET, "ASYMEX - INFOR TECH COMMUNICAT SDITEC", "AUTRE")
    approved.edit(SHEET, "2016-07-13", "2017-07-13")
    assert approved.plan()["changes"] == []


def test_order_and_comments_are_never_changes(approved: Desk) -> None:
    text = approved.read(SHEET)
    first = '  - ref: "gestionnaire-sditec"\n    role: GESTIONNAIRE_PRINCIPAL\n'
    second = '  - ref: "comptabilite-sditec"\n    role: GESTIONNAIRE_SECONDAIRE\n'
    assert first + second in text
    approved.write(SHEET, "# une remarque\n" + text.replace(first + second, second + first))
    assert approved.plan()["changes"] == []


def test_moving_a_sheet_is_no_change(approved: Desk) -> None:
    (approved.root / "structures" / "sous").mkdir()
    (approved.root / SHEET).rename(approved.root / "structures" / "sous" / "siege.yaml")
    assert approved.plan()["changes"] == []
