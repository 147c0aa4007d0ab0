"""A peer for `plan`: `yaml.safe_load` of every sheet, and DeepDiff with what was approved, kept in one JSON file.

`safe_load_deepdiff.py record FOLDER STATE` writes that file, `safe_load_deepdiff.py plan FOLDER STATE` prints what differs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from deepdiff import DeepDiff


def read(folder: Path) -> dict[str, Any]:
    """Return the sheets of a folder by the name of their file."""
    return {path.name: yaml.safe_load(path.read_bytes()) for path in sorted(folder.rglob("*.yaml"))}


def plan(folder: Path, state: Path) -> None:
    """Print the differences of each sheet with what was approved."""
    before = json.loads(state.read_text(encoding="utf-8"))
    for name, sheet in read(folder).items():
        found = DeepDiff(before.get(name, {}), sheet, ignore_order=True)
        if found:
            sys.stdout.write(f"{name}: {found.to_json()}\n")


def main() -> None:
    """Record the sheets, or compare with what was recorded."""
    folder, state = map(Path, sys.argv[2:4])
    if sys.argv[1] == "record":
        state.write_text(json.dumps(read(folder)), encoding="utf-8")
    else:
        plan(folder, state)


if __name__ == "__main__":
    main()
