"""A runner of GitHub for one composite action: it fills in the expressions and runs the shell of each step.

It knows only what `action.yml` uses: an expression or a key that it does not know is an error, not a blank.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from .once import ROOT

EXPRESSION: Final = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_STEP: Final = {"name", "id", "shell", "env", "run"}


@dataclass
class Runner:
    """One job: its event, the inputs that the workflow gives, and what the steps left."""

    checkout: Path
    temp: Path
    env: Mapping[str, str]
    event: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    log: str = ""

    @property
    def summary(self) -> str:
        """What the job shows of itself."""
        return self._summary.read_text(encoding="utf-8") if self._summary.is_file() else ""

    @property
    def _summary(self) -> Path:
        return self.temp / "step_summary.md"

    def run(self, *, installed: tuple[str, Path] | None = None) -> int:
        """Run the steps until one fails and return its code; with `installed`, that Python stands for the first two."""
        self.temp.mkdir(exist_ok=True)
        self.outputs["python"] = {"python-path": sys.executable}
        for step in action()["runs"]["steps"]:
            if "uses" in step:
                assert step["id"] == "python"
            elif installed is not None and step.get("id") == "install":
                self.outputs["install"] = {"python": installed[0], "results": str(installed[1])}
            elif code := self._step(step):
                return code
        return 0

    def output(self, name: str) -> str:
        """Return what the action hands to the workflow."""
        return self._filled(str(action()["outputs"][name]["value"]))

    def _step(self, step: Mapping[str, Any]) -> int:
        assert set(step) <= _STEP, step
        assert step["shell"] == "bash"
        assert not EXPRESSION.search(step["run"])
        script, told = self.temp / "step.sh", self.temp / "output.txt"
        script.write_text(step["run"], encoding="utf-8")
        told.write_text("", encoding="utf-8")
        env = {
            **self.env,
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.checkout),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(told),
            "GITHUB_STEP_SUMMARY": str(self._summary),
            "RUNNER_TEMP": str(self.temp),
            **{name: self._filled(value) for name, value in step.get("env", {}).items()},
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.checkout, env=env, check=False, timeout=300, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.log += done.stdout.decode("utf-8", "replace")
        lines = told.read_text(encoding="utf-8").splitlines()
        self.outputs[step.get("id", "")] = dict(line.split("=", 1) for line in lines)
        return done.returncode

    def _filled(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self._value(found[1]), text)

    def _value(self, expression: str) -> str:
        return next(filter(None, map(self._one, expression.split(" || "))), "")

    def _one(self, word: str) -> str:
        place, _, name = word.partition(".")
        if place == "inputs":
            return self.inputs.get(name, str(action()["inputs"][name]["default"]))
        if place == "steps":
            step, _, output = name.partition(".outputs.")
            return self.outputs[step][output]
        assert word.startswith("github.event."), word
        return self.event.get(word.removeprefix("github.event."), "")


def action() -> Any:
    """Return the action as it stands."""
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def commands(log: str) -> list[str]:
    """Return the lines of a log that GitHub would obey."""
    obeyed, pause = [], ""
    for line in log.splitlines():
        if pause:
            pause = "" if line == f"::{pause}::" else pause
        elif line.startswith("::stop-commands::"):
            pause = line.removeprefix("::stop-commands::")
        elif line.lstrip().startswith("::") or "##[" in line:
            obeyed.append(line)
    assert not pause
    return obeyed
