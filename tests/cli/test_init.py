"""`init`: from an empty folder to a project that is valid at once; nothing that is there is written over."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from chorus_config.app.scaffold import project as starting
from chorus_config.model.scaffold import Origin
from tests.once import calm, git, missing_tool

from .desk import PROJECT, Desk, Ended, listing, spawn
from .portal import NAME, PUBLIC, snapshot

SIRET = "21160999500017"
SHEET = f"structures/{SIRET}.yaml"
ADDRESS = ("--adresse", "1 PLACE DE LA MAIRIE", "--code-postal", "16999", "--ville", "VALMONT")
GIVEN = ("--siret", SIRET, "--raison-sociale", "COMMUNE DE VALMONT", "--email", "factures@valmont.example")
SCHEMAS = [f"schemas/{name}.schema.json" for name in ("compte-utilisateur", "fiche-structure", "projet")]
ALWAYS = sorted([".gitignore", ".pre-commit-config.yaml", "chorus-config.yaml", *SCHEMAS, SHEET])


def files(root: Path) -> list[str]:
    """Return the files of a folder, without those of the store and of git."""
    found = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return sorted(one for one in found if not one.startswith((".chorus-config/", ".git/")))


@pytest.fixture
def terminal(bare: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty folder, and somebody who can be asked."""
    monkeypatch.setattr("chorus_config.cli.init.is_asked_on_terminal", lambda: True)
    return bare


def test_from_an_empty_folder_to_a_project_that_is_valid_and_planned(bare: Desk) -> None:
    ended = bare.run("init", *GIVEN, *ADDRESS)
    assert (ended.code, ended.err) == (0, "")
    assert files(bare.root) == ALWAYS
    assert "has nothing to say against it" in ended.out
    steps = [line.strip() for line in ended.out.split("Next:\n")[1].splitlines()]
    assert [step[:2] for step in steps] == ["1.", "2.", "3."]
    assert steps[0].startswith("1. Read the sheets in structures/ over")
    done = bare.run("validate", "--fail-level", "info")
    assert (done.code, done.out) == (0, "1 sheet, 1 project file: nothing to report\n"), done.out
    assert bare.plan()["summary"]["create"] == 1
    assert bare.run("schema", "--check").out == "2 files read: no modeline to put right\n"
    assert "git init" in ended.out
    assert "cd " not in ended.out


def test_an_address_that_is_not_given_is_said_to_be_missing(bare: Desk) -> None:
    ended = bare.run("init", *GIVEN)
    assert ended.code == 0
    assert ended.out.count("CP010") == 3
    assert bare.run("validate").code == 0
    assert 'libelle: "COMMUNE DE VALMONT"' in bare.read(SHEET)


def test_a_second_run_writes_nothing(bare: Desk) -> None:
    bare.run("init", *GIVEN, "--ci", "github")
    before = listing(bare.root)
    for words in ((), GIVEN, (*GIVEN, "--ci", "github")):
        ended = bare.run("init", *words)
        assert ended.code == 0
        assert "Nothing to write" in ended.out
        assert "There already, left as it is: chorus-config.yaml, structures/" in ended.out
        assert listing(bare.root) == before
    assert "there are sheets already" in ended.err


def test_nothing_that_is_there_is_written_over(bare: Desk) -> None:
    ours = {".gitignore": "ours\n", ".pre-commit-config.yaml": "repos: []\n", "schemas/projet.schema.json": "{}\n"}
    for name, text in ours.items():
        bare.write(name, text)
    ended = bare.run("init", *GIVEN, *ADDRESS)
    assert ended.code == 0
    assert {name: bare.read(name) for name in ours} == ours
    assert "left as it is: schemas/projet.schema.json, .gitignore, .pre-commit-config.yaml" in ended.out
    assert files(bare.root) == ALWAYS


