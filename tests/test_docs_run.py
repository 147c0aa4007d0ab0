"""The commands of the pages are run in their order, as a reader would; what cannot run here is marked and counted."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.cli.desk import ACCOUNT, Desk, Ended
from tests.cli.desk import SHEET as SDITEC
from tests.once import missing_tool
from tests.pages import DOCS, Step, inline, steps, words
from tests.samples import changed
from tests.sources.annuaire.making import PUBLIC, SERVICE, service, table, town

EXAMPLES: Final = DOCS.parent / "examples"
SIRET: Final = "21160999500017"
# The instant of the lists, after every other: what they say is news.
LATER: Final = 4_923_000_000

# Pages with blocks that are run, and how many of their blocks are not: a network, another machine, a library to install.
PAGES: Final = {
    "../README.md": 1,
    "ecrans.md": 0,
    "fix.md": 0,
    "installation.md": 1,
    "letters.md": 0,
    "notice.md": 0,
    "parcours.md": 1,
    "portefeuille.md": 0,
    "premiere-heure.md": 1,
    "recettes.md": 1,
    "snapshot.md": 0,
    "sources.md": 1,
}
# Pages that are run where what they are about is tested.
ELSEWHERE: Final = {"tableurs.md": "cli/test_import_spreadsheet.py", "demonstration.md": "test_docs.py"}
# How many of the commands named in sentences ask a network.
SKIPPED: Final = 2


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
        missing_tool(program)
        done = subprocess.run([program, *rest], cwd=self.here, capture_output=True, encoding="utf-8", check=False, timeout=60)
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
    server = reader.base / f"{len(list(reader.base.iterdir()))}.git"
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
    for name, rows in (("structures", towns), ("services", services)):
        reader.write(f"annuaire/{name}.csv", table(*rows))
        os.utime(reader.here / f"annuaire/{name}.csv", (LATER, LATER))
    reader.write("sirens.txt", "211609995\n251602785\n251603007\n")


def _downloaded(reader: Reader) -> None:
    """The same lists where the weekly job of CI downloads them, and what they said the week before."""
    _lists(reader)
    shutil.copytree(reader.here / "annuaire", reader.here / "telechargements")
    reader.must("chorus-config observe annuaire:telechargements --list sirens.txt -o releve.json")


def _commune(reader: Reader) -> None:
    """The town of the examples, in git, approved and confirmed."""
    _example(reader, "commune")
    reader.write(".gitignore", "annuaire/\ntelechargements/\nsirens.txt\n*.html\n*.json\n")
    _in_git(reader)
    _lists(reader)
    shutil.copytree(reader.here / "annuaire", reader.here / "telechargements")
    reader.must("chorus-config apply --yes", "chorus-config confirm --all")


def _modified(reader: Reader) -> None:
    """The same, with a change that nobody has approved yet."""
    _commune(reader)
    change = "'services[CULTURE].date_fin=2027-06-30'"
    reader.must(f"chorus-config set {change} --target {SIRET} --yes", "git commit -q -a -m Fermeture")


def _approved(reader: Reader) -> None:
    """The town of the examples, approved, and all of it still to be entered."""
    _example(reader, "commune")
    reader.must("chorus-config apply --yes")


def _begun(reader: Reader) -> None:
    """What `init` makes of the answers of somebody."""
    named = '--raison-sociale "COMMUNE DE VALMONT" --email factures@valmont.example --ci none'
    reader.must(f"chorus-config init fiches --siret {SIRET} {named}")


def _slip(reader: Reader) -> None:
    """What `init` makes, in git, and a slip that nobody has kept yet."""
    _begun(reader)
    reader.here /= "fiches"
    _in_git(reader)
    sheet = reader.here / f"structures/{SIRET}.yaml"
    sheet.write_text(changed(sheet.read_text(encoding="utf-8"), "  # statut: ACTIF", "  statut: Actif"), encoding="utf-8")


def _branch(reader: Reader) -> None:
    """The town of the examples, and a branch on which a service closes."""
    _example(reader, "commune")
    _in_git(reader)
    reader.must(
        "git switch -q -c fermeture", f"chorus-config set 'services[CULTURE].date_fin=2027-06-30' --target {SIRET} --yes"
    )
    reader.must("git commit -q -a -m Fermeture")


def _faulty(reader: Reader) -> None:
    """A sheet with faults that are safe to mend, one that is not, and an account in another encoding."""
    _example(reader, "sditec")
    sheet, account = (reader.here / name for name in (SDITEC, ACCOUNT))
    text = sheet.read_text(encoding="utf-8")
    text = changed(text, 'telephone: "+33 545222040"', "telephone: 05 45 22 20 40")
    text = changed(text, '"accueil@sditec.fr"', '"accueil@sditec,fr"')
    sheet.write_text(text, encoding="utf-8")
    account.write_text(account.read_text(encoding="utf-8").replace("’", "'"), encoding="cp1252", errors="replace")


SETUPS: Final[dict[str, Callable[[Reader], None]]] = {
    "empty": lambda _reader: None,
    "lists": _lists,
    "downloaded lists": _downloaded,
    "approved commune": _approved,
    "begun": _begun,
    "slip": _slip,
    "branch": _branch,
    "faulty": _faulty,
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


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_is_done_as_it_is_told(reader: Reader, page: str) -> None:
    followed(reader, page)
    check = CHECKS.get(page)
    if check is not None:
        check(reader)


def _first_hour(reader: Reader) -> None:
    assert "1 fiche, 1 fichier de projet : rien à signaler" in reader.told("chorus-config validate")
    assert "211609995_21160999500017" in reader.told("chorus-config notice")
    assert "finances@valmont-sur-touvre.example" in reader.told("chorus-config diff")
    assert {"saisie.html", "fournisseurs.html"} <= {path.name for path in reader.here.iterdir()}
    assert "0 opération reste" in reader.told("chorus-config confirm")
    assert "à jour : 1" in reader.told("chorus-config status")
    named = {line.split()[1] for line, _ended in reader.said if line.startswith("chorus-config ")}
    assert named >= {"init", "fix", "set", "plan", "apply", "worksheet", "letter", "history"}


def _portfolio(reader: Reader) -> None:
    assert "A. Martin" in reader.told("chorus-config status")
    assert {"mur.html", "suivi.xlsx"} <= {path.name for path in reader.here.iterdir()}


def _ways(reader: Reader) -> None:
    assert any("211609995_21160999500017_CULTURE" in ended.out for line, ended in reader.said if line == "chorus-config diff")
    assert "Rien à faire dans Chorus Pro" in reader.told("chorus-config worksheet")
    assert "Aucun écart" in reader.told("chorus-config drift")


def _recipes(reader: Reader) -> None:
    assert "à jour : 1" in reader.told("chorus-config status --membre")
    assert "Rien n’a changé" in reader.told("chorus-config observe annuaire:annuaire --list sirens.txt --since")
    assert "211609995_21160999500017_MEDIATHEQUE" in reader.told("chorus-config notice --changes main --format")
    assert "transfert fait au portail" in reader.told("chorus-config plan --accept")


CHECKS: Final[dict[str, Callable[[Reader], None]]] = {
    "premiere-heure.md": _first_hour,
    "parcours.md": _ways,
    "portefeuille.md": _portfolio,
    "recettes.md": _recipes,
}


def test_every_page_with_commands_is_run() -> None:
    with_blocks = {path.name for path in DOCS.glob("*.md") if "```console" in path.read_text(encoding="utf-8")}
    assert {"../README.md", *with_blocks} == {*PAGES, *ELSEWHERE}
    for page, test in ELSEWHERE.items():
        assert page in (Path(__file__).parent / test).read_text(encoding="utf-8")


# Commands that are named in a sentence, in a table: what stands there for something that the reader has.
NAMES: Final = {
    "RÈGLE": "CP101",
    "SIRET": SIRET,
    "FICHE": f"structures/{SIRET}.yaml",
    "SOURCE": "annuaire:annuaire",
    "ADRESSE": SIRET,
    "comptes/REF": "comptes/dgs",
    "NUMÉRO": "1",
    "NOM": "fiche-structure",
    "FICHIER": "registre.sauvegarde",
}
# The name of a command, which does nothing without what follows in the sentence; what asks a network.
NAMED_ONLY: Final = {
    "chorus-config set",
    "chorus-config import",
    "chorus-config init",
    "chorus-config init fiches",
    "chorus-config init --ci github",
    "chorus-config observe -o FICHIER",
}
# Pages that name commands as they are called, not as they are typed.
UNTYPED: Final = {"rules.md", "architecture.md", "api.md", "commandes.md"}
ON_A_NETWORK: Final = ("afnor:", "piste:")
# What ends otherwise here: sheets and a store that are there already, a budget that the lists do not have yet.
ENDS: Final = {
    "chorus-config import SOURCE --siret SIRET": {4},
    "chorus-config import annuaire:annuaire --siret 21160999500025": {66},
    "chorus-config state restore FICHIER": {4},
}


def named() -> list[str]:
    """Return the commands that are named in the sentences of all pages but those that no reader types."""
    pages = [
        path.name
        for path in sorted(DOCS.glob("*.md"))
        if path.name not in {"rules.md", "architecture.md", "api.md", "commandes.md"}
    ]
    found = dict.fromkeys(line for page in pages for line in inline(page))
    return [line for line in found if line not in NAMED_ONLY and not re.search(r"[\[…]", line)]


def test_commands_in_sentences_do_something(reader: Reader) -> None:
    reader.begin("modified commune")
    reader.must("chorus-config observe annuaire:annuaire -o releve.json", "git switch -q -c essai")
    lines = named()
    skipped = [line for line in lines if any(source in line for source in ON_A_NETWORK)]
    assert len(skipped) == SKIPPED
    wrong = []
    for line in sorted(lines, key=lambda line: "forget" in line):
        if line not in skipped:
            typed = " ".join(NAMES.get(word, word) for word in line.split(" "))
            ended = reader.run(typed)
            if ended.code not in ENDS.get(line, {0, 1, 2}) or "Traceback" in ended.err:
                wrong.append((typed, ended))
    assert not wrong, wrong
