"""The public Python API as a whole: what it exports, what it loads, its page."""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import chorus_config.app as api
from tests.once import ROOT

NAMES: Final = tuple(name for names in api.API.values() for name in names)


def test_each_name_is_exported_where_it_is_said_to_be() -> None:
    assert sorted(NAMES) == api.__all__
    tree = ast.parse(Path(api.__file__).read_text(encoding="utf-8"))
    typed = [
        (str(node.module).removeprefix("chorus_config.app."), alias.name)
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert sorted(typed) == sorted((module, name) for module, names in api.API.items() for name in names)


@pytest.mark.parametrize("name", NAMES)
def test_each_name_can_be_imported_and_says_what_it_is(name: str) -> None:
    entry = getattr(api, name)
    assert entry.__name__ == name
    assert len(str(entry.__doc__)) > 20


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_used_as_an_outsider_would(name: str) -> None:
    folder = Path(__file__).parent
    used = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "test_api.py")
    assert re.search(rf"from chorus_config\.app import [^\n]*\b{name}\b|^    {name},$", used, re.MULTILINE)


def test_a_name_that_is_not_there_is_told_as_python_does() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = api.nothing


def test_checking_loads_neither_click_nor_a_database() -> None:
    program = (
        "import sys; from pathlib import Path; from chorus_config.app import OpenOptions, open_project, validate_project;"
        "validate_project(open_project(OpenOptions(Path(sys.argv[1]))));"
        "print([name for name in ('click', 'sqlalchemy', 'deepdiff', 'jinja2') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(ROOT / "examples" / "sditec")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_the_page_is_current() -> None:
    """`.ci/api` writes it anew, to be read in the diff."""
    made = runpy.run_path(str(ROOT / ".ci" / "api"))["page"]()
    assert (ROOT / "docs" / "api.md").read_text(encoding="utf-8") == made


def test_the_example_of_the_page_runs(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found is not None
    exec(found[1].replace("examples/sditec", folder.as_posix()), {})  # noqa: S102 - our own page
    assert "operations to enter on the portal" in capfd.readouterr().out
