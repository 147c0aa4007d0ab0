"""`worksheet`: what is to be entered, for whoever has the mandate."""

from __future__ import annotations

import stat

import pytest

from .desk import BANK, IBAN, PROJECT, SECOND, SERVICES, SHEET, SIRET, TECHNICAL, Desk, conforms


def test_nothing_to_enter_is_0_and_said(desk: Desk) -> None:
    ended = desk.run("worksheet")
    assert (ended.code, ended.err) == (0, "")
    assert "Nothing to do in Chorus Pro." in ended.out
    document = desk.run("worksheet", "--format", "json").json
    conforms("worksheet", document)
    assert (document["operations"], document["structures"]) == (0, [])


def test_what_is_approved_is_shown_by_structure_and_block(approved: Desk) -> None:
    ended = approved.run("worksheet")
    assert ended.code == 0
    assert ended.out.startswith(
        "10 operations to do in Chorus Pro: 10 to check.\nsqlite:///.chorus-config/registre.sqlite3\n\n"
    )
    for told in (f"\n{SIRET}  SDITEC", "operation 1, open since ", "gestionnaire principal\n", "Adresse postale du siège",
                 "Libellé de la structure: ", SHEET, "chorus-config confirm"):  # fmt: skip
        assert told in ended.out


def test_what_only_the_project_declares_is_not_to_be_entered(approved: Desk) -> None:
    assert "(comptabilite)" not in approved.run("worksheet").out
    assert '"/comptabilite"' not in approved.run("worksheet", "--format", "json").out


