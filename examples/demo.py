"""The main job on the guide's own structures, in a copy: validate, plan, approve, edit, and the removal that is refused.

Run by `make demo`. Each command is a real one, run as you would; the script fails when one ends otherwise than it should.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

SHEET = "structures/25160278500015.yaml"
LABEL = ('libelle: "SDITEC"', 'libelle: "SDITEC Angoulême"')
WITH_SERVICE = """\
services:
  - code: "FACTURES_PUBLIQUES" # à ne surtout pas modifier ni supprimer
    libelle: "Service des factures publiques"
    actif: true
"""
SERVICES = (WITH_SERVICE, "services: []\n")


@dataclass(frozen=True)
class Step:
    """One step: what happens, an edit of the sheet (old, new) if any, the command, the exit code it must have."""

    told: str
    words: tuple[str, ...]
    code: int = 0
    edit: tuple[str, str] | None = None


STEPS = (
    Step("1. Contrôler les deux fiches, le compte et le projet", ("validate",)),
    Step("2. Premier plan : tout est à approuver ; on l’enregistre pour le faire relire", ("plan", "--out", "plan.json")),
    Step("3. Approuver ce plan-là, exactement", ("apply", "plan.json")),
    Step("4. Plus rien ne change (un code 2 dirait le contraire)", ("plan", "--detailed-exitcode")),
    Step("5. On modifie le libellé d’une fiche : ce changement, et lui seul", ("plan", "--detailed-exitcode"), 2, LABEL),
    Step("6. On retire FACTURES_PUBLIQUES : refusé", ("plan",), 1, SERVICES),
    Step("7. L’approuver quand même : refusé, rien n’est écrit", ("apply", "--yes"), 4),
)


def play(folder: Path) -> int:
    """Play the steps in a folder that holds the example; return 0, or 1 at the first command that ends otherwise."""
    environment = {**os.environ, "CHORUS_CONFIG_LANG": "fr", "PYTHONUTF8": "1"}
    environment.pop("CI", None)
    for step in STEPS:
        say(f"\n# {step.told}")
        if step.edit is not None:
            old, new = step.edit
            sheet = folder / SHEET
            sheet.write_text(sheet.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        say(f"$ chorus-config {' '.join(step.words)}")
        command = [sys.executable, "-m", "chorus_config", *step.words]
        done = subprocess.run(command, cwd=folder, env=environment, check=False)  # noqa: S603 - the command just shown
        say(f"[{done.returncode}]")
        if done.returncode != step.code:
            say(f"!! {step.code} attendu")
            return 1
    return 0


def say(line: str) -> None:
    """Print a line at once, so that it keeps its place among the output of the commands."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Play the demo in a temporary copy of examples/sditec."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "sditec"
        shutil.copytree(Path(__file__).parent / "sditec", folder, ignore=shutil.ignore_patterns(".chorus-config"))
        return play(folder)


if __name__ == "__main__":
    sys.exit(main())
