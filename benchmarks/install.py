"""Installing the peers into a folder of their own; one that cannot be had is said and left out, nothing fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.peers.catalogue import PEERS, PLACE, PYTHON, Peer, sourcemeta

_DONE: Final = PLACE / "installed.txt"
_LIMIT_SECONDS: Final = 300


def install() -> list[Peer]:
    """Install what is missing, and return the peers that are there."""
    PLACE.mkdir(exist_ok=True)
    # Nothing in here is the project's, nor for git.
    (PLACE / ".gitignore").write_text("*\n", encoding="utf-8")
    done = set(_DONE.read_text(encoding="utf-8").split()) if _DONE.is_file() else set()
    found = [peer for peer in PEERS if _has(peer, done)]
    _DONE.write_text("\n".join(sorted(done)) + "\n", encoding="utf-8")
    return found


def _has(peer: Peer, done: set[str]) -> bool:
    """Install a peer unless it is done, note what was installed, and tell whether it is there."""
    try:
        _python([name for name in peer.python if name not in done])
        _node([name for name in peer.node if name not in done])
    except (OSError, subprocess.SubprocessError) as error:
        print(f"{peer.label} : ne s’installe pas ici, laissé de côté ({_told(error)})", flush=True)
        return False
    done.update(peer.python, peer.node)
    if peer.name == "sourcemeta":
        # The package carries the program of each system; whether it may be run got lost on the way.
        sourcemeta().chmod(0o755)
    return True


def _told(error: Exception) -> str:
    """Return the last line of what an installer said, or what kept it from running."""
    said = getattr(error, "stderr", None) or str(error)
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return (text.strip().splitlines() or [""])[-1][:200]


def _python(packages: list[str]) -> None:
    if not packages:
        return
    if not PYTHON.exists():
        _run([sys.executable, "-m", "venv", str(PYTHON.parents[1])], PLACE)
    _run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages], PLACE)


def _node(packages: list[str]) -> None:
    if not packages:
        return
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise FileNotFoundError("Node.js")
    _run([npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(PLACE), *packages], PLACE)


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_LIMIT_SECONDS)
