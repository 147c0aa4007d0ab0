"""The commands of the pages are run, page by page, in their order, as a reader would; what cannot run here is marked and counted."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.cli.desk import Desk, Ended
from tests.pages import DOCS, Step, commands, inline, steps, words
from tests.sources.annuaire.making import PUBLIC, SERVICE, service, table, town

EXAMPLES: Final = DOCS.parent / "examples"
SIRET: Final = "21160999500017"
# The day of the lists, after every other: what they say is news.
LATER: Final = "2126-01-01"

# Pages with blocks that are run, and how many of their blocks are not: a network, another machine, a library to install.
PAGES: Final = {"parcours.md": 1, "recettes.md": 1}


class Reader:
    """Somebody who does what a page says, in a folder, and answers yes to what is asked."""

    def __init__(self, base: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[bytes]) -> None:
        self.desk = Desk(base, patch, capture)
        self.base = base
        self.here = base
        self.said: list[tuple[str, Ended]] = []

    def begin(self, name: str) -> None:
        """Go to a new folder, prepared so."""
        self.here = self.base / str(len(list(self.base.iterdir())))
        self.here.mkdir()
        SETUPS[name](self)

    def do(self, step: Step) -> None:
        """Do one step; a command must end as the page says."""
        if step.do == "begin":
            self.begin(step.what)
        elif step.do == "write":
            self.write(step.what, step.text)
        elif step.do == "append":
            self.write(step.what, (self.here / step.what).read_text(encoding="utf-8") + step.text)
        elif step.do == "insert":
            path, _before, place = step.what.partition(" before ")
            text = (self.here / path).read_text(encoding="utf-8")
            assert place in text, step.what
            self.write(path, text.replace(place, f"{step.text}{place}", 1))
        elif step.do == "run":
            ended = self.run(step.what)
            assert ended.code == step.code, (step.what, ended)
            assert "Traceback" not in ended.err
            self.said.append((step.what, ended))

    def run(self, line: str) -> Ended:
        """Run one command line."""
        program, *rest = words(line)
        if program == "chorus-config":
            return self.desk.run(*rest, stdin="oui\n" * 30, at=self.here)
        if program == "cd":
            self.here /= rest[0]
            return Ended(int(not self.here.is_dir()), "", "")
        done = subprocess.run(["git", *rest], cwd=self.here, capture_output=True, encoding="utf-8", check=False, timeout=60)
        return Ended(done.returncode, done.stdout, done.stderr)

    def write(self, name: str, text: str) -> None:
        """Write a file of the folder."""
        path = self.here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def must(self, *lines: str) -> None:
        """Run commands of a set-up; each must succeed."""
        for line in lines:
            ended = self.run(line)
            assert ended.code == 0, (line, ended)

    def told(self, command: str) -> str:
        """Return what a command said, the last time it was run, with blanks as typed."""
        return next(ended.out for line, ended in reversed(self.said) if line.startswith(command)).replace("\u00a0", " ")


def _example(reader: Reader, name: str) -> None:
    shutil.copytree(EXAMPLES / name, reader.here, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".chorus-config"))


def _in_git(reader: Reader) -> None:
    """All that is there, committed to `main`, with a server to push to."""
    server = reader.base / f"{reader.here.name}.git"
    who = ("git config user.name Alix", "git config user.email alix@valmont.example")
    reader.must("git init -q -b main", *who, "git add .", "git commit -q -m Fiches", f"git init -q --bare {server}")
    reader.must(f"git remote add origin {server}", "git push -q -u origin main")


def _lists(reader: Reader) -> None:
    """Public lists as AIFE publishes them, of the town of the examples and of two neighbours.

    They are younger than all that is approved, and say of the town what its sheet says but for the telephone.
    """
    alike = {"RecepteurEdi": "false", "EstMOA": "false", "GestionService": "false"}
    seat = {"Adresse": "1 PLACE DE LA MAIRIE", "ComplementAdresse1": "", "CodePostal": "16999", "Ville": "VALMONT-SUR-TOUVRE"}
    towns = (
        town(**alike | seat | {"GestionService": "true"}, RaisonSociale="COMMUNE DE VALMONT-SUR-TOUVRE",
             ComplementAdresse2="", NumTelephone="0536490199", Courriel="factures@valmont-sur-touvre.example"),
        town(**alike, Identifiant="25160278500015", RaisonSociale="SYNDICAT DES EAUX"),
        town(**alike, Identifiant="25160300700013", RaisonSociale="SYNDICAT SCOLAIRE"),
    )  # fmt: skip
    nowhere = {name: "" for name in SERVICE if name not in {"Identifiant", "Code", "Nom", "GestionEGMT", "ServiceActif"}}
    services = [
        *({**PUBLIC, **nowhere, "Code": PUBLIC["Code"], "Identifiant": one["Identifiant"]} for one in towns),
        service(**nowhere | seat | {"Adresse": "12 RUE DES ATELIERS", "CodePays": "FR", "LibellePays": "France",
                                    "Code": "ST-TECH", "GestionEGMT": "false"}),
        service(**nowhere | {"Code": "SCOLAIRE", "Nom": "Affaires scolaires et restauration"}),
        service(**nowhere | {"Code": "CULTURE", "Nom": "Médiathèque et vie culturelle", "GestionEGMT": "false"}),
        service(**nowhere | {"Code": "VOIRIE", "Nom": "Voirie", "ServiceActif": "FALSE", "GestionEGMT": "false"}),
    ]  # fmt: skip
    for folder in ("annuaire", "telechargements"):
        reader.write(f"{folder}/structures-{LATER}.csv", table(*towns))
        reader.write(f"{folder}/services-{LATER}.csv", table(*services))
    reader.write("sirens.txt", "211609995\n251602785\n251603007\n")


def _commune(reader: Reader) -> None:
    """The town of the examples, in git, approved and confirmed."""
    _example(reader, "commune")
    reader.write(".gitignore", "annuaire/\ntelechargements/\nsirens.txt\n*.html\n*.json\n")
    _in_git(reader)
    _lists(reader)
    reader.must("chorus-config apply --yes", "chorus-config confirm --all")


def _modified(reader: Reader) -> None:
    """The same, with a change that nobody has approved yet."""
    _commune(reader)
    change = "'services[CULTURE].date_fin=2027-06-30'"
    reader.must(f"chorus-config set {change} --target {SIRET} --yes", "git commit -q -a -m Fermeture")


SETUPS: Final[dict[str, Callable[[Reader], None]]] = {
    "empty": lambda _reader: None,
    "lists": _lists,
    "commune": _commune,
    "lycee": lambda reader: _example(reader, "lycee"),
    "sditec": lambda reader: _example(reader, "sditec"),
    "modified commune": _modified,
}


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Reader:
    """A reader in an empty folder, whose git knows nobody and whose program follows no settings."""
    for name in [name for name in os.environ if name.startswith(("CHORUS_CONFIG_", "GIT_"))]:
        monkeypatch.delenv(name)
    for name, value in {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "CHORUS_CONFIG_LANG": "fr"}.items():
        monkeypatch.setenv(name, value)
    base = tmp_path / "dossiers"
    base.mkdir()
    return Reader(base, monkeypatch, capfdbinary)


def followed(reader: Reader, page: str) -> Reader:
    """Do all that a page says, and return the reader."""
    done = list(steps(page))
    if done[0].do != "begin":
        reader.begin("empty")
    for step in done:
        reader.do(step)
    assert len([step for step in done if step.do == "skip"]) == PAGES[page], page
    return reader


def test_a_change_goes_all_the_way(reader: Reader) -> None:
    followed(reader, "parcours.md")


def test_recipes_work(reader: Reader) -> None:
    followed(reader, "recettes.md")
