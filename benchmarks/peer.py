"""The peer that a Python developer would write: PyYAML's C loader, jsonschema-rs, the same schema, no positions, no rules."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema_rs
import yaml


def main() -> int:
    """Judge every sheet of a folder against the strict schema; print how many are refused."""
    schema, folder = map(Path, sys.argv[1:3])
    validator = jsonschema_rs.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    bad = 0
    for path in sorted(folder.rglob("*.yaml")):
        with path.open("rb") as file:
            bad += not validator.is_valid(yaml.load(file, Loader=yaml.CSafeLoader))
    sys.stdout.write(f"{bad}\n")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
