"""The shell that runs in somebody's CI, run for real: on good and bad sheets, and on a checkout that means harm."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from .cli.desk import EXAMPLE, OTHER, PROJECT, SHEET
from .once import calm, git, once
from .runner import Runner, action, commands
from .test_ci_files import GITLAB

TRAP = "import os, pathlib\npathlib.Path(os.environ['TRAP']).touch()\n"
# Names that would be run if a shell read them once more, or taken for options.
NAUGHTY = [
    "$(touch \"$TRAP\")",
    '`touch "$TRAP"`',
    '"; touch "$TRAP"; "',
    "'; touch \"$TRAP\"; '",
    "x\ntouch \"$TRAP\"",
    "--help",
    "-C",
    "${{ github.token }}",
    "%0A::error::x",
]  # fmt: skip


class Bench:
    """A repository of sheets as a checkout of CI holds it, and the jobs that run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sprung = folder / "sprung"
        self.env = calm(folder, TRAP=str(self.sprung))
        self.root = folder / "travail"
        shutil.copytree(EXAMPLE, self.root, ignore=shutil.ignore_patterns(".chorus-config"))
        git(self.root, self.env, "init", "--quiet")
        self.base = self.commit()

    def commit(self) -> str:
        """Commit everything and return the commit."""
        git(self.root, self.env, "add", "--all", "--force")
        git(self.root, self.env, "commit", "--quiet", "--message", "a change")
        return git(self.root, self.env, "rev-parse", "HEAD")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` of a file, which must be there."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file, with its folder."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def merged(self, head: str) -> Mapping[str, str]:
        """Check out what a pull request is tested as, the merge of its head into main; return the event."""
        base = git(self.root, self.env, "rev-parse", "main")
        git(self.root, self.env, "switch", "--quiet", "--detach", "main")
        git(self.root, self.env, "merge", "--quiet", "--no-ff", "--message", "merge", head)
        return {"pull_request.base.sha": base, "pull_request.head.sha": head}

    def runner(self, event: Mapping[str, str], **inputs: str) -> Runner:
        """Return a runner; its own folder has a blank and a quote in its name."""
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        return Runner(self.root, self.folder / "l'outil temp", self.env, event, named)

    def job(self, event: Mapping[str, str], **inputs: str) -> tuple[int, Runner]:
        """Run the action, installed already: this Python has it."""
        runner = self.runner(event, **inputs)
        shutil.rmtree(runner.temp, ignore_errors=True)
        results = runner.temp / "results"
        results.mkdir(parents=True)
        return runner.run(installed=(sys.executable, results)), runner


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """The example, committed on main."""
    return Bench(tmp_path)


def pull_request(bench: Bench) -> Mapping[str, str]:
    """Commit what was changed on a branch; main moves on meanwhile; return the event."""
    git(bench.root, bench.env, "switch", "--quiet", "--create", "travail")
    head = bench.commit()
    git(bench.root, bench.env, "switch", "--quiet", "main")
    return bench.merged(head)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A whole run of the action, its installation included, in a checkout full of traps."""

    def _make(place: Path) -> None:
        bench = Bench(place)
        for name in ("chorus_config/__init__.py", "chorus_config/__main__.py", "sitecustomize.py", "usercustomize.py"):
            bench.write(name, TRAP)
        for name in ("pip/__init__.py", "pip/__main__.py", "venv.py", "json.py", "secrets.py", "yaml.py", "hatchling/build.py"):
            bench.write(name, TRAP)
        bench.write("setup.py", TRAP)
        bench.write("pip.conf", "[global]\nindex-url = file:///nowhere\n")
        bench.write("pyproject.toml", '[build-system]\nrequires = []\nbuild-backend = "venv"\nbackend-path = ["."]\n')
        bench.write("requirements.txt", "chorus-config @ file:///nowhere\n")
        bench.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC Angoulême"')
        event = pull_request(bench)
        bench.env["PYTHONPATH"] = str(bench.root)
        runner = bench.runner(event)
        code = runner.run()
        told = {name: runner.output(name) for name in action()["outputs"]}
        (place / "told.json").write_text(
            json.dumps([code, runner.log, runner.summary, told, bench.sprung.exists()]), encoding="utf-8"
        )

    place = once(tmp_path_factory, "action", _make)
    code, log, summary, told, sprung = json.loads((place / "told.json").read_text(encoding="utf-8"))
    assert code == 0, log
    assert not sprung, "something of the checkout was run"
    runner = Runner(place / "travail", place / "l'outil temp", {}, outputs={"told": told}, log=log)
    assert runner.summary == summary
    return runner


def test_the_action_installs_itself_and_runs_nothing_of_the_checkout(installed: Runner) -> None:
    told = installed.outputs["told"]
    assert (told["validate-exit-code"], told["diff-exit-code"]) == ("0", "0")
    for name in ("findings-json", "findings-markdown", "diff-markdown"):
        assert Path(told[name]).is_file()
    assert json.loads(Path(told["findings-json"]).read_text(encoding="utf-8"))["type"] == "findings"
    assert "SDITEC Angoulême" in installed.summary
    assert not list(installed.checkout.rglob("__pycache__"))


def test_a_good_pull_request_passes_and_shows_what_it_changes(bench: Bench) -> None:
    bench.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC Angoulême"')
    code, runner = bench.job(pull_request(bench))
    assert code == 0, runner.log
    findings, changes = (
        Path(runner.output(name)).read_text(encoding="utf-8") for name in ("findings-markdown", "diff-markdown")
    )
    assert runner.summary.strip() == f"{findings.strip()}\n\n\n{changes.strip()}".strip()
    assert "SDITEC Angoulême" in changes
    assert not [line for line in commands(runner.log) if line.startswith("::error")]


def test_a_bad_sheet_is_annotated_on_its_line_and_fails(bench: Bench) -> None:
    bench.edit(SHEET, 'code_postal: "16000"', 'code_postal: "1600"')
    code, runner = bench.job(pull_request(bench))
    assert code == 1
    line = (bench.root / SHEET).read_text(encoding="utf-8").split("\n").index('  code_postal: "1600"') + 1
    errors = [told for told in commands(runner.log) if told.startswith("::error ")]
    assert len(errors) == 1
    assert f"file={SHEET},line={line}," in errors[0]
    assert runner.output("validate-exit-code") == "1"


def test_a_project_in_a_folder_is_annotated_from_the_top(bench: Bench) -> None:
    git(bench.root, bench.env, "rm", "-r", "--quiet", ".")
    shutil.copytree(EXAMPLE, bench.root / "nos fiches", ignore=shutil.ignore_patterns(".chorus-config"))
    bench.commit()
    bench.edit(f"nos fiches/{SHEET}", 'code_postal: "16000"', 'code_postal: "1600"')
    code, runner = bench.job(pull_request(bench), working_directory="nos fiches")
    assert code == 1
    errors = [told for told in commands(runner.log) if told.startswith("::error ")]
    assert [re.findall(r"file=([^,]+),", told) for told in errors] == [[f"nos fiches/{SHEET}"]]


def test_a_deleted_sheet_fails_although_every_sheet_left_is_good(bench: Bench) -> None:
    (bench.root / OTHER).unlink()
    code, runner = bench.job(pull_request(bench))
    assert code == 1
    assert (runner.output("validate-exit-code"), runner.output("diff-exit-code")) == ("0", "1")
    assert "CP910" in runner.summary


def test_the_work_of_others_is_not_shown(bench: Bench) -> None:
    """The base that an event tells may be old: main moved on before the merge that is tested was made."""
    old = bench.base
    git(bench.root, bench.env, "switch", "--quiet", "--create", "travail")
    bench.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "Le mien"')
    head = bench.commit()
    git(bench.root, bench.env, "switch", "--quiet", "main")
    bench.edit(OTHER, 'libelle: "ADHERENT SDITEC"', 'libelle: "Celui d’un autre"')
    bench.commit()
    code, runner = bench.job({**bench.merged(head), "pull_request.base.sha": old})
    assert code == 0, runner.log
    assert "Le mien" in runner.summary
    assert "Celui d’un autre" not in runner.summary
    # Who checks out the head itself sees the same, from where the branch left main.
    git(bench.root, bench.env, "switch", "--quiet", "--detach", head)
    code, runner = bench.job(
        {"pull_request.base.sha": git(bench.root, bench.env, "rev-parse", "main"), "pull_request.head.sha": head}
    )
    assert code == 0, runner.log
    assert "Celui d’un autre" not in runner.summary


def test_the_codes_of_the_program_are_those_of_the_action(bench: Bench) -> None:
    assert bench.job({}, fail_level="grave")[0] == 64
    assert bench.job({}, working_directory="nulle part")[0] == 66
    code, runner = bench.job({"before": "f" * 40})
    assert (code, runner.output("validate-exit-code")) == (66, "0")
    bench.edit(PROJECT, "version: 1", "version: 1\ninconnue: 1")
    code, runner = bench.job({"before": bench.base})
    assert code == 78
    assert "78" in runner.summary


def test_going_live_is_checked_when_asked(bench: Bench) -> None:
    code, runner = bench.job({}, ready="true")
    assert code == 1
    assert [told for told in commands(runner.log) if told.startswith("::error ")]


@pytest.mark.parametrize("before", ["", "0" * 40], ids=["schedule", "new branch"])
def test_without_anything_to_compare_with_only_the_sheets_are_checked(bench: Bench, before: str) -> None:
    code, runner = bench.job({"before": before})
    assert code == 0, runner.log
    assert (runner.output("diff-exit-code"), runner.output("diff-markdown")) == ("", "")
    assert "::notice title=chorus-config::Rien avec quoi comparer" in runner.log


def test_a_push_is_compared_with_what_was_there(bench: Bench) -> None:
    bench.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC Angoulême"')
    bench.commit()
    code, runner = bench.job({"before": bench.base})
    assert code == 0, runner.log
    assert "SDITEC Angoulême" in runner.summary


def test_a_shallow_checkout_says_what_to_do(bench: Bench) -> None:
    bench.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC Angoulême"')
    bench.commit()
    whole = bench.root
    bench.root = bench.folder / "tronqué"
    git(bench.folder, bench.env, "clone", "--quiet", "--depth", "1", whole.as_uri(), str(bench.root))
    code, runner = bench.job({"pull_request.base.sha": bench.base, "pull_request.head.sha": bench.base})
    assert code == 66
    assert any("fetch-depth: 0" in told for told in commands(runner.log))


@pytest.mark.parametrize("word", NAUGHTY)
def test_no_word_from_outside_is_run(bench: Bench, word: str) -> None:
    for event, inputs in (
        ({"pull_request.base.sha": word, "pull_request.head.sha": word}, {}),
        ({"before": bench.base}, {"base": word, "fail_level": word, "ready": word}),
        ({"before": bench.base}, {"working_directory": word}),
    ):
        code, runner = bench.job(event, **inputs)
        assert code in {64, 66}, runner.log
        assert not bench.sprung.exists()
        assert set(runner.outputs["validate"]) == {"code", "json", "markdown"}
        assert set(runner.outputs["diff"]) <= {"code", "markdown"}
        assert not [told for told in commands(runner.log) if "::error::x" in told.replace("%0A", "\n").splitlines()]


def test_no_branch_and_no_file_name_is_run(bench: Bench) -> None:
    branch = "a$(touch${IFS}$TRAP)'b;`id`"
    git(bench.root, bench.env, "switch", "--quiet", "--create", branch)
    name = "$(touch $TRAP);\n::error::x.yaml"
    bench.write(f"structures/{name}", (bench.root / SHEET).read_text(encoding="utf-8"))
    head = bench.commit()
    git(bench.root, bench.env, "switch", "--quiet", "main")
    code, runner = bench.job(bench.merged(head), base=branch)
    assert code == 1
    assert not bench.sprung.exists()
    assert not [told for told in commands(runner.log) if told.startswith("::error::")]


def test_what_sheets_hold_commands_nothing(bench: Bench) -> None:
    said = "::error::pris\\n::stop-commands::x\\n##[error]pris"
    bench.edit(SHEET, 'libelle: "SDITEC"', f'libelle: "{said}"')
    bench.edit(SHEET, 'complement_1: ""', f'"clé\\n::error::pris": "{said}"')
    _code, runner = bench.job(pull_request(bench))
    assert "pris" in runner.log
    for told in commands(runner.log):
        assert re.match(r"::(error|warning|notice) (file|title)=", told), told
    assert not bench.sprung.exists()


def test_the_job_of_gitlab_gives_its_reports_and_its_code(bench: Bench) -> None:
    job = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["chorus-config"]
    (bench.root / OTHER).unlink()
    bench.write("chorus_config/__init__.py", TRAP)
    bench.commit()
    (script,) = job["script"]
    done = subprocess.run(
        ["sh", "-c", script], cwd=bench.root, check=False, capture_output=True, encoding="utf-8",
        env={**bench.env, **job["variables"], "CI_PROJECT_DIR": str(bench.root), "CI_MERGE_REQUEST_DIFF_BASE_SHA": bench.base,
             "CHORUS_CONFIG_PYTHON": sys.executable},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "chorus-config validate : 0 ; diff : 1" in done.stdout
    assert not bench.sprung.exists()
    reports = job["artifacts"]["reports"]
    assert isinstance(json.loads((bench.root / reports["codequality"]).read_text(encoding="utf-8")), list)
    assert "<testsuites" in (bench.root / reports["junit"]).read_text(encoding="utf-8")
    assert "CP910" in (bench.root / "changements.md").read_text(encoding="utf-8")
    assert (bench.root / "constats.md").is_file()


def test_the_job_of_gitlab_installs_nothing_that_nobody_chose(bench: Bench) -> None:
    (before,) = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["chorus-config"]["before_script"]
    done = subprocess.run(["sh", "-c", before], cwd=bench.root, env=bench.env, check=False, capture_output=True)
    assert done.returncode == 64
    assert "CHORUS_CONFIG_PACKAGE" in done.stderr.decode()