def test_sheets_without_a_project_file_get_one_that_names_them(desk: Desk) -> None:
    (desk.root / "chorus-config.yaml").unlink()
    ended = desk.run("init")
    assert ended.code == 0, ended.err
    body = yaml.safe_load(desk.read("chorus-config.yaml"))
    assert body["portefeuille"]["budgets"] == [
        {"identifiant": "25160278500015", "libelle": "SDITEC"},
        {"identifiant": "25160278500023", "libelle": "ADHERENT SDITEC"},
    ]
    assert desk.run("validate").code == 0


def test_a_project_file_that_is_there_decides(bare: Desk) -> None:
    text = 'type: projet\nversion: 1\nlangue: fr\nstructures: ["fiches/*.yaml"]\n'
    bare.write("chorus-config.yaml", text)
    ended = bare.run("init", *GIVEN)
    assert (ended.code, ended.out) == (4, "")
    assert "no pattern of `structures`" in ended.err
    assert files(bare.root) == ["chorus-config.yaml"]
    bare.write("chorus-config.yaml", text.replace('structures: ["fiches/*.yaml"]\n', ""))
    assert bare.run("init", *GIVEN, "--lang", "fr").code == 0
    assert "# La fiche d’une structure" in bare.read(SHEET)


def test_a_link_is_not_written_through(bare: Desk, tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (bare.root / "structures").symlink_to(tmp_path / "ailleurs")
    ended = bare.run("init", *GIVEN)
    assert ended.code == 4
    assert "through a link" in ended.err
    assert list((tmp_path / "ailleurs").iterdir()) == []
    assert files(bare.root) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--siret --raison-sociale --email must be given"),
        (GIVEN[:4], "nothing was written: --email must be given"),
        (("--siret", "21160999500018", *GIVEN[2:]), "--siret: CP102 The SIRET"),
        ((*GIVEN[:4], "--email", "secret-nobody"), "--email: CP106"),
        ((*GIVEN, "--code-postal", "1"), "--code-postal: CP202"),
        ((*GIVEN, "--siret", "1"), "go with --from"),
        (("--from", "x.json"), "--siren, --siret or --list"),
        (("--from", "x.json", *GIVEN), "the source says"),
        ((*GIVEN, "--config", "x.yaml"), "--config does not go with it"),
        ((*GIVEN, "--ci", "jenkins"), "github"),
        ((*GIVEN, "--format", "json"), "not a format"),
    ],
)
def test_what_cannot_be_done_is_64_and_leaves_no_trace(bare: Desk, words: tuple[str, ...], said: str) -> None:
    ended = bare.run("init", "neuf", *words)
    assert ended.code == 64
    assert said in ended.err
    # No mailbox is repeated on the side.
    assert "secret-nobody" not in ended.err
    assert list(bare.root.iterdir()) == []


def test_a_folder_of_its_own(bare: Desk) -> None:
    ended = bare.run("init", "a/b", *GIVEN)
    assert ended.code == 0
    assert "cd a/b, then" in ended.out
    assert files(bare.root / "a" / "b") == ALWAYS
    elsewhere = bare.run("-C", "a", "init", "mes fiches", *GIVEN)
    assert "cd 'a/mes fiches', then" in elsewhere.out
    assert files(bare.root / "a" / "mes fiches") == ALWAYS
    # The paths of the findings are those of the project.
    assert f"\n{SHEET}:" in ended.out
    inner = bare.run("init", "a/b/c", *GIVEN)
    assert (inner.code, "inside the project of" in inner.err) == (4, True)
    bare.write("file", "x")
    assert bare.run("init", "file", *GIVEN).code == 66
    # Beside a project there may be another one.
    assert bare.run("init", "a/d", *GIVEN).code == 0


def test_in_a_repository_what_is_read_at_its_top_is_written_there_only(bare: Desk) -> None:
    bare.git("init")
    ended = bare.run("init", "fiches", *GIVEN, "--ci", "gitlab")
    assert ended.code == 0
    assert files(bare.root / "fiches") == [one for one in ALWAYS if one != ".pre-commit-config.yaml"]
    assert "at the top of the repository only" in ended.out
    assert "git init" not in ended.out
    top = bare.run("init", *GIVEN, "--ci", "gitlab")
    assert top.code == 0
    assert ".gitlab-ci.yml, first write where chorus-config comes from" in top.out
    assert yaml.safe_load(bare.read(".gitlab-ci.yml"))


