"""How long `validate` takes beside its peers: whole processes, run in turn (A B A B …), medians of the ratios pair by pair.

One file against check-jsonschema; many files, cold, against the script in peer.py. `python benchmarks/speed.py [COUNT]`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import sheets  # noqa: E402 - after the path is set

# Byte code must be kept, as any installation does: a checkout compiles its modules once, not at every start.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SCHEMA = ROOT / "schemas" / "fiche-structure.schema.json"


def seconds(command: Sequence[str], folder: Path) -> float:
    """Return the wall time of a command that must succeed."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(name: str, ours: Sequence[str], theirs: Sequence[str], folder: Path, rounds: int) -> None:
    """Run two commands in turn and print both medians and the median ratio, with its range."""
    seconds(ours, folder), seconds(theirs, folder)
    pairs = [(seconds(ours, folder), seconds(theirs, folder)) for _ in range(rounds)]
    ratios = [mine / other for mine, other in pairs]
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"{name}: {mine:.3f} s against {other:.3f} s, "
        f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}, {rounds} pairs)"
    )


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    python = sys.executable
    with tempfile.TemporaryDirectory() as scratch:
        one, many = Path(scratch, "one"), Path(scratch, "many")
        sheets.write(one, 1)
        sheets.write(many, count)
        validate = [python, "-m", "chorus_config", "validate", "--quiet"]
        name = f"structures/{sheets.siret(0)}.yaml"
        peer = [python, "-m", "check_jsonschema", "--schemafile", str(SCHEMA), name]
        compare("one sheet, against check-jsonschema", [*validate, name], peer, one, 15)
        script = [python, str(ROOT / "benchmarks" / "peer.py"), str(SCHEMA), "structures"]
        compare(f"{count} sheets cold, against CSafeLoader + jsonschema-rs", validate, script, many, 3)


if __name__ == "__main__":
    main()
