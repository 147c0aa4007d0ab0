"""A desk to work at: a copy of the example project, and the real program run on it."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from chorus_config.cli.main import main
from chorus_config.schema.packaged import schema

EXAMPLE: Final = Path(__file__).resolve().parents[2] / "examples" / "sditec"
SIRET: Final = "25160278500015"
SECOND: Final = "25160278500023"
SHEET: Final = f"structures/{SIRET}.yaml"
OTHER: Final = f"structures/{SECOND}.yaml"
ACCOUNT: Final = "comptes/gestionnaire-sditec.yaml"
PROJECT: Final = "chorus-config.yaml"
STORE: Final = ".chorus-config/registre.sqlite3"
SERVICES: Final = (
    'services:\n  - code: "FACTURES_PUBLIQUES" # à ne surtout pas modifier ni supprimer\n'
    '    libelle: "Service des factures publiques"\n    actif: true\n'
)
TECHNICAL: Final = '  - code: "ST-TECH"\n    libelle: "Services techniques"\n'
WITHOUT: Final = f"services:\n{TECHNICAL}"
# A published sample of an IBAN: valid, nobody's.
IBAN: Final = "FR7630006000011234567890189"
BANK: Final = f'coordonnees_bancaires:\n  - libelle: "Régie"\n    iban: "{IBAN}"\n    bic: "AGRIFRPPXXX"\n'


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document on stdout, as its schema says; a second one behind it is an error."""
        found = json.loads(self.out)
        conforms("plan" if found["type"] == "diff" else found["type"], found)
        return found


class Desk:
    """A folder, and the program run in it in this process."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[bytes]) -> None:
        self.root = root
        self._patch = patch
        self._capture = capture

    def run(self, *words: str, stdin: str = "", at: Path | None = None) -> Ended:
        """Run one command line."""
        self._patch.chdir(at or self.root)
        self._patch.setattr(sys, "stdin", io.StringIO(stdin))
        self._capture.readouterr()
        code = main(words)
        out, err = self._capture.readouterr()
        return Ended(code, out.decode(), err.decode())

    def env(self, **values: str) -> None:
        """Set environment variables, named without their prefix."""
        for name, value in values.items():
            self._patch.setenv(f"CHORUS_CONFIG_{name}", value)

    def git(self, *words: str) -> None:
        """Run git in the folder, as somebody."""
        who = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *who, *words], cwd=self.root, check=True, capture_output=True, timeout=60)

    def setenv(self, name: str, value: str) -> None:
        """Set an environment variable."""
        self._patch.setenv(name, value)

    def plan(self, *words: str) -> Any:
        """Return the document of a plan."""
        document = self.run("plan", "--format", "json", *words).json
        conforms("plan", document)
        return document

    def save(self, *words: str, name: str = "plan.json") -> Path:
        """Save a plan and return its file."""
        self.run("plan", "--out", name, *words)
        return self.root / name

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` of a file, which must be there."""
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def append(self, name: str, text: str) -> None:
        """Write at the end of a file."""
        self.write(name, self.read(name) + text)

    def read(self, name: str) -> str:
        """Return the text of a file."""
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> Path:
        """Write a file, with its folder."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def listing(self) -> dict[str, object]:
        """Return what stands in the folder."""
        return listing(self.root)


def listing(root: Path) -> dict[str, object]:
    """Return every path below a folder with its kind, size and content; a pipe is not opened."""
    return {path.relative_to(root).as_posix(): _state(path) for path in sorted(root.rglob("*"))}


def _state(path: Path) -> object:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return stat.filemode(status.st_mode), str(path.readlink()) if path.is_symlink() else ""
    readable = status.st_size < 1_000_000 and status.st_mode & stat.S_IRUSR
    return stat.filemode(status.st_mode), status.st_size, blake2b(path.read_bytes()).hexdigest() if readable else ""


def conforms(name: str, document: object) -> None:
    """Assert that a document satisfies a published schema."""
    Draft202012Validator(schema(name)).validate(document)


def spawn(
    at: Path, *words: str, env: Mapping[str, str] | None = None, stdin: str = "", before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run the program as a process of its own; it must end within 30 seconds."""
    return subprocess.run(
        [*before, sys.executable, "-m", "chorus_config", *words],
        cwd=at, env={**os.environ, **(env or {})}, input=stdin, capture_output=True, encoding="utf-8", check=False, timeout=30,
    )  # fmt: skip


def unprivileged() -> tuple[str, ...]:
    """Return the words before a command that take root's rights away, () for an ordinary user; skip where neither is."""
    if os.geteuid() != 0:
        return ()
    words = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    if shutil.which("setpriv") is None or subprocess.run([*words, "true"], check=False, capture_output=True).returncode:
        pytest.skip("root without setpriv can write everywhere")
    return words


def findings(ended: Ended) -> list[tuple[str, str, str]]:
    """Return rule, level and path of each finding of a JSON run."""
    conforms("findings", ended.json)
    return [(row["rule"], row["level"], row["path"]) for row in ended.json["findings"]]


def rules(ended: Ended) -> list[str]:
    """Return the rules that a JSON run named."""
    return [rule for rule, _level, _path in findings(ended)]