def test_the_ci_file_of_github(bare: Desk) -> None:
    ended = bare.run("init", *GIVEN, "--ci", "github")
    assert sorted([*ALWAYS, ".github/workflows/fiches.yml"]) == files(bare.root)
    assert "In .github/workflows/fiches.yml, first write" in ended.out


def test_the_repository_that_the_program_came_from_is_named(bare: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "origin", lambda: Origin("https://github.com/a/chorus-config", "b" * 40))
    ended = bare.run("init", *GIVEN, "--ci", "github")
    assert f"uses: a/chorus-config@{'b' * 40}" in bare.read(".github/workflows/fiches.yml")
    assert "first write" not in ended.out


@pytest.mark.parametrize(
    ("noted", "known"),
    [
        ('{"url": "https://x.example/c.git", "vcs_info": {"vcs": "git", "commit_id": "' + "a" * 40 + '"}}', True),
        ('{"url": "https://me:secret@x.example/c.git", "vcs_info": {"commit_id": "' + "a" * 40 + '"}}', False),
        ('{"url": "file:///home/me/c", "dir_info": {"editable": true}}', False),
        ('{"url": "https://x.example/c # d", "vcs_info": {"commit_id": "' + "a" * 40 + '"}}', False),
        ('{"url": "https://x.example/c", "vcs_info": {"commit_id": "main"}}', False),
        ("[]", False),
        ("{", False),
        (None, False),
    ],
)
def test_where_the_program_came_from(monkeypatch: pytest.MonkeyPatch, noted: str | None, known: bool) -> None:
    class Installed:
        def read_text(self, _name: str) -> str | None:
            return noted

    monkeypatch.setattr(starting, "distribution", lambda _name: Installed())
    assert (starting.origin() is not None) is known


# Asked on a terminal


def test_it_asks_one_question_a_line_and_checks_each_answer_at_once(terminal: Desk) -> None:
    lines = ["2116", "211 609 995 00017", "", "COMMUNE DE VALMONT", "", "personne", "factures@valmont.example",
             "1 PLACE DE LA MAIRIE", "1699", "16999", "VALMONT", "jenkins", "gitlab"]  # fmt: skip
    ended = terminal.run("init", stdin="\n".join([*lines, ""]))
    assert ended.code == 0
    for said in ("CP101 The SIRET is", "[COMMUNE DE VALMONT]: ", "CP106", "CP202"):
        assert ended.err.count(said) == 1
    # It is needed, and was left empty once.
    assert ended.err.count("Raison sociale: ") == 2
    assert ended.err.count("CI file: ") == 2
    assert files(terminal.root) == sorted([".gitlab-ci.yml", *ALWAYS])
    body = yaml.safe_load(terminal.read(SHEET))
    assert body["adresse_postale"]["ville"] == "VALMONT"
    assert body["informations_generales"]["libelle"] == "COMMUNE DE VALMONT"
    assert terminal.run("validate", "--fail-level", "info").code == 0


def test_an_answer_is_not_told_to_write_the_signs_of_a_file(terminal: Desk) -> None:
    lines = ["2116", "21160999500018", SIRET, "COMMUNE  DE VALMONT", "", "factures@valmont.example", "1 PLACE", "1699", "16999",
             "VALMONT", "oui", "none"]  # fmt: skip
    ended = terminal.run("init", "--lang", "fr", stdin="\n".join([*lines, ""]))
    assert ended.code == 0
    for rule in ("CP101", "CP102", "CP202"):
        assert rule in ended.err
    assert not re.search("guillemets|dérogation|CP016", ended.err)
    assert yaml.safe_load(terminal.read(SHEET))["informations_generales"]["raison_sociale"] == "COMMUNE DE VALMONT"
    # What a CI file is for is said once, before it is asked for.
    assert ended.err.count("à chaque push") == 1
    assert "Répondez github, gitlab ou aucun" in ended.err


