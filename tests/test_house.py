"""The house: rooms and their floors, neighbours, libraries in their files, names and sizes; the picture of it in the docs.

The tables are exact: what the code no longer does must go from them, too. `docs/architecture.md` says it in prose.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

import chorus_config
from chorus_config.cli.main import COMMANDS
from chorus_config.cli.shared.format_names import FINDINGS_FORMATS, PLAN_FORMATS
from chorus_config.rules.catalogue import RULES

PACKAGE: Final = Path(chorus_config.__file__).parent
TESTS: Final = Path(__file__).parent
PAGE: Final = TESTS.parent / "docs" / "architecture.md"
MODULES: Final = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py")

FLOORS: Final = {
    "model": 0,
    "i18n": 1, "yamltext": 1, "schema": 1, "diff": 1, "rules": 1, "render": 1,
    "engine": 2,
    "workspace": 3, "store": 3, "sources": 3,
    "cli": 4, "app": 4,
}  # fmt: skip
TITLES: Final = ("data", "thought", "decisions", "the outside", "use")

# The rooms of its own floor that a room leans on, beside lower floors. The rooms of the outside know nothing of each other.
NEIGHBOURS: Final = {
    "yamltext": {"i18n"},
    "schema": {"i18n"},
    "diff": {"schema"},
    "rules": {"i18n"},
    "render": {"i18n", "yamltext", "schema", "diff"},
    "cli": {"app"},
}

# The command line reaches the outside through what can be done (`app`); by itself it only writes the results it was asked for.
OUTSIDE_OF_CLI: Final = {"cli/shared/output.py": {"workspace"}}

# Which file may import which library; all other files none. `cli` has click, wherever in it.
# Ourselves, and what every class of data is made with.
EVERYWHERE: Final = {"chorus_config", "msgspec"}
LIBRARIES: Final = {
    "diff/compare.py": {"deepdiff"},
    "render/shared/html.py": {"jinja2"},
    "rules/judges/checksums.py": {"stdnum"},
    "rules/judges/mailbox.py": {"email_validator"},
    "rules/judges/telephone.py": {"phonenumbers"},
    "schema/accept.py": {"jsonschema_rs"},
    "schema/explain.py": {"jsonschema", "referencing"},
    "sources/http/exchange.py": {"httpx"},
    "sources/annuaire/workbook.py": {"openpyxl"},
    "workspace/workbook.py": {"openpyxl"},
    "workspace/table_workbook.py": {"openpyxl"},
    **{f"store/{name}.py": {"sqlalchemy"} for name in
       ("address", "backup", "contents", "database", "postgres", "probe", "rows", "sqlite", "store", "tables")},
    **{f"yamltext/{name}.py": {"yaml"} for name in ("compose", "positions", "repeated_keys", "strict_reader")},
}  # fmt: skip

# Pure code does no I/O. The exceptions read what is packaged beside the code.
OUTSIDE: Final = frozenset(
    {"os", "io", "pathlib", "subprocess", "socket", "sqlite3", "tempfile", "time", "random", "secrets", "uuid", "shutil"}
)
READS_PACKAGED: Final = {"i18n/translator.py", "schema/packaged.py"}

# In a folder of `render`, a file is a format; these are what several formats of the subject have in common.
FORMATS: Final = frozenset({*FINDINGS_FORMATS, *PLAN_FORMATS, "csv"})
VIEWS: Final = {
    "drift/addresses",
    "findings/report", "fixing/diff", "history/view", "importing/faults", "letter/view", "notice/advice", "notice/view",
    "plan/markdown_parts", "plan/suppliers", "plan/verdict", "plan/view",
    "rules/page", "rules/said",
    "state/view", "status/members", "status/table", "status/view", "watch/view",
    "worksheet/by_screen", "worksheet/sentences", "worksheet/tasks", "worksheet/view",
}  # fmt: skip

# Names of another time, that nobody found a way by, and those that say nothing.
RETIRED: Final = {
    "words", "world", "door", "told", "due", "held", "frame", "scene", "aim", "wanted", "stood", "together", "survey",
    "standings", "found", "saved", "asking", "writing", "observing", "utils", "helpers",
}  # fmt: skip

# Modules (or folders) whose tests are not where their name says, and which test it is.
TESTED_IN: Final = {
    "yamltext/strict_reader": "yamltext/test_parse",
    "rules/judges/traces": "rules/judges/test_damage",
    "schema/refusals": "schema/test_accept",
    "workspace/cache_folder": "workspace/test_verdict_cache",
    "app/importing/adopt": "cli/test_import",
    "app/importing/adopted_seen": "cli/test_gestures",
    "app/importing": "cli/test_import_sheets",
    "app/doctor": "cli/test_doctor",
    "render/doctor": "cli/test_doctor",
    "sources/contact": "cli/test_doctor",
    "store/probe": "cli/test_doctor",
    "render/export": "cli/test_export",
    "render/importing/faults": "cli/test_import_spreadsheet",
    "workspace/interrupted": "workspace/test_journal",
    "app/revisions": "cli/test_diff",
    "app/store_access": "cli/test_confirm",
    "cli/shared": "cli/test_main",
    "engine/fixing": "engine/fixing/test_corpus",
    "model/drift": "engine/drift/test_compare",
    "render/fixing": "cli/test_fix",
    "render/history": "render/test_ledger_views",
    "model/notice": "engine/invoicing/test_changes",
    "render/notice/advice": "render/notice/test_text",
    "render/notice/view": "render/notice/test_text",
    "render/importing": "cli/test_import_sheets",
    "render/plan": "render/plan/test_markdown",
    "render/observe/json": "cli/test_observe",
    "render/rules/page": "render/test_rules_page",
    "render/shared/html": "render/plan/test_html",
    "render/shared/markdown": "render/plan/test_markdown",
    "render/scaffold": "cli/test_init",
    "render/schemas": "cli/test_schema",
    "render/state": "render/test_ledger_views",
    "model/portfolio/status": "engine/portfolio/test_status",
    "render/watch/view": "render/watch/test_text",
    "rules/judges/body": "rules/test_catalogue",
    "schema/key_slips": "schema/test_explain",
    "schema/value_slips": "schema/test_explain",
    "rules/judges/countries": "rules/address/test_cp206_unknown_country",
    "rules/judges/checksums": "rules/identity/test_cp102_siret_checksum",
    "rules/judges/mailbox": "rules/identity/test_cp106_email",
    "rules/judges/telephone": "rules/address/test_cp203_phone_form",
    "sources/afnor/calls": "sources/afnor/test_read",
    "sources/afnor/legal_unit": "sources/afnor/test_read",
    "sources/afnor/notes": "sources/afnor/test_read",
    "sources/annuaire": "sources/annuaire/test_read",
    "store/address": "store/test_postgres",
    "store/backup_file": "store/test_backup",
    "store/contents": "store/test_migrate",
    "store/database": "store/test_contract",
    "store/filelock": "store/test_lock",
    "store/records": "store/test_contract",
    "store/rows": "store/test_contract",
}


def name_of(path: Path) -> str:
    """Return a module's path inside the package."""
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    """Return the room that a module lives in, "" for the front step."""
    return path.relative_to(PACKAGE).parts[0] if path.parent != PACKAGE else ""


