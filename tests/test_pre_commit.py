"""The hooks, as users have them: the real pre-commit installs them from a repository; git commits and pushes through them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.sheets import siret

from .cli.desk import ACCOUNT, EXAMPLE, OTHER, PROJECT, SECOND, SHEET, SIRET
from .once import ROOT, calm, git, missing_tool, once, published
from .samples import SHEET as SMALLEST

BUDGET = f'    - {{identifiant: "{SECOND}", libelle: "ADHERENT SDITEC"}}\n'
# The example warns of what is still to do before its structures go live; here only other warnings count.
STRICT = "[--fail-level, warning, --ignore, 'CP053,CP108']"
FIX = "chorus-config-fix"
IDS = ("chorus-config-validate", "chorus-config-validate-all", "chorus-config-changes")


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of the hooks and the environment that pre-commit made of it, beside each other."""
    missing_tool("pre-commit")

    def _make(place: Path) -> None:
        env = calm(place, PRE_COMMIT_HOME=str(place / "home"))
        (place / "repository").mkdir()
        commit = published(place / "repository", env)
        (place / "commit").write_text(commit, encoding="utf-8")
        first = Desk(place / "first", place, env)
        first.configure()
        done = first.pre_commit("install-hooks")
        assert done.returncode == 0, done.stdout

    return once(tmp_path_factory, "hooks", _make)