def test_what_the_project_file_offers_is_valid_without_its_signs(bare: Desk) -> None:
    assert bare.run("init", *GIVEN, *ADDRESS).code == 0
    text = bare.read(PROJECT)
    assert "chorus-config observe piste:" in text
    offered = re.sub("^# (?=annuaire:|plateformes:|  principale:|registre:)", "", text, flags=re.MULTILINE)
    body = yaml.safe_load(offered)
    assert {"annuaire", "plateformes", "registre"} <= body.keys()
    assert "principale" in body["plateformes"]
    (bare.root / PROJECT).write_text(offered.replace("\nregistre:", "\n# registre:"), encoding="utf-8")
    assert bare.run("validate").code == 0


def test_only_what_no_option_says_is_asked(terminal: Desk) -> None:
    ended = terminal.run("init", *GIVEN[:4], stdin="\na@valmont.example\n\n\n")
    assert ended.code == 0
    assert "SIRET" not in ended.err
    # Without the street, nobody is asked for the town.
    assert "Town" not in ended.err
    assert "CP010" in ended.out


def test_what_the_rules_warn_of_is_asked_again_and_may_be_kept(terminal: Desk) -> None:
    lines = ["Mairie", "Commune de Valmont", "mairie@gmail.com", "", "", ""]
    ended = terminal.run("init", *GIVEN[:4], stdin="\n".join([*lines, ""]))
    assert ended.code == 0
    assert ended.err.count("CP105") == ended.err.count("CP107") == 1
    assert "[Mairie]: " in ended.err
    # A mailbox is not repeated, even to who wrote it.
    assert "gmail" not in ended.err
    assert "[…]: " in ended.err
    general = yaml.safe_load(terminal.read(SHEET))["informations_generales"]
    assert (general["libelle"], general["adresse_electronique"]) == ("Commune de Valmont", "mairie@gmail.com")


def test_what_the_rules_refuse_is_no_default(terminal: Desk) -> None:
    lines = ["VILLE", "", "Ville de Valmont", "a@valmont.example", "", ""]
    ended = terminal.run("init", "--siret", SIRET, stdin="\n".join([*lines, ""]))
    assert ended.code == 0
    assert "[VILLE]" not in ended.err
    assert "CP105" not in ended.err
    assert yaml.safe_load(terminal.read(SHEET))["informations_generales"]["libelle"] == "Ville de Valmont"


def test_who_gives_all_that_is_needed_is_asked_nothing(terminal: Desk) -> None:
    ended = terminal.run("init", *GIVEN, stdin="")
    assert (ended.code, ended.err) == (0, "")


def test_an_option_that_is_refused_is_asked_for_again(terminal: Desk) -> None:
    ended = terminal.run("init", "--siret", "1", stdin=f"{SIRET}\nX DE Y\n\na@valmont.example\n\n\n")
    assert ended.code == 0
    assert ended.err.count("CP101") == 1


