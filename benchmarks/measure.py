"""Running cases: two commands in turn (A B A B …), and what the peers find."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks import french
from benchmarks.cases import Bench, Pair, single_faults, store_bytes
from benchmarks.figures import Case, Tool, side
from benchmarks.peers.catalogue import PLACE, Peer
from benchmarks.process import UnexpectedEnd, run

_MOST: Final = 15
_FEWEST: Final = 3


def measured(pair: Pair, seconds: float) -> Case:
    """Run two commands in turn, for about so many seconds, three times at least.

    The first pair warms up, and only there memory is looked at; when it alone takes longer than that, it is the only one.
    """
    first = run(pair.ours, 0, watched=True), run(pair.other, 0, watched=True)
    bytes_of_store = store_bytes() if pair.name.startswith("approval") else 0
    once = first[0].seconds + first[1].seconds
    pairs = [first]
    if once <= seconds:
        rounds = max(_FEWEST, min(_MOST, int(seconds / once)))
        pairs = [(run(pair.ours, turn), run(pair.other, turn)) for turn in range(1, rounds + 1)]
    note = (
        f"registre : {french.number(bytes_of_store / pair.count / 1024, 2)} Kio par structure" if bytes_of_store else pair.note
    )
    ours, other = (
        side(command.label, [one.seconds for one in runs], start.largest, start.together)
        for command, start, runs in zip((pair.ours, pair.other), first, zip(*pairs, strict=True), strict=True)
    )
    day = datetime.now(UTC).date().isoformat()
    return Case(pair.name, pair.group, pair.title, pair.count, day, ours, other, pair.goal, note)


def tools(peers: list[Peer], bench: Bench) -> tuple[Tool, ...]:
    """Return the tools as they are here: their versions, and which kinds of fault they find."""
    found: dict[str, list[str]] = {}
    for name, kind, command in single_faults(bench):
        try:
            run(replace(command, codes=(0,)))
        except UnexpectedEnd:
            found.setdefault(name, []).append(kind)
    # Whoever refuses a sound sheet does not work here: what it refuses says nothing.
    found = {name: [] if "" in kinds else kinds for name, kinds in found.items()}
    own = Tool(
        "chorus-config",
        "chorus-config",
        f"{version('chorus-config')} (PyYAML {version('pyyaml')}, jsonschema-rs {version('jsonschema-rs')})",
        "le schéma, toutes les règles, ligne et colonne de chaque faute",
        "",
        tuple(found.get("chorus-config", ())),
    )
    rows = (
        Tool(peer.name, peer.label, _versions(peer), peer.checks, peer.leaves, tuple(found.get(peer.name, ())))
        for peer in peers
    )
    return (own, *rows)


def _versions(peer: Peer) -> str:
    """Return the packages of a peer with their versions, as they were asked for: those are fixed."""
    names = [name.replace("==", " ") for name in peer.python]
    return ", ".join([*names, *(name.replace("@", " ") for name in peer.node)])


def machine() -> dict[str, str]:
    """Return what the measurements were made on."""
    node = (
        subprocess.run(["node", "--version"], check=False, capture_output=True, text=True).stdout.strip() if _has_node() else ""
    )
    said = {
        "processeur": _processor(),
        "coeurs": str(os.cpu_count() or 1),
        "memoire": _memory(),
        "systeme": " ".join(_system()),
        "python": platform.python_version(),
        "node": node.removeprefix("v"),
    }
    return {name: value for name, value in said.items() if value}


def _has_node() -> bool:
    return (PLACE / "node_modules").is_dir()


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> str:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return ""
    return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} Gio"


def _system() -> Iterator[str]:
    try:
        yield platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        yield platform.system()
        yield platform.release()
