"""Start-up is most of a pre-commit run (design/engine.md, "Speed"): what is not needed is not imported.

Nothing here looks at a clock: modules are counted in a fresh process, and named where they are heavy.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Final

import pytest

from .desk import OTHER, SHEET, Desk

# Not one of these for a project without a fault.
_HEAVY: Final = (
    "stdnum", "phonenumbers", "email_validator", "dns", "idna",
    "deepdiff", "sqlalchemy", "jinja2", "jsonschema", "httpx", "referencing", "difflib", "multiprocessing", "asyncio",
    "sqlite3", "unittest", "http.client", "xml", "csv", "zipfile", "chorus_config.sources", "yaml", "openpyxl",
    "hashlib", "tempfile", "shutil", "subprocess", "logging", "concurrent.futures", "dataclasses",
)  # fmt: skip
_PROGRAM: Final = """
import json, os, sys
from chorus_config.__main__ import main
words, names = json.loads(sys.argv[1])
sys.argv[1:] = words
told = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
code = main()
own = [name for name in sys.modules if name.partition(".")[0] == "chorus_config"]
os.write(told, json.dumps([code, len(own), len(sys.modules), [name for name in names if name in sys.modules]]).encode())
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a fresh process imported: its exit code, how many modules of ours and of all, and which of the heavy ones."""

    code: int
    own: int
    all: int
    heavy: frozenset[str]


def imported(desk: Desk, *words: str) -> Imported:
    """Return what a fresh process imports for a command line."""
    told = subprocess.run(
        [sys.executable, "-c", _PROGRAM, json.dumps([words, _HEAVY])],
        cwd=desk.root, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    code, own, every, names = json.loads(told.stdout)
    return Imported(code, own, every, frozenset(names))


# By command line: so many modules of ours at the most, and so many of others; the heavy ones that it cannot do without. What is
# added is paid by everybody who runs the command: read it where it is used before you raise a number.
_GOOD: Final = {
    ("validate", SHEET): (130, 146, ()),
    ("validate", SHEET, "--format", "json"): (130, 146, ()),
    ("validate",): (132, 146, ()),
    ("--version",): (69, 146, ()),
    ("schema", "fiche-structure"): (78, 146, ()),
    ("explain", "CP401"): (141, 167, ("yaml",)),
    ("rules",): (206, 167, ("yaml",)),
    ("validate", "--help"): (84, 155, ("shutil",)),
}
# Others come and go with the version of Python and the system.
_MORE_OR_LESS: Final = 15


@pytest.mark.parametrize("words", _GOOD)
def test_a_good_project_imports_nothing_that_it_does_not_use(desk: Desk, words: tuple[str, ...]) -> None:
    for name in (SHEET, OTHER):
        desk.edit(name, "INACTIF\n", "ACTIF\n")
    own, others, needed = _GOOD[words]
    found = imported(desk, *words)
    assert (found.code, found.heavy - {*needed}) == (0, frozenset())
    assert found.own <= own
    assert found.all - found.own <= others + _MORE_OR_LESS


def test_the_help_of_all_commands_reads_no_library(desk: Desk) -> None:
    found = imported(desk, "--help")
    assert found.code == 0
    assert not {"deepdiff", "sqlalchemy", "sqlite3", "jinja2", "httpx", "jsonschema", "openpyxl", "phonenumbers"} & found.heavy
    assert found.own <= 378


def test_plan_without_change_does_not_import_what_only_changes_need(approved: Desk) -> None:
    found = imported(approved, "plan")
    assert found.code == 0
    assert "sqlite3" in found.heavy
    assert not {"deepdiff", "jinja2", "httpx", "openpyxl", "phonenumbers", "sqlalchemy"} & found.heavy
    assert found.own <= 195


def test_show_needs_no_store(desk: Desk) -> None:
    desk.save()
    found = imported(desk, "show", "plan.json")
    assert found.code == 0
    assert not {"deepdiff", "sqlalchemy", "sqlite3", "httpx", "jinja2"} & found.heavy
    assert found.own <= 141