def dotted(path: Path) -> str:
    """Return the name under which a module is imported."""
    return ".".join(("chorus_config", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the parsed source of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Return every module that a file imports, wherever in the file, for types alone or not."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{path}: imports are absolute"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def rooms_that(path: Path) -> set[str]:
    """Return the other rooms that a file imports."""
    own = [module.split(".")[1] for module in imports(path) if module.startswith("chorus_config.")]
    return {room for room in own if room in FLOORS} - {room_of(path)}


def leaning() -> dict[str, set[str]]:
    """Return, by room, the other rooms that its files import."""
    return {room: set().union(*(rooms_that(path) for path in MODULES if room_of(path) == room)) for room in FLOORS}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions of a file, methods and inner ones too."""
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function takes."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


# Where a function may go one way or another, or again: a boolean operator counts too, which ruff's own count leaves out.
WAYS: Final = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.match_case, ast.Assert,
)  # fmt: skip


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is in a function, but what is in the functions inside it: they count by themselves."""
    for inner in ast.iter_child_nodes(node):
        yield inner
        if not isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from own_nodes(inner)


def complexity(function: ast.AST) -> int:
    """Return how complex a function is: 1, and 1 for each branch, loop, comprehension and boolean operator."""
    nodes = list(own_nodes(function))
    operators = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    return 1 + operators + sum(isinstance(node, WAYS) for node in nodes)


def code_lines(path: Path) -> int:
    """Return how many lines of a file are neither blank nor a comment."""
    lines = map(str.strip, path.read_text(encoding="utf-8").splitlines())
    return len([line for line in lines if line and not line.startswith("#")])


def words_of(path: Path) -> set[str]:
    """Return the names that a file uses, those of attributes behind a dot."""
    nodes = list(ast.walk(tree_of(path)))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    return used | {f".{node.attr}" for node in nodes if isinstance(node, ast.Attribute)}


def outside_words(path: Path) -> set[str]:
    """Return what in a file reaches outside: modules of the standard library, and words that read, write or tell the time."""
    modules = {module.partition(".")[0] for module in imports(path)} & OUTSIDE
    return modules | words_of(path) & {"open", "print", "input", ".now", ".today", ".environ", ".read_text"}


def public_functions(path: Path) -> set[str]:
    """Return the functions that a module offers."""
    return {node.name for node in tree_of(path).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}


# Rooms and floors


def test_every_room_is_there_and_none_beside() -> None:
    assert {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()} == set(FLOORS)


@pytest.mark.parametrize("room", FLOORS)
def test_a_room_says_its_floor(room: str) -> None:
    assert (ast.get_docstring(tree_of(PACKAGE / room / "__init__.py")) or "").startswith(f"Floor {FLOORS[room]}: ")


def test_a_file_leans_on_lower_floors_and_listed_neighbours_only() -> None:
    strangers = {}
    for path in MODULES:
        own = room_of(path)
        lower = {room for room, floor in FLOORS.items() if own and floor < FLOORS[own]}
        strangers[name_of(path)] = rooms_that(path) - lower - NEIGHBOURS.get(own, set())
    assert {name: rooms for name, rooms in strangers.items() if rooms} == {}


def test_no_neighbour_is_listed_that_is_not_leaned_on() -> None:
    beside = {own: {room for room in rooms if FLOORS[room] == FLOORS[own]} for own, rooms in leaning().items()}
    assert {own: rooms for own, rooms in beside.items() if rooms} == NEIGHBOURS


def test_the_command_line_reaches_the_outside_through_what_can_be_done() -> None:
    outside = {room for room, floor in FLOORS.items() if floor == 3}
    found = {name_of(path): rooms_that(path) & outside for path in MODULES if room_of(path) == "cli"}
    assert {name: rooms for name, rooms in found.items() if rooms} == OUTSIDE_OF_CLI


def test_each_library_has_its_files() -> None:
    found = {}
    for path in MODULES:
        outside = {module.partition(".")[0] for module in imports(path)} - set(sys.stdlib_module_names) - EVERYWHERE
        found[name_of(path)] = outside - {"click"} if room_of(path) == "cli" else outside
    assert {name: libraries for name, libraries in found.items() if libraries} == LIBRARIES


def test_thought_neither_reads_nor_writes_nor_looks_at_a_clock() -> None:
    thought = [path for path in MODULES if FLOORS.get(room_of(path), 9) < 3]
    reading = {name_of(path): outside_words(path) for path in thought}
    assert {name for name, words in reading.items() if words} == READS_PACKAGED


def test_what_can_be_done_neither_prints_nor_asks() -> None:
    saying = {"print", "input", ".stdin", ".stdout", ".stderr", ".exit"}
    found = {name_of(path): words_of(path) & saying for path in MODULES if room_of(path) == "app"}
    assert {name: words for name, words in found.items() if words} == {}


def test_data_is_made_of_structs_not_dataclasses() -> None:
    # Making one dataclass costs as much as checking a sheet, and a hook makes forty at every start.
    assert [name_of(path) for path in MODULES if "dataclasses" in imports(path)] == []


def test_no_module_imports_itself_through_others() -> None:
    graph = {dotted(path): imports(path) for path in MODULES}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " → ".join((*way[way.index(module) :], module))
        if module not in done:
            for other in sorted(graph[module] & graph.keys()):
                visit(other, (*way, module))
            done.add(module)

    for module in graph:
        visit(module, ())


# The picture of the rooms in docs/architecture.md, made from the imports


def floors() -> Iterator[tuple[int, list[str]]]:
    """Yield the floors from the top, each with its rooms."""
    for floor in sorted(set(FLOORS.values()), reverse=True):
        yield floor, [room for room in FLOORS if FLOORS[room] == floor]


def arrows() -> Iterator[str]:
    """Yield an arrow from each room to those it leans on; not where another room between them says it already."""
    leans = leaning()

    def reached(room: str) -> set[str]:
        return leans[room].union(*map(reached, leans[room]))

    for room, others in leans.items():
        for other in sorted(others - set().union(*map(reached, others)), key=list(FLOORS).index):
            yield f"  {room} --> {other}"


def rows() -> Iterator[str]:
    """Yield a row for each room: what it says of itself, the libraries it imports."""
    for floor, rooms in floors():
        for room in rooms:
            about = (ast.get_docstring(tree_of(PACKAGE / room / "__init__.py")) or "").split("\n\n")[0].partition(": ")[2]
            used = {module.partition(".")[0] for path in MODULES if room_of(path) == room for module in imports(path)}
            libraries = ", ".join(sorted(used - set(sys.stdlib_module_names) - EVERYWHERE))
            yield f"| {floor} {TITLES[floor]} | `{room}/` | {' '.join(about.split())} | {libraries} |"


def picture() -> str:
    """Return the picture as Mermaid text, and the table below it."""
    boxes = [f'  subgraph floor{floor}["{floor} {TITLES[floor]}"]\n    {"; ".join(rooms)}\n  end' for floor, rooms in floors()]
    drawn = "\n".join(["```mermaid", "flowchart TB", *boxes, *arrows(), "```"])
    return "\n".join([drawn, "", "| floor | room | holds | libraries |", "|---|---|---|---|", *rows()])


def test_the_picture_in_the_docs_is_current() -> None:
    """`CHORUS_CONFIG_GOLDEN=write` draws it anew."""
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition("<!-- rooms -->\n")
    drawn, end, after = rest.partition("<!-- /rooms -->")
    assert begin
    assert end
    if os.environ.get("CHORUS_CONFIG_GOLDEN") == "write":
        PAGE.write_text(before + begin + picture() + "\n" + end + after, encoding="utf-8", newline="\n")
        return
    assert drawn == picture() + "\n"


# Names


def test_no_name_is_a_riddle() -> None:
    parts = {name_of(path): set(re.split(r"[/_]+", name_of(path).removesuffix(".py"))) for path in MODULES}
    assert {name: found & RETIRED for name, found in parts.items() if found & RETIRED} == {}


def test_a_rule_is_one_file_named_by_its_id_and_what_it_says() -> None:
    files = {name_of(path) for path in MODULES if re.search(r"/cp[0-9]", name_of(path))}
    assert {f"rules/{row.file}.py" for row in RULES.values()} == files
    for rule, row in RULES.items():
        assert re.fullmatch(rf"[a-z]+/{rule.lower()}(_[a-z0-9]+)+", row.file), row.file


def test_in_a_block_of_rules_there_are_rules_only() -> None:
    own = {"rules/__init__", "rules/catalogue"}
    others = {name_of(path).removesuffix(".py") for path in MODULES if room_of(path) == "rules"}
    others -= {f"rules/{row.file}" for row in RULES.values()}
    assert {name for name in others if not re.fullmatch(r"rules/[a-z]+/__init__|rules/judges/[a-z]+", name)} == own


def test_in_a_folder_of_render_a_file_is_a_format() -> None:
    files = {name_of(path).removesuffix(".py").removeprefix("render/") for path in MODULES if room_of(path) == "render"}
    named = {name for name in files if not name.startswith("shared/") and not name.endswith("__init__")}
    assert {name for name in named if name.partition("/")[2] not in FORMATS} == VIEWS


@pytest.mark.parametrize(("subject", "formats"), [("findings", FINDINGS_FORMATS), ("plan", PLAN_FORMATS)])
def test_each_format_in_the_list_of_a_subject_is_its_file(subject: str, formats: tuple[str, ...]) -> None:
    files = {path.stem for path in (PACKAGE / "render" / subject).glob("*.py") if path.stem in FORMATS}
    assert files == set(formats)
    for name in formats:
        assert "render" in public_functions(PACKAGE / "render" / subject / f"{name}.py"), name


def test_a_command_is_one_file_with_what_it_asks_and_what_it_runs() -> None:
    files = [path for path in MODULES if room_of(path) == "cli" and "shared" not in path.parts]
    files = [path for path in files if name_of(path) not in {"cli/__init__.py", "cli/main.py"}]
    assert {path.relative_to(PACKAGE / "cli").with_suffix("").parts[0] for path in files} == set(COMMANDS)
    for path in files:
        # A group of commands has nothing to run of its own, but the names of its files.
        assert public_functions(path) == ({"command"} if path.stem == "__init__" else {"command", "run"}), name_of(path)
        if path.stem == "__init__":
            named = {node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant)}
            assert {other.stem for other in path.parent.glob("*.py")} - {"__init__"} <= named


# Sizes


def test_no_folder_holds_more_than_can_be_looked_over() -> None:
    sizes = Counter(name_of(path.parent) for path in MODULES if path.stem != "__init__")
    assert {folder: size for folder, size in sizes.items() if size > 25} == {}


def test_modules_and_functions_keep_a_readable_size() -> None:
    assert {name_of(path): size for path in MODULES if (size := code_lines(path)) > 250} == {}
    assert {name_of(path): node.name for path in MODULES for node in functions(path) if lines_of(node) > 40} == {}


def test_no_function_is_more_complex_than_can_be_followed() -> None:
    found = {f"{name_of(path)}:{node.lineno} {node.name}": complexity(node) for path in MODULES for node in functions(path)}
    assert {name: size for name, size in found.items() if size > 10} == {}


@pytest.mark.parametrize(
    ("body", "size"),
    [
        ("return a", 1),
        ("return a and b or c", 3),
        ("return a and b and c", 3),
        ("return [x for x in a for y in x if y]", 3),
        ("return b if a else c", 2),
        ("while a:\n  for b in a:\n   assert b", 4),
        ("if a:\n  return b\n elif b:\n  return c", 3),
        ("try:\n  a()\n except b:\n  pass", 2),
        ("match a:\n  case 1: pass\n  case _: pass", 3),
        ("def inner():\n  return a or b\n return inner if a else b", 2),
        ("return lambda: a or b", 2),
    ],
)
def test_complexity_counts_every_way_and_operator(body: str, size: int) -> None:
    assert complexity(ast.parse(f"def outer(a, b, c):\n {body}").body[0]) == size


def test_most_functions_are_short() -> None:
    sizes = sorted(lines_of(node) for path in MODULES for node in functions(path))
    assert sizes[len(sizes) // 2] <= 8
    assert sizes[len(sizes) * 9 // 10] <= 26


def test_every_module_and_all_that_it_offers_says_what_it_is() -> None:
    silent = []
    for path in MODULES:
        named = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        offered = [node for node in named if not node.name.startswith("_")]
        silent += [
            (name_of(path), getattr(node, "name", "")) for node in (tree_of(path), *offered) if not ast.get_docstring(node)
        ]
    assert silent == []


def test_the_package_names_no_place_of_its_making() -> None:
    checkout = str(PACKAGE.parent)
    assert [name_of(path) for path in MODULES if checkout in path.read_text(encoding="utf-8")] == []


# Tests


def mirrors(name: str) -> Iterator[str]:
    """Yield the tests that may be those of a module: its own, one of its whole folder, one of the command of its name."""
    room, _slash, inner = name.partition("/")
    folder, _slash, own = name.rpartition("/")
    yield f"{folder}/test_{own}"
    if "/" in folder:
        yield f"{folder.rpartition('/')[0]}/test_{folder.rpartition('/')[2]}"
    if room == "app":
        yield f"cli/test_{inner}"


def has_test(name: str) -> bool:
    """Tell whether a module has a test where its name says."""
    return any((TESTS / f"{mirror}.py").is_file() for mirror in mirrors(name))


def test_tests_mirror_modules() -> None:
    names = [name_of(path).removesuffix(".py") for path in MODULES if sum(map(lines_of, functions(path))) > 25]
    names = [name for name in names if not re.search(r"/(?:__init__$|cp[0-9])", name)]
    assert [name for name in names if not (has_test(name) or name in TESTED_IN or name.rpartition("/")[0] in TESTED_IN)] == []


def test_what_is_tested_elsewhere_is_tested_there() -> None:
    names = {name_of(path).removesuffix(".py") for path in MODULES}
    for name, test in TESTED_IN.items():
        covered = [one for one in names if one == name or one.startswith(f"{name}/")]
        assert covered, f"{name} is gone"
        assert not all(has_test(one) for one in covered if not one.endswith("__init__")), f"{name} has its own test"
        assert (TESTS / f"{test}.py").is_file(), test