def test_memos_are_planned_and_approved_and_never_to_be_entered(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit(
        SHEET,
        "comptabilite: helios\n",
        'comptabilite: helios\nemission: HELIOS\nraccordement:\n  mode: EDI\n  compte_technique_expire_le: "2027-09-01"\n',
    )
    told = approved.run("plan").out
    for label in (
        "Émission des factures (emission)",
        "Expiration du compte technique (raccordement.compte_technique_expire_le)",
    ):
        assert label in told
    assert approved.run("apply", "--yes").code == 0
    assert "Nothing to do in Chorus Pro." in approved.run("worksheet").out
    approved.edit(SHEET, "2027-09-01", "2028-10-29")
    assert '"2027-09-01" → "2028-10-29"' in approved.run("plan").out
    assert approved.run("apply", "--yes").code == 0
    assert approved.run("worksheet", "--format", "json").json["operations"] == 0


def test_from_and_to(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.run("apply", "--yes")
    ended = approved.run("worksheet")
    assert 'Ville: "ANGOULEME" → "COGNAC"' in ended.out
    document = approved.run("worksheet", "--format", "json").json
    conforms("worksheet", document)
    ((structure,), (operation,)) = document["structures"], document["structures"][0]["operations"]
    assert (structure["root"], structure["path"]) == (SIRET, SHEET)
    assert (operation["id"], operation["op"], operation["who"]) == (
        11, "update", ["GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE"],
    )  # fmt: skip
    assert operation["fields"] == [
        {
            "block": "Adresse postale du siège", "label": "Ville", "path": "/adresse_postale/ville",
            "before": "ANGOULEME", "after": "COGNAC", "hidden": False,
        }
    ]  # fmt: skip


def test_the_day_says_who_may(approved: Desk) -> None:
    assert "Organisation modification" not in approved.run("worksheet", "--as-of", "2023-02-20").out
    told = approved.run("worksheet", "--as-of", "2023-02-21").out
    assert "gestionnaire principal or user with « Organisation modification »" in told
    assert "or gestionnaire secondaire" not in told


@pytest.mark.parametrize(
    ("targets", "count"),
    [
        ((SECOND,), 4),
        (("2516*",), 8),
        (("comptes/*",), 2),
        ((f"{SIRET}/services/FACTURES_PUBLIQUES",), 1),
        ((SECOND, "comptes/*"), 6),
        ((SECOND, "absent"), 4),
    ],
)
def test_target(approved: Desk, targets: tuple[str, ...], count: int) -> None:
    words = [word for target in targets for word in ("--target", target)]
    document = approved.run("worksheet", "--format", "json", *words).json
    assert document["operations"] == count
    assert document["targets"] == [*targets]
    approved.run("confirm", "--all")
    assert f"Nothing to do in Chorus Pro for {', '.join(targets)}." in approved.run("worksheet", *words).out


@pytest.mark.parametrize("command", ["worksheet", "confirm"])
def test_a_target_that_names_nothing_is_told(approved: Desk, command: str) -> None:
    for target in ("absent", f"{SIRET}/services/ABSENT", "2516"):
        ended = approved.run(command, "--target", target)
        assert (ended.code, ended.out) == (66, "")
        assert f"no operation and no approved structure matches {target}" in ended.err
    approved.run("confirm", "--all")
    assert approved.run(command, "--target", SIRET).code == 0, "nothing to enter is another thing"
    assert approved.run(command, "--target", f"{SIRET}/services/FACTURES_PUBLIQUES").code == 0


def test_a_target_that_names_nothing_of_a_plan_is_told(desk: Desk) -> None:
    desk.save()
    assert desk.run("worksheet", "plan.json", "--target", SIRET).code == 0
    assert desk.run("worksheet", "plan.json", "--target", "absent").code == 66


def test_target_by_the_environment(approved: Desk) -> None:
    approved.env(TARGET=SECOND)
    assert SIRET not in approved.run("worksheet").out


def test_a_saved_plan_needs_neither_project_nor_store(desk: Desk, bare: Desk) -> None:
    desk.save()
    (bare.root / "plan.json").write_bytes((desk.root / "plan.json").read_bytes())
    ended = bare.run("worksheet", "plan.json")
    assert ended.code == 0
    assert "10 operations would be to do in Chorus Pro: 10 to check." in ended.out
    # « Pro: 10 to check », plan.json and the SIRET together had the right key of an IBAN of Romania.
    assert "****" not in ended.out
    assert "open since" not in ended.out
    assert "confirm" not in ended.out
    document = bare.run("worksheet", "plan.json", "--format", "json", "--target", SIRET).json
    conforms("worksheet", document)
    assert document["planned"] is True
    assert [row["root"] for row in document["structures"]] == [SIRET]
    assert {(row["id"], row["opened_at"], row["plan"]) for row in document["structures"][0]["operations"]} == {
        (None, None, None)
    }


def test_a_plan_of_nothing_has_nothing(approved: Desk) -> None:
    approved.save()
    assert "Nothing to do" in approved.run("worksheet", "plan.json").out


@pytest.mark.parametrize(("text", "code"), [(None, 66), ("{", 4), ("{}", 4)])
def test_no_plan(desk: Desk, text: str | None, code: int) -> None:
    if text is not None:
        desk.write("plan.json", text)
    ended = desk.run("worksheet", "plan.json", "--format", "json")
    conforms("worksheet", ended.json)
    assert (ended.code, ended.json["error"]["exit_code"]) == (code, code)


def test_there_is_a_box_for_each_operation_on_each_screen_that_it_needs(approved: Desk) -> None:
    told = approved.run("worksheet", "--format", "markdown").out
    # Two structures of three screens and two accounts of two, and six operations of one screen.
    boxes = 2 * 3 + 2 * 3 + 6
    assert told.count("\n- [ ] ") == boxes
    assert approved.run("worksheet").out.count("\n    [ ] ") == boxes
    assert approved.run("worksheet", "--format", "html").out.count('<input type="checkbox">') == boxes
    assert f"## `{SIRET}`" in told
    assert "Type identifiant: `Structure avec N° SIRET`" in told


def test_no_sensitive_value_is_shown(approved: Desk) -> None:
    approved.append(SHEET, BANK)
    approved.run("apply", "--yes")
    for form in ("text", "markdown", "html", "json"):
        told = approved.run("worksheet", "--format", form).out
        assert IBAN[4:-4] not in told
        assert "FR76 **** 0189" in told
        assert "AGRIFRPPXXX" not in told


def test_a_later_approval_is_one_operation(approved: Desk) -> None:
    approved.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    approved.run("apply", "--yes")
    approved.edit(SHEET, "Services techniques", "Voirie")
    approved.run("apply", "--yes")
    told = approved.run("worksheet", "--target", f"{SIRET}/services/ST-TECH").out
    assert told.startswith("1 operation to do in Chorus Pro: 1 to create.")
    assert '"Voirie"' in told
    assert "Services techniques" not in told


def test_writes_nothing(approved: Desk) -> None:
    before = approved.listing()
    for form in ("text", "markdown", "html", "json"):
        approved.run("worksheet", "--format", form)
    assert approved.listing() == before


def test_files(approved: Desk) -> None:
    ended = approved.run("worksheet", "--format", "markdown:saisie.md")
    assert ended.code == 0
    assert ended.out.startswith("10 operations")
    assert approved.read("saisie.md").startswith("# ")


def test_a_broken_project_is_78(approved: Desk) -> None:
    approved.append(PROJECT, "inconnu: 1\n")
    ended = approved.run("worksheet", "--format", "json")
    conforms("worksheet", ended.json)
    assert ended.code == 78


@pytest.mark.parametrize(
    ("command", "form"),
    [
        ("worksheet", "html"),
        ("worksheet", "json"),
        ("worksheet", "markdown"),
        ("letter", "html"),
        ("letter", "json"),
        ("status", "xlsx"),
    ],
)
def test_a_file_that_names_persons_is_for_its_owner_alone_and_git_is_told_of(approved: Desk, command: str, form: str) -> None:
    approved.git("init", "-q")
    for _again in range(2):
        ended = approved.run(command, "--format", f"{form}:fichier.{form}")
        assert stat.S_IMODE((approved.root / f"fichier.{form}").stat().st_mode) == 0o600
        assert f"add a line *.{form} to .gitignore" in ended.err
    assert "git would take" not in approved.run(command, "--quiet", "--format", f"{form}:fichier.{form}").err
    approved.write(".gitignore", f"*.{form}\n")
    assert "git would take" not in approved.run(command, "--format", f"{form}:fichier.{form}").err
