"""A peer, the script that most would write first: `yaml.safe_load` and jsonschema, without positions and rules."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema
import yaml


def main() -> int:
    """Judge every sheet of a folder against the strict schema; print the first fault of each."""
    schema, folder = map(Path, sys.argv[1:3])
    validator = jsonschema.Draft202012Validator(
        json.loads(schema.read_text(encoding="utf-8")), format_checker=jsonschema.FormatChecker()
    )
    bad = 0
    for path in sorted(folder.rglob("*.yaml")):
        try:
            fault = next((error.message for error in validator.iter_errors(yaml.safe_load(path.read_bytes()))), "")
        except yaml.YAMLError as error:
            fault = str(error)
        if fault:
            bad += 1
            sys.stdout.write(f"{path}: {fault}\n")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
