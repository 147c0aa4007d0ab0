"""Bad input, hostile or unlucky: the right exit code, what and where, no traceback, nothing written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from chorus_config.store.formats import FORMAT

from .desk import (
    OTHER,
    PROJECT,
    SHEET,
    SIRET,
    STORE,
    Desk,
    findings,
    listing,
    spawn,
    unprivileged,
)


def refused(desk: Desk, code: int, needles: tuple[str, ...], *words: str) -> None:
    """Assert how a command ends, for people and for machines, and that nothing was written."""
    before = desk.listing()
    told, machine = desk.run(*words), desk.run(*words, "--format", "json")
    assert (told.code, machine.code) == (code, code)
    for needle in needles:
        assert needle in told.out + told.err
        assert needle.partition(":")[0] in machine.out + machine.err
    assert "Traceback" not in told.err
    assert machine.json["format_version"] == "1.0"
    assert desk.listing() == before


def unapproved(desk: Desk, *needles: str) -> None:
    """Assert that apply refuses, says why, and writes nothing."""
    before = desk.listing()
    ended = desk.run("apply", "--yes")
    assert ended.code == 4
    for needle in needles:
        assert needle in ended.out + ended.err
    assert desk.listing() == before


@pytest.mark.parametrize("command", ["validate", "plan", "apply"])
def test_an_empty_folder_is_66(bare: Desk, command: str) -> None:
    refused(bare, 66, ("structures/**/*.yaml",), command)


@pytest.mark.parametrize("command", ["validate", "plan", "apply", "show"])
def test_an_unknown_option_is_64(desk: Desk, command: str) -> None:
    refused(desk, 64, ("--bogus",), command, "--bogus")


@pytest.mark.parametrize("command", ["validate", "plan"])
def test_a_missing_file_is_66(desk: Desk, command: str) -> None:
    refused(desk, 66, ("absent.yaml",), command, SHEET, "absent.yaml")


_PROJECTS: list[tuple[str, str, tuple[str, ...]]] = [
    ("broken", "type: projet\nversion: [1\n", ("CP001", f"{PROJECT}:")),
    ("unknown key", "type: projet\nversion: 1\nregistres: x\n", ("CP007", f"{PROJECT}:3:1", "registre is expected")),
    ("wrong type", "type: projet\nversion: 1\nstructures: x\n", ("CP009", f"{PROJECT}:3:13")),
    ("a sheet in its place", "type: fiche-structure\nversion: 1\n", (PROJECT,)),
    ("type in a list", "type: [projet]\nversion: 1\n", (PROJECT,)),
    ("not text", "\0" * 100, ("CP002", PROJECT)),
    ("out of the project", 'type: projet\nversion: 1\nstructures: ["../**/*.yaml"]\n', (f"{PROJECT}:3",)),
    ("absolute", 'type: projet\nversion: 1\ncomptes: ["/etc/*.yaml"]\n', (f"{PROJECT}:3",)),
]


@pytest.mark.parametrize("command", ["validate", "plan", "apply"])
@pytest.mark.parametrize(("text", "needles"), [row[1:] for row in _PROJECTS], ids=[row[0] for row in _PROJECTS])
def test_an_invalid_project_is_78(desk: Desk, command: str, text: str, needles: tuple[str, ...]) -> None:
    desk.write(PROJECT, text)
    refused(desk, 78, needles, command)


@pytest.mark.parametrize("command", ["validate", "plan", "apply"])
@pytest.mark.parametrize(
    "url", ["postgresql+psycopg://moi:s3cret@hote/base", "sqlite://moi:s3cret@hote/x", "postgresql://moi:s3cret@hote:port/b"]
)
def test_a_password_in_registre_is_78_and_not_repeated(desk: Desk, command: str, url: str) -> None:
    desk.append(PROJECT, f'registre: "{url}"\n')
    refused(desk, 78, ("registre",), command)
    assert "s3cret" not in "".join(map(str, (desk.run(command), desk.run(command, "--format", "json"))))


@pytest.mark.parametrize("command", ["plan", "apply"])
@pytest.mark.parametrize(
    "url",
    [
        "mysql://hote/x",
        "registre.sqlite3",
        "sqlite://",
        "sqlite:///",
        "sqlite:registre.sqlite3",
        "sqlite://[hote/x",
        "sqlite:///a%00b",
    ],
)
def test_a_registre_that_is_no_address_is_78(desk: Desk, command: str, url: str) -> None:
    desk.append(PROJECT, f'registre: "{url}"\n')
    refused(desk, 78, ("registre",), command)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _linked(path: Path) -> None:
    path.rename(path.parent / "vrai")
    path.symlink_to(path.parent / "vrai")


def _link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parents[2] / "cible")


def _link_out(path: Path) -> None:
    target = next(folder for folder in path.parents if folder.name == "sditec").parent / "ailleurs.yaml"
    path.rename(target)
    path.symlink_to(target)


def _link_to_folder(path: Path) -> None:
    path.unlink()
    target = path.parents[1] / "dossier"
    target.mkdir()
    path.symlink_to(target, target_is_directory=True)


def _link_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


_SHEETS: list[tuple[str, Callable[[Path], object], str]] = [
    ("a folder", _folder, "CP014"),
    ("a link out of the project", _link_out, "CP014"),
    ("a link to a folder", _link_to_folder, "CP014"),
    ("a link to itself", _link_loop, "CP014"),
    ("100 MB", _huge, "CP005"),
    ("Latin-1", lambda path: path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1")), "CP002"),
    ("UTF-16", lambda path: path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16")), "CP002"),
    ("NUL bytes", lambda path: path.write_bytes(b"\0" * 4096), "CP002"),
    ("no YAML", lambda path: path.write_bytes(b"services: [\n"), "CP001"),
    ("an alias bomb", lambda path: path.write_bytes(b"a: &a [x]\nb: [*a, *a]\n"), "CP003"),
]
if hasattr(os, "mkfifo"):
    _SHEETS.append(("a pipe", _pipe, "CP014"))


@pytest.mark.parametrize(("spoil", "rule"), [row[1:] for row in _SHEETS], ids=[row[0] for row in _SHEETS])
def test_a_sheet_that_cannot_be_read_is_told_and_is_no_deletion(
    approved: Desk, spoil: Callable[[Path], object], rule: str
) -> None:
    spoil(approved.root / SHEET)
    refused(approved, 1, (rule, SHEET), "validate")
    refused(approved, 1, (rule, SHEET), "plan")
    unapproved(approved, SHEET)
    plan = approved.plan()
    assert (plan["changes"], plan["applyable"]) == ([], False)
    assert any(SHEET in reason for reason in plan["reasons"])


@pytest.mark.parametrize(("spoil", "rule"), [row[1:] for row in _SHEETS], ids=[row[0] for row in _SHEETS])
def test_a_named_sheet_that_cannot_be_read(approved: Desk, spoil: Callable[[Path], object], rule: str) -> None:
    spoil(approved.root / SHEET)
    refused(approved, 1, (rule, SHEET), "validate", SHEET)
    refused(approved, 1, (rule, SHEET), "plan", SHEET)


@pytest.mark.parametrize("spoil", [row[1] for row in _SHEETS], ids=[row[0] for row in _SHEETS])
def test_a_project_file_that_cannot_be_read_is_78_never_no_project(desk: Desk, spoil: Callable[[Path], object]) -> None:
    spoil(desk.root / PROJECT)
    refused(desk, 78, (PROJECT,), "validate")


def test_a_pipe_does_not_hang_a_process(desk: Desk) -> None:
    (desk.root / SHEET).unlink()
    os.mkfifo(desk.root / SHEET)
    assert spawn(desk.root, "validate").returncode == 1
    assert spawn(desk.root, "validate", SHEET).returncode == 1


@pytest.mark.parametrize("target", ["ailleurs", "sditec/structures", "sditec"])
def test_a_linked_folder_below_structures_is_told_not_followed(desk: Desk, target: str) -> None:
    (desk.root.parent / "ailleurs").mkdir()
    (desk.root.parent / "ailleurs" / "x.yaml").write_bytes((desk.root / SHEET).read_bytes())
    (desk.root / "structures" / "interne").symlink_to(desk.root.parent / target, target_is_directory=True)
    assert ("CP014", "error", "structures/interne") in findings(desk.run("validate", "--format", "json"))


def test_structures_itself_may_not_be_a_link_out_of_the_project(desk: Desk) -> None:
    outside = desk.root.parent / "ailleurs"
    (desk.root / "structures").rename(outside)
    (desk.root / "structures").symlink_to(outside, target_is_directory=True)
    ended = desk.run("validate", "--format", "json")
    assert ended.code != 0
    assert "CP108" not in ended.out


def test_a_named_file_behind_a_linked_folder_is_not_read(desk: Desk) -> None:
    outside = desk.root.parent / "ailleurs"
    outside.mkdir()
    (outside / "x.yaml").write_bytes((desk.root / SHEET).read_bytes())
    (desk.root / "structures" / "interne").symlink_to(outside, target_is_directory=True)
    ended = desk.run("validate", "--format", "json", "structures/interne/x.yaml")
    assert [rule for rule, _level, _path in findings(ended)] == ["CP014"]


def test_an_unreadable_sheet(desk: Desk) -> None:
    before = unprivileged()
    (desk.root / SHEET).chmod(0)
    told = spawn(desk.root, "validate", before=before)
    assert told.returncode == 1
    assert f"{SHEET}:1:1: error CP014" in told.stdout
    assert "Traceback" not in told.stderr
    assert spawn(desk.root, "plan", before=before).returncode == 1


def test_an_unreadable_folder(approved: Desk) -> None:
    before = unprivileged()
    (approved.root / "structures").chmod(0)
    try:
        told = spawn(approved.root, "plan", before=before)
    finally:
        (approved.root / "structures").chmod(0o755)
    assert told.returncode != 0
    assert "- Structure" not in told.stdout
    assert "structures" in told.stdout + told.stderr


def test_an_unreadable_project_file(desk: Desk) -> None:
    before = unprivileged()
    (desk.root / PROJECT).chmod(0)
    told = spawn(desk.root, "validate", before=before)
    assert told.returncode == 78
    assert PROJECT in told.stderr


@pytest.mark.parametrize("text", ["", "type: fiche-structure\n", "# vide\n", "[]\n", "texte\n", '""\n'])
def test_a_sheet_emptied_is_no_deletion(approved: Desk, text: str) -> None:
    approved.write(SHEET, text)
    refused(approved, 1, (SHEET,), "plan")
    assert not [change for change in approved.plan()["changes"] if change["op"] == "delete"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: fiche-structure\n", ""),
        ("type: fiche-structure", "type: fiche"),
        ("type: fiche-structure", "type: projet"),
        ("type: fiche-structure", "type: compte-utilisateur"),
        ("type: fiche-structure", "type: [fiche-structure]"),
        ("type: fiche-structure", "type: {a: b}"),
        ("type: fiche-structure", "type: true"),
        ("informations_generales:", "informations:"),
        (f'  identifiant: "{SIRET}"\n', ""),
        (f'  identifiant: "{SIRET}"', "  identifiant: [a]"),
        ("parametres:", "parametres: []\nautres:"),
        ("adresse_postale:", "adresse_postale: texte\nautres:"),
        ("utilisateurs:\n", 'espaces: [{nom: "x"}, true, [a]]\nutilisateurs:\n'),
        ("services:\n", 'services: {a: "x", a: "y"}\nautres:\n'),
        ("services:\n", 'services: {a: 12, b: "\\u200b"}\nautres:\n'),
        ("services:\n", 'services: ["x", [], {}]\nautres:\n'),
        ("services:\n", "services:\n  - {}\n  - {code: [x]}\n  - {code: true, libelle: 12}\n"),
        ("utilisateurs:\n", 'services: [{code: "A", libelle: ""}]\nutilisateurs:\n'),
        ("utilisateurs:\n", 'services: [x]\nservices: ["a", "b", {code: "A", libelle: "", libelle: ""}]\nutilisateurs:\n'),
    ],
)
def test_a_misshapen_sheet_is_findings_never_a_crash(desk: Desk, old: str, new: str) -> None:
    desk.edit(SHEET, old, new)
    refused(desk, 1, (SHEET,), "validate")
    refused(desk, 1, (SHEET,), "plan")
    unapproved(desk)


def test_a_sheet_whose_name_is_not_utf_8_can_be_planned_or_is_told(desk: Desk) -> None:
    (desk.root / SHEET).rename(desk.root / "structures" / os.fsdecode(b"\xff.yaml"))
    ended = desk.run("plan")
    assert ended.code in {0, 1}
    assert "internal error" not in ended.err


def _text(path: Path) -> None:
    path.write_text("ceci n'est pas une base\n" * 100, encoding="utf-8")


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as base:
        base.executescript("PRAGMA application_id=1; PRAGMA user_version=99; CREATE TABLE a (b); INSERT INTO a VALUES (1);")


def _foreign_wal(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as base:
        base.executescript("PRAGMA journal_mode=WAL; CREATE TABLE meta (lineage); INSERT INTO meta VALUES ('x');")


def _sql(words: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as base:
            base.executescript(words)

    return change


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


_STORES: list[tuple[str, Callable[[Path], object], int]] = [
    ("a folder", _folder, 69),
    ("no SQLite", _text, 69),
    ("of another program", _foreign, 69),
    ("of another program, in WAL mode", _foreign_wal, 69),
    ("of a newer format", _sql(f"PRAGMA user_version={FORMAT + 1}"), 4),
    ("truncated", _truncated, 69),
    ("a link", _linked, 69),
    ("a link to nothing", _link_to_nothing, 69),
    ("without its meta row", _sql("DELETE FROM meta"), 69),
    ("with two meta rows", _sql("INSERT INTO meta SELECT 'x', serial, format, written_at, secret FROM meta"), 69),
    ("without a table", _sql("DROP TABLE records"), 69),
    ("with a damaged record", _sql("UPDATE records SET approved = '{'"), 69),
    ("with a record that is no sheet", _sql("UPDATE records SET approved = '[1]'"), 69),
    (
        "with a record without type",
        _sql('UPDATE records SET approved = \'{"informations_generales": {"identifiant": "1"}}\''),
        69,
    ),
    ("with a damaged secret", _sql("UPDATE meta SET secret = 'zz'"), 69),
]
if hasattr(os, "mkfifo"):
    _STORES.append(("a pipe", _pipe, 69))


@pytest.mark.parametrize(("spoil", "code"), [row[1:] for row in _STORES], ids=[row[0] for row in _STORES])
@pytest.mark.parametrize("words", [("plan",), ("apply", "--yes")], ids=["plan", "apply"])
def test_a_store_that_cannot_be_one(approved: Desk, spoil: Callable[[Path], object], code: int, words: tuple[str, ...]) -> None:
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    spoil(approved.root / STORE)
    outside = listing(approved.root.parent)
    refused(approved, code, ("registre.sqlite3",), *words)
    assert listing(approved.root.parent) == outside


def test_a_folder_whose_name_sqlalchemy_would_read_as_a_query(desk: Desk) -> None:
    root = desk.root.rename(desk.root.parent / "fiches?mode=ro#50%")
    before = {path.name for path in root.parent.iterdir()}
    assert desk.run("apply", "--yes", at=root).code == 0
    assert (root / STORE).stat().st_size > 0
    assert {path.name for path in root.parent.iterdir()} == before
    assert desk.run("plan", "--detailed-exitcode", at=root).code == 0


@pytest.mark.parametrize("closed", [".chorus-config", "."])
def test_a_read_only_folder_is_69_for_apply_and_no_hindrance_to_plan(approved: Desk, closed: str) -> None:
    before = unprivileged()
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    state = approved.listing()
    folders = [approved.root / closed, (approved.root / STORE).parent]
    (approved.root / STORE).chmod(0o400)
    for folder in folders:
        folder.chmod(0o555)
    try:
        planned = spawn(approved.root, "plan", before=before)
        applied = spawn(approved.root, "apply", "--yes", before=before)
    finally:
        for folder in folders:
            folder.chmod(0o755)
        (approved.root / STORE).chmod(0o600)
    assert planned.returncode == 0
    assert applied.returncode == 69
    assert "registre.sqlite3" in applied.stderr
    assert "Traceback" not in applied.stderr
    assert approved.listing() == state


def test_a_read_only_folder_without_a_store(desk: Desk) -> None:
    before = unprivileged()
    state = desk.listing()
    desk.root.chmod(0o555)
    try:
        planned = spawn(desk.root, "plan", before=before)
        applied = spawn(desk.root, "apply", "--yes", before=before)
    finally:
        desk.root.chmod(0o755)
    assert (planned.returncode, applied.returncode) == (0, 69)
    assert desk.listing() == state


@pytest.mark.parametrize("command", ["show", "apply"])
@pytest.mark.parametrize(
    ("name", "code"),
    [("absent.json", 66), ("structures", 66), ("tube", 66), ("vide.json", 4), ("texte.json", 4), ("latin.json", 4)],
)
def test_a_plan_file_that_is_none(approved: Desk, command: str, name: str, code: int) -> None:
    os.mkfifo(approved.root / "tube")
    for file, raw in (("vide.json", b""), ("texte.json", b"plan\n"), ("latin.json", b'{"a": "\xe9"}')):
        (approved.root / file).write_bytes(raw)
    refused(approved, code, (name,), command, name)


@pytest.mark.parametrize("command", ["show", "apply"])
@pytest.mark.parametrize("part", [0.01, 0.5, 0.9, 0.999])
def test_a_truncated_plan_is_4(approved: Desk, command: str, part: float) -> None:
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    path = approved.save()
    raw = path.read_bytes().rstrip()
    path.write_bytes(raw[: min(int(len(raw) * part), len(raw) - 1)])
    refused(approved, 4, ("plan.json",), command, "plan.json")


@pytest.mark.parametrize("command", ["show", "apply"])
@pytest.mark.parametrize(
    "text", ["null", "[]", '"plan"', "1", "{}", "[" * 100_000, "1" * 5000, '{"format_version": "1.0"}', "NaN"]
)
def test_json_that_is_no_plan_is_4(approved: Desk, command: str, text: str) -> None:
    approved.write("plan.json", text)
    refused(approved, 4, ("plan.json",), command, "plan.json")


@pytest.mark.parametrize("command", ["show", "apply"])
@pytest.mark.parametrize("version", ["2.0", "10.0", "0.9", "1", "", "abc"])
def test_a_plan_of_another_format_is_4(approved: Desk, command: str, version: str) -> None:
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    path = approved.save()
    approved.edit("plan.json", '"format_version": "1.0"', f'"format_version": "{version}"')
    refused(approved, 4, (path.name,), command, "plan.json")


def test_out_that_cannot_be_written_is_69(desk: Desk) -> None:
    refused(desk, 69, ("absent",), "plan", "--out", "absent/plan.json")
    refused(desk, 69, ("structures",), "plan", "--out", "structures")


def test_two_sheets_of_one_identifier_are_told_by_plan(desk: Desk) -> None:
    desk.edit(OTHER, '"25160278500023"', f'"{SIRET}"')
    refused(desk, 1, ("CP011", OTHER, SHEET), "plan")
