"""The house of design: floors, third-party libraries in their files, thought without I/O, modules of a readable size."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import chorus_config

PACKAGE = Path(chorus_config.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py")

FLOORS = {
    "words": 0,
    "texts": 1, "yamltext": 1, "schema": 1, "resources": 1, "rules": 1, "report": 1,
    "pipelines": 2,
    "world": 3,
    "commands": 4,
}  # fmt: skip

# Neighbours that a package of a floor may lean on, beside lower floors. `texts` lends its mark and its translator to all.
NEIGHBOURS = {
    "yamltext": {"texts"},
    "schema": set[str](),
    "resources": {"schema"},
    "rules": {"texts"},
    "report": {"texts", "yamltext", "schema", "resources"},
    "texts": set[str](),
}

# Which file may import which library; all other files none.
LIBRARIES = {
    "yamltext/guard.py": {"yaml"},
    "yamltext/compose.py": {"yaml"},
    "yamltext/parse.py": {"yaml"},
    "yamltext/places.py": {"yaml"},
    "schema/accept.py": {"jsonschema_rs"},
    "schema/explain.py": {"jsonschema", "referencing"},
    "resources/detail.py": {"deepdiff"},
    "rules/checksums.py": {"stdnum"},
    "rules/mailbox.py": {"email_validator"},
    "rules/telephone.py": {"phonenumbers"},
    "report/html_page.py": {"jinja2"},
    **{
        f"world/store/{name}.py": {"sqlalchemy"}
        for name in ("address", "database", "engine", "postgres", "rows", "moving", "sqlite", "store", "tables")
    },
}

# Thought does not touch the world. The exceptions read what is packaged beside the code, as the design allows.
WORLDLY = {"os", "io", "pathlib", "subprocess", "socket", "sqlite3", "tempfile", "time", "random", "secrets", "uuid", "shutil"}
READS_PACKAGED = {"schema/packaged.py", "texts/translator.py", "report/html_page.py"}


def name_of(path: Path) -> str:
    """Return a module's path inside the package."""
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def package_of(path: Path) -> str:
    """Return the package of the house that a module lives in, "" for the front step."""
    return path.relative_to(PACKAGE).parts[0] if path.parent != PACKAGE else ""


@pytest.mark.parametrize("path", [p for p in MODULES if package_of(p)], ids=name_of)
def test_a_file_leans_on_lower_floors_and_listed_neighbours_only(path: Path) -> None:
    own = package_of(path)
    for module in imports(path):
        if not module.startswith("chorus_config.") or module.split(".")[1] == own:
            continue
        other = module.split(".")[1]
        assert FLOORS[other] < FLOORS[own] or other in NEIGHBOURS.get(own, set()), f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_has_its_files(path: Path) -> None:
    name = name_of(path)
    allowed = LIBRARIES.get(name, {"click"} if name.startswith("commands/") else set())
    outside = {module.partition(".")[0] for module in imports(path)} - set(sys.stdlib_module_names) - {"chorus_config"}
    assert outside <= allowed


@pytest.mark.parametrize("path", [p for p in MODULES if FLOORS.get(package_of(p), 9) < 3], ids=name_of)
def test_thought_neither_reads_nor_writes_nor_looks_at_a_clock(path: Path) -> None:
    if name_of(path) in READS_PACKAGED:
        return
    assert not {module.partition(".")[0] for module in imports(path)} & WORLDLY
    source = path.read_text(encoding="utf-8")
    assert not any(word in source for word in ("open(", "print(", ".now(", ".today(", "environ"))


def test_every_package_has_a_floor() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert folders == set(FLOORS)


def test_no_module_imports_itself_through_others() -> None:
    def dotted(path: Path) -> str:
        return ".".join(("chorus_config", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")

    graph = {dotted(path): set(imports(path)) for path in MODULES}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " → ".join((*way, module))
        if module not in done and module in graph:
            for other in sorted(graph[module]):
                visit(other, (*way, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_keep_a_readable_size(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len([line for line in source.splitlines() if line.strip() and not line.strip().startswith("#")]) <= 260
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or node.lineno) - node.lineno < 55, node.name
            assert node.name.startswith("_") or ast.get_docstring(node), node.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_package_names_no_place_of_its_making() -> None:
    checkout = str(PACKAGE.parent)
    assert [name_of(path) for path in MODULES if checkout in path.read_text(encoding="utf-8")] == []
