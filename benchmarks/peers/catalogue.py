"""The peers: their names, what is installed for them, what they check and what they do not (in French, for the page)."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
SCHEMA: Final = HERE.parents[1] / "schemas" / "fiche-structure.schema.json"
# Where peers are installed, outside the project's own environment, and where sheets to measure with are written.
PLACE: Final = HERE.parents[1] / ".bench"
_BIN: Final = PLACE / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON: Final = _BIN / "python"
_SYSTEM: Final = {"win32": "windows", "darwin": "darwin"}.get(sys.platform, "linux")
_MACHINE: Final = "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64"
_SUFFIX: Final = ".exe" if sys.platform == "win32" else ""


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer: its name in cases, its label, packages by their registry, what it checks and what it leaves."""

    name: str
    label: str
    python: tuple[str, ...]
    node: tuple[str, ...]
    checks: str
    leaves: str


_COMMON: Final = "ni clé de contrôle, ni règles entre champs ou entre fiches, ni dates des règles"

PEERS: Final = (
    Peer(
        "sourcemeta",
        "sourcemeta jsonschema",
        ("sourcemeta-jsonschema==17.3.0",),
        (),
        "le schéma et ses formats, avec la ligne et la colonne ; programme natif",
        f"{_COMMON} ; s’arrête au premier fichier que YAML refuse",
    ),
    Peer(
        "check-jsonschema",
        "check-jsonschema",
        ("check-jsonschema==0.39.0",),
        (),
        "le schéma et ses formats, clés écrites deux fois",
        f"{_COMMON} ; pas de lignes",
    ),
    Peer(
        "ajv",
        "ajv + js-yaml",
        (),
        ("ajv@8.20.0", "ajv-formats@3.0.1", "js-yaml@5.5.0"),
        "le schéma et ses formats, clés écrites deux fois ; script d’ici",
        f"{_COMMON} ; dit oui ou non",
    ),
    Peer(
        "yamale",
        "yamale",
        ("yamale==6.1.0", "pyyaml==6.0.4"),
        (),
        "son propre schéma : types, listes de mots, clés obligatoires ou inconnues",
        f"ni conditions ni « contient » ; {_COMMON} ; s’arrête au premier fichier que YAML refuse",
    ),
    Peer(
        "safe-load-jsonschema",
        "safe_load + jsonschema",
        ("pyyaml==6.0.4", "jsonschema==4.26.0"),
        (),
        "le schéma et les formats que jsonschema connaît ; script d’ici",
        f"{_COMMON} ; clés écrites deux fois perdues en silence ; pas de lignes",
    ),
    Peer(
        "csafe-jsonschema-rs",
        "CSafeLoader + jsonschema-rs",
        ("pyyaml==6.0.4", "jsonschema-rs==0.61.0"),
        (),
        "le schéma et ses formats ; script d’ici",
        f"{_COMMON} ; clés écrites deux fois perdues en silence ; dit oui ou non",
    ),
    Peer(
        "safe-load-deepdiff",
        "safe_load + DeepDiff",
        ("pyyaml==6.0.4", "deepdiff==9.1.0"),
        (),
        "compare chaque fiche à ce qui est approuvé, gardé dans un fichier JSON ; script d’ici",
        "aucun contrôle ; ni registre, ni risques, ni écrans du portail",
    ),
)
# Those that check sheets, in the order of tables.
CHECKERS: Final = tuple(peer.name for peer in PEERS if peer.name != "safe-load-deepdiff")


def words(name: str, folder: Path, only: Path | None = None) -> list[str]:
    """Return the command with which a peer checks the sheets of a folder, or one of them only: scripts know folders only."""
    sheets = folder / "structures"
    target = only or sheets
    if name == "check-jsonschema":
        paths = [only] if only else sorted(sheets.iterdir())
        return [str(_BIN / "check-jsonschema"), "--schemafile", str(SCHEMA), *map(str, paths)]
    if name == "sourcemeta":
        return [str(sourcemeta()), "validate", "-F", "-c", str(SCHEMA), str(target)]
    if name == "yamale":
        return [str(_BIN / "yamale"), "-n", str(os.cpu_count() or 1), "-s", str(HERE / "yamale.yaml"), str(target)]
    if name == "ajv":
        return ["node", str(HERE / "ajv_js_yaml.cjs"), str(PLACE), str(SCHEMA), str(sheets)]
    return [str(PYTHON), str(HERE / f"{name.replace('-', '_')}.py"), str(SCHEMA), str(sheets)]


def sourcemeta() -> Path:
    """Return the native program in the package, whose launcher in Python would cost as much as all the rest of a short run."""
    pattern = f"*/**/sourcemeta_jsonschema/jsonschema-{_SYSTEM}-{_MACHINE}{_SUFFIX}"
    return next((PLACE / "venv").glob(pattern), _BIN / "jsonschema")
