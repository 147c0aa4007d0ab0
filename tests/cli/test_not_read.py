"""Files that are plainly meant as ours are read, or it is told that they are not: by every command that reads a project."""

from __future__ import annotations

import pytest

from tests.repository import begun, commit, git

from .desk import ACCOUNT, PROJECT, SHEET, SIRET, Desk
from .portal import NAME, general, snapshot

WHERE = "structures/**/*.yaml, comptes/**/*.yaml"
WATER = "structures/eau.yaml.txt"
COMMANDS = (
    ("validate",), ("plan",), ("apply", "--yes"), ("diff",), ("drift", "--against", NAME), ("plan", "--against", NAME),
    ("observe", NAME, "--record", "--yes"), ("import", NAME, "--target", SIRET),
)  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_tells_once(approved: Desk, words: tuple[str, ...]) -> None:
    begun(approved.root)
    snapshot(approved, general())
    for name in (WATER, "compte/dgs.yaml", "chorus-config.yml"):
        approved.write(name, approved.read(ACCOUNT if name.startswith("compte/") else SHEET))
    told = [line for line in approved.run(*words).err.splitlines() if "is not read" in line or "and is not read" in line]
    assert told == [
        "note: chorus-config.yml is not read: the project file is chorus-config.yaml",
        f"note: compte/dgs.yaml says that it is one of our files, and is not read: they are looked for in {WHERE}",
        f"note: {WATER} is not read, since its name does not end in .yaml",
    ]
    assert "not read" not in approved.run(*words, "--quiet").err


def test_many_are_counted(desk: Desk) -> None:
    for number in range(25):
        desk.write(f"structures/{number:02}.yml", "x")
    lines = desk.run("validate").err.splitlines()
    assert len(lines) == 11
    assert lines[-1] == "note: more files are not read either: 15"


@pytest.mark.parametrize("name", ["chorus-config.yml", "chorus-config.yaml.txt", "Chorus-config.yaml", "projet.yaml"])
def test_without_its_project_file_nothing_is_judged(desk: Desk, name: str) -> None:
    """Portfolio, exceptions, thresholds and the store's address are in it: nothing said without them would be true."""
    begun(desk.root)
    (desk.root / PROJECT).rename(desk.root / name)
    before = desk.listing()
    for words in (("validate",), ("plan",), ("apply", "--yes"), ("diff",), ("worksheet",), ("history",), ("state", "list")):
        ended = desk.run(*words)
        assert (ended.code, ended.out) == (78, ""), words
        assert f"{name} is meant as the project file, which is called chorus-config.yaml" in ended.err
    assert desk.listing() == before
    assert desk.run("validate", "--config", name).code == 0
    if name != "projet.yaml":
        assert desk.run("plan", at=desk.root / "structures").code == 78


def test_a_revision_without_its_project_file(desk: Desk) -> None:
    begun(desk.root)
    git(desk.root, "mv", PROJECT, "chorus-config.yml")
    desk.write(WATER, desk.read(SHEET))
    commit(desk.root, "renamed")
    assert desk.run("diff", "HEAD~1..HEAD").code == 78
    git(desk.root, "mv", "chorus-config.yml", PROJECT)
    commit(desk.root, "named again")
    ended = desk.run("diff", "HEAD~1..HEAD")
    assert (ended.code, f"note: {WATER} is not read" in ended.err) == (0, True)