@pytest.mark.parametrize("answers", ["", f"{SIRET}\n", f"{SIRET}\nNAME\n"])
def test_who_stops_answering_has_written_nothing(terminal: Desk, answers: str) -> None:
    ended = terminal.run("init", stdin=answers)
    assert (ended.code, ended.out) == (4, "")
    assert list(terminal.root.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_real_terminal_is_asked(tmp_path: Path) -> None:
    import pty

    theirs, ours = pty.openpty()
    env = {**calm(tmp_path), "CHORUS_CONFIG_LANG": "fr"}
    with subprocess.Popen(
        [sys.executable, "-m", "chorus_config", "init", "neuf"], cwd=tmp_path, env=env, stdin=ours, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        os.close(ours)
        os.write(theirs, f"{SIRET}\nCOMMUNE DE VALMONT\n\nfactures@valmont.example\n\naucun\n".encode())
        out, err = process.communicate(timeout=60)
        os.close(theirs)
    assert process.returncode == 0, err
    assert err.startswith("SIRET du budget (14 chiffres)\u00a0: ")
    assert "Ensuite" in out
    assert files(tmp_path / "neuf") == ALWAYS


# From a source


def from_source(desk: Desk, *words: str) -> Ended:
    """Begin a project from a reading that knows the commune."""
    whole = {
        "informations_generales": {"raison_sociale": "COMMUNE DE VALMONT", "libelle": "Valmont", "statut": "ACTIF",
                                   "adresse_electronique": "factures@valmont.example"},
        "adresse_postale": {"adresse": "1 PLACE", "code_postal": "16000", "ville": "ANGOULEME", "pays": "France"},
        "services": [PUBLIC],
    }  # fmt: skip
    snapshot(desk, (SIRET, whole))
    return desk.run("init", "neuf", "--from", NAME, "--siren", SIRET[:9], *words)


def test_the_sheets_may_come_from_a_source(bare: Desk) -> None:
    ended = from_source(bare, "--ci", "github")
    assert ended.code == 0, ended.err
    root = bare.root / "neuf"
    assert files(root) == sorted([*ALWAYS, ".github/workflows/fiches.yml"])
    assert "Next:" in ended.out
    assert bare.run("validate", at=root).code == 0
    # What was seen is noted: nobody is asked to enter it.
    assert "nothing to" in bare.run("worksheet", at=root).out.lower()
    assert "# The project: the budgets" in (root / "chorus-config.yaml").read_text(encoding="utf-8")
    before = listing(root)
    again = from_source(bare, "--ci", "github")
    assert (again.code, "Nothing to write" in again.out) == (0, True)
    assert listing(root) == before


def test_a_source_that_knows_nothing_of_it_leaves_no_trace(bare: Desk) -> None:
    snapshot(bare, ("25160278500015", {"informations_generales": {"libelle": "X"}}))
    ended = bare.run("init", "neuf", "--from", NAME, "--siret", SIRET)
    assert ended.code == 66
    assert not (bare.root / "neuf").exists()


# With the real tools


def test_pre_commit_really_runs_in_what_was_begun(tmp_path: Path) -> None:
    missing_tool("pre-commit")
    env = calm(tmp_path, PRE_COMMIT_HOME=str(tmp_path / "home"), CHORUS_CONFIG_LANG="fr")
    root = tmp_path / "fiches"
    assert spawn(tmp_path, "init", "fiches", *GIVEN, *ADDRESS, env=env).returncode == 0
    git(root, env, "init", "--quiet")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=root, env=env, check=False, encoding="utf-8", timeout=120, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip

    assert run("pre-commit", "install").returncode == 0
    git(root, env, "add", ".")
    git(root, env, "commit", "--quiet", "--message", "Premières fiches")
    sheet = root / SHEET
    sheet.write_text(sheet.read_text(encoding="utf-8").replace(f'"{SIRET}"', '"1"'), encoding="utf-8")
    git(root, env, "add", ".")
    refused = run("git", "commit", "--message", "faute")
    assert refused.returncode != 0
    assert "CP101" in refused.stdout


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_ci_files_satisfy_their_published_schemas_and_the_auditor(bare: Desk, lang: str) -> None:
    for tool in ("check-jsonschema", "zizmor"):
        missing_tool(tool)
    for ci, schema, path in (
        ("github", "github-workflows", ".github/workflows/fiches.yml"),
        ("gitlab", "gitlab-ci", ".gitlab-ci.yml"),
    ):
        assert bare.run("init", ci, *GIVEN, "--ci", ci, "--lang", lang).code == 0
        words = ["check-jsonschema", "--builtin-schema", f"vendor.{schema}", str(bare.root / ci / path)]
        done = subprocess.run(words, check=False, encoding="utf-8", capture_output=True)
        assert done.returncode == 0, done.stdout
    words = ["zizmor", "--offline", "--no-config", "--pedantic", str(bare.root / "github" / ".github/workflows/fiches.yml")]
    done = subprocess.run(words, check=False, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout
