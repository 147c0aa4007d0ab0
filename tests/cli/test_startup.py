"""Start-up is most of a pre-commit run (design/engine.md, "Speed"): what is not needed is not imported."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from .desk import OTHER, SHEET, Desk

_HEAVY = (
    "stdnum", "phonenumbers", "email_validator", "dns", "idna",
    "deepdiff", "sqlalchemy", "jinja2", "jsonschema", "httpx", "referencing", "difflib", "multiprocessing", "asyncio",
    "sqlite3", "unittest", "http.client", "xml", "csv", "zipfile", "chorus_config.sources",
)  # fmt: skip
_PROGRAM = """
import json, os, sys
from chorus_config.cli.main import main
words, names = json.loads(sys.argv[1])
told = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
code = main(words)
os.write(told, json.dumps([code, [name for name in names if name in sys.modules]]).encode())
"""


def imported(desk: Desk, *words: str) -> tuple[int, list[str]]:
    """Return the exit code of a fresh process and which heavy modules it imported."""
    told = subprocess.run(
        [sys.executable, "-c", _PROGRAM, json.dumps([words, _HEAVY])],
        cwd=desk.root, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    code, names = json.loads(told.stdout)
    return code, names


@pytest.mark.parametrize("words", [("validate",), ("validate", SHEET), ("validate", "--format", "json"), ("--version",)])
def test_a_good_project_imports_nothing_heavy(desk: Desk, words: tuple[str, ...]) -> None:
    for name in (SHEET, OTHER):
        desk.edit(name, "INACTIF\n", "ACTIF\n")
    assert imported(desk, *words) == (0, [])


def test_plan_without_change_does_not_import_deepdiff(approved: Desk) -> None:
    code, names = imported(approved, "plan")
    assert code == 0
    assert "sqlalchemy" in names
    assert not {"deepdiff", "jinja2", "httpx"} & {*names}


def test_show_needs_no_store(desk: Desk) -> None:
    desk.save()
    code, names = imported(desk, "show", "plan.json")
    assert code == 0
    assert not {"deepdiff", "sqlalchemy", "sqlite3", "httpx"} & {*names}