class Desk:
    """A repository of sheets whose hooks are installed."""

    def __init__(self, root: Path, hooks: Path, env: Mapping[str, str]) -> None:
        self.root = root
        self.hooks = hooks
        self.env = env
        shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".chorus-config"))
        git(root, env, "init", "--quiet")

    def configure(self, *ids: str, **more: object) -> None:
        """Write the file that pre-commit reads, with these hooks (all by default)."""
        commit = (self.hooks / "commit").read_text(encoding="utf-8")
        lines = [
            "default_install_hook_types: [pre-commit, pre-push]",
            "repos:",
            f"  - repo: {self.hooks / 'repository'}",
            f"    rev: {commit}",
            "    hooks:",
        ]
        for one in ids or IDS:
            lines += [f"      - id: {one}", *(f"        {key}: {value}" for key, value in more.items())]
        self.write(".pre-commit-config.yaml", "\n".join([*lines, ""]))

    def pre_commit(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run pre-commit; both streams come in one."""
        return self._run(["pre-commit", *words])

    def commit(self) -> subprocess.CompletedProcess[str]:
        """Stage everything and commit it through the hooks."""
        git(self.root, self.env, "add", "--all")
        return self._run(["git", "commit", "--message", "a change"])

    def push(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Push through the hooks."""
        return self._run(["git", "push", *words])

    def head(self, name: str = "HEAD", at: Path | None = None) -> str:
        """Return the commit of a name, "" for none."""
        words = ["git", "rev-parse", "--quiet", "--verify", name]
        return subprocess.run(
            words, cwd=at or self.root, env=self.env, check=False, capture_output=True, encoding="utf-8"
        ).stdout.strip()

    def write(self, name: str, text: str) -> None:
        """Write a file, with its folder."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` of a file, which must be there."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def remove(self, name: str) -> None:
        """Delete a file."""
        (self.root / name).unlink()

    def _run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=self.root, env=self.env, check=False, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
        )  # fmt: skip


@pytest.fixture
def desk(hooks: Path, tmp_path: Path) -> Desk:
    """The example, committed and with its hooks installed."""
    desk = Desk(tmp_path / "fiches", hooks, calm(tmp_path, PRE_COMMIT_HOME=str(hooks / "home")))
    desk.configure()
    assert desk.pre_commit("install").returncode == 0
    done = desk.commit()
    assert done.returncode == 0, done.stdout
    return desk


@pytest.fixture
def remote(desk: Desk, tmp_path: Path) -> Path:
    """A bare repository that the desk pushes to, still empty."""
    bare = tmp_path / "bare.git"
    git(tmp_path, desk.env, "init", "--quiet", "--bare", str(bare))
    git(desk.root, desk.env, "remote", "add", "origin", str(bare))
    return bare


def failed(done: subprocess.CompletedProcess[str]) -> dict[str, int]:
    """Return the exit code of each hook that pre-commit showed as failed."""
    assert "Traceback" not in done.stdout
    return {one: int(code) for one, code in re.findall(r"- hook id: (\S+)\n(?:- .*\n)*?- exit code: (\d+)", done.stdout)}


def test_pre_commit_tries_every_hook_from_the_repository(hooks: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "fiches", hooks, calm(tmp_path, PRE_COMMIT_HOME=str(tmp_path / "home")))
    git(desk.root, desk.env, "add", "--all")
    git(desk.root, desk.env, "commit", "--quiet", "--message", "first")
    done = desk.pre_commit("try-repo", str(hooks / "repository"), "--hook-stage", "manual", "--all-files", "--verbose")
    assert done.returncode == 0, done.stdout
    for one in (FIX, *IDS):
        assert f"- hook id: {one}" in done.stdout
    assert done.stdout.count("Passed") == len(IDS) + 1


def test_the_manifest_is_one_that_pre_commit_takes(hooks: Path) -> None:
    done = subprocess.run(
        ["pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], check=False, capture_output=True
    )
    assert done.returncode == 0, done.stdout


def test_a_good_commit_passes(desk: Desk) -> None:
    before = desk.head()
    desk.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC Angoulême"')
    done = desk.commit()
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("Passed") == 2
    assert desk.head() != before


def test_a_bad_commit_is_stopped_and_says_where(desk: Desk) -> None:
    before = desk.head()
    desk.edit(SHEET, 'code_postal: "16000"', 'code_postal: "1600"')
    done = desk.commit()
    assert done.returncode == 1
    assert desk.head() == before
    assert failed(done) == {"chorus-config-validate": 1, "chorus-config-validate-all": 1}
    line = (desk.root / SHEET).read_text(encoding="utf-8").split("\n").index('  code_postal: "1600"') + 1
    assert re.search(rf"^{re.escape(SHEET)}:{line}:16: erreur CP\d+ ", done.stdout, re.MULTILINE)


def test_what_can_be_mended_is_and_the_commit_waits_for_eyes(desk: Desk) -> None:
    desk.configure(FIX, "chorus-config-validate")
    good = (desk.root / SHEET).read_text(encoding="utf-8")
    desk.edit(SHEET, 'code_postal: "16000"', "code_postal: 16 000")
    desk.write("autre/valeurs.yaml", "libellé: oui\n")
    done = desk.commit()
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert "1 constat corrigé, dans 1 fichier." in done.stdout
    assert (desk.root / SHEET).read_text(encoding="utf-8") == good
    assert (desk.root / "autre/valeurs.yaml").read_text(encoding="utf-8") == "libellé: oui\n"
    done = desk.commit()
    assert done.returncode == 0, done.stdout


def test_what_is_no_sheet_is_skipped(desk: Desk) -> None:
    desk.write(".github/workflows/tests.yml", "on: push\njobs: {}\n")
    desk.write("autre/valeurs.yaml", "libelle: [1, 2\n")
    done = desk.commit()
    assert done.returncode == 0, done.stdout


def test_a_sheet_outside_its_folder_is_not_skipped(desk: Desk) -> None:
    desk.configure("chorus-config-validate")
    desk.write("ailleurs/fiche.yaml", SMALLEST.replace('code_postal: "16000"', 'code_postal: "1600"'))
    done = desk.commit()
    assert failed(done) == {"chorus-config-validate": 1}
    assert "ailleurs/fiche.yaml:11:16: erreur" in done.stdout


def test_an_invalid_project_and_a_wrong_argument_show_their_own_codes(desk: Desk) -> None:
    text = (desk.root / PROJECT).read_text(encoding="utf-8")
    desk.write(PROJECT, f"{text}inconnue: 1\n")
    assert failed(desk.commit()) == {"chorus-config-validate": 78, "chorus-config-validate-all": 78}
    desk.write(PROJECT, f"{text}# relu\n")
    desk.configure("chorus-config-validate-all", args="[--fail-level, grave]")
    assert failed(desk.commit()) == {"chorus-config-validate-all": 64}


def test_a_project_without_sheets_is_no_success(desk: Desk) -> None:
    for name in (SHEET, OTHER, ACCOUNT, "comptes/comptabilite-sditec.yaml"):
        desk.remove(name)
    assert failed(desk.commit()) == {"chorus-config-validate-all": 66}


def test_a_commit_that_only_deletes_is_judged_on_the_whole_project(desk: Desk) -> None:
    desk.configure(*IDS[:2], args=STRICT)
    assert desk.commit().returncode == 0
    desk.remove(OTHER)
    done = desk.commit()
    assert "(no files to check)" in done.stdout
    assert failed(done) == {IDS[1]: 1}
    assert f"{PROJECT}:13:21: avertissement CP051 " in done.stdout


def test_a_changed_project_file_is_judged_with_every_sheet(desk: Desk) -> None:
    desk.configure(IDS[1], args=STRICT)
    assert desk.commit().returncode == 0
    desk.edit(PROJECT, BUDGET, "")
    done = desk.commit()
    assert failed(done) == {IDS[1]: 1}
    assert f"{OTHER}:8:16: avertissement CP052 " in done.stdout


def test_two_sheets_of_one_siret_are_caught_in_different_batches(desk: Desk) -> None:
    """pre-commit cuts the files of a commit at 128 KiB of names: no run sees them all."""
    desk.configure("chorus-config-validate")
    deep = "/".join(["budgets-annexes-" + "x" * 230] * 9)
    names = [f"structures/{deep}/{number:02}/fiche.yaml" for number in range(60)]
    assert sum(map(len, names)) > 2**17
    for number, name in enumerate(names):
        # The last sheet says that it is the structure of the first one.
        desk.write(name, SMALLEST.replace("21169999600016", siret(number % 59)))
    done = desk.commit()
    assert failed(done) == {"chorus-config-validate": 1}
    assert len(re.findall(r"^\d+ fiches?\b", done.stdout, re.MULTILINE)) >= 2
    # Both batches tell it, each of what the other holds.
    told = re.findall(r"^(structures/\S+?):\d+:\d+: erreur CP011 ", done.stdout, re.MULTILINE)
    assert told == [names[-1]] * 2


def test_the_first_push_and_a_new_branch_go_through(desk: Desk, remote: Path) -> None:
    done = desk.push("--set-upstream", "origin", "main")
    assert done.returncode == 0, done.stdout
    git(desk.root, desk.env, "switch", "--quiet", "--create", "travail")
    desk.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC Angoulême"')
    assert desk.commit().returncode == 0
    done = desk.push("--set-upstream", "origin", "travail")
    assert done.returncode == 0, done.stdout
    assert "chorus-config (ce que le push change)" in done.stdout
    assert desk.head("refs/heads/travail", remote) == desk.head()
    assert desk.push("origin", "--delete", "travail").returncode == 0


@pytest.mark.parametrize("branch", ["main", "travail"])
def test_a_push_that_deletes_a_sheet_is_stopped(desk: Desk, remote: Path, branch: str) -> None:
    assert desk.push("--set-upstream", "origin", "main").returncode == 0
    git(desk.root, desk.env, "switch", "--quiet", *(["--create"] if branch != "main" else []), branch)
    desk.remove(OTHER)
    desk.edit(PROJECT, BUDGET, "")
    done = desk.commit()
    assert done.returncode == 0, done.stdout
    # A commit on top that touches no sheet changes nothing of it.
    desk.write("LISEZMOI.md", "Fiches\n")
    assert desk.commit().returncode == 0
    before = desk.head(f"refs/heads/{branch}", remote)
    done = desk.push("origin", branch)
    assert done.returncode != 0
    assert failed(done) == {"chorus-config-changes": 1}
    assert re.search(rf"^ *{re.escape(OTHER)}:1:1: erreur CP910 ", done.stdout, re.MULTILINE)
    assert desk.head(f"refs/heads/{branch}", remote) == before


def test_a_push_without_sheets_in_it_goes_through(desk: Desk, remote: Path) -> None:
    assert desk.push("--set-upstream", "origin", "main").returncode == 0
    desk.write("LISEZMOI.md", f"Fiches de {SIRET}\n")
    assert desk.commit().returncode == 0
    done = desk.push()
    assert done.returncode == 0, done.stdout
    assert desk.head("refs/heads/main", remote) == desk.head()


def test_nothing_of_the_checkout_is_run(desk: Desk) -> None:
    trap = "import pathlib, os\npathlib.Path(os.environ['TRAP']).touch()\n"
    for name in ("chorus_config/__init__.py", "chorus_config/__main__.py", "sitecustomize.py", "click.py"):
        desk.write(name, trap)
    desk.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC Angoulême"')
    sprung = desk.root.parent / "sprung"
    desk.env = {**desk.env, "TRAP": str(sprung)}
    done = desk.commit()
    assert done.returncode == 0, done.stdout
    assert not sprung.exists()
