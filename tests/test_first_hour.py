"""The tutorial is run as it stands, command by command, from an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "premiere-heure.md"


def commands() -> list[str]:
    """Return the commands of the page, in its order."""
    blocks = re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert all(line.startswith("$ ") for line in lines)
    return [line.removeprefix("$ ") for line in lines]


def test_the_first_hour_works_as_it_is_told(tmp_path: Path) -> None:
    script = "set -eu\n" + "\n".join(f"echo '\n$ '{number}\n{line}" for number, line in enumerate(commands()))
    env = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HOME": str(tmp_path / "home"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "CHORUS_CONFIG_LANG": "fr",
    }  # fmt: skip
    empty = tmp_path / "dossier"
    empty.mkdir()
    done = subprocess.run(
        ["bash", "-c", script], cwd=empty, env=env, capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert "Traceback" not in done.stderr
    told = done.stdout.replace("\u00a0", " ")
    assert "1 fiche, 1 fichier de projet : rien à signaler" in told
    assert "211609995_21160999500017" in told
    assert "finances@valmont-sur-touvre.example" in told
    assert {"saisie.html", "fournisseurs.html"} <= {path.name for path in (empty / "fiches").iterdir()}
    assert "Rien à faire dans Chorus Pro" not in told
    assert told.count("plus d’opération") + told.count("0 opération reste") >= 1, told[-800:]


def test_it_has_commands_of_every_stage() -> None:
    named = {line.split()[1] for line in commands() if line.startswith("chorus-config ")}
    assert named >= {
        "init",
        "validate",
        "plan",
        "apply",
        "worksheet",
        "confirm",
        "letter",
        "notice",
        "diff",
        "history",
        "fix",
        "status",
    }
