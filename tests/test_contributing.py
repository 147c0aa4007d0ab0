"""The lists of CONTRIBUTING.md are true: what they name is there, and the newest of each kind touches nothing else."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from chorus_config.cli.main import COMMANDS
from chorus_config.cli.shared.format_names import FINDINGS_FORMATS, PLAN_FORMATS
from chorus_config.engine.fixing.catalogue import FIXES
from chorus_config.rules.catalogue import RULES
from chorus_config.schema.packaged import NAMES
from tests.test_house import MODULES, PACKAGE, imports, name_of, tree_of

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

# What the blanks of the lists stand for in things that are there.
FILLED: Final = {
    "A new rule": {"block": "services", "cpNNN_meaning": "cp408_past_end_date", "schema": "fiche-structure.conseils"},
    "A new format of findings, or of plans": {"subject": "findings", "format": "sarif"},
    "A new command": {"command": "history", "action": "history", "document": "history"},
    "A new kind of letter": {"kind": "status"},
    "A new field of a sheet": {},
    "A new source": {"source": "snapshot_file"},
}

# Rules of which other code knows, exactly: what the loader and the engine find by themselves.
KNOWN_ELSEWHERE: Final = {
    "CP001": {"yamltext/layout.py", "yamltext/strict_reader.py", "yamltext/strict.py", "yamltext/syntax.py"},
    "CP002": {"engine/checking/tabs.py", "yamltext/characters.py", "yamltext/edit.py"},
    "CP003": {"yamltext/compose.py", "yamltext/strict_reader.py", "yamltext/syntax.py"},
    "CP004": {"engine/planning/one_sheet.py", "yamltext/repeated_keys.py"},
    "CP005": {"yamltext/compose.py", "yamltext/edit.py", "yamltext/parse.py"},
    "CP006": {"engine/checking/names_at_fault.py", "engine/checking/one_file.py"},
    "CP007": {"engine/planning/one_sheet.py", "schema/explain.py", "schema/key_slips.py"},
    "CP008": {
        "engine/planning/one_sheet.py",
        "schema/explain.py",
        "schema/key_slips.py",
        "sources/snapshot_file/document.py",
    },
    "CP009": {"engine/checking/one_file.py", "engine/planning/one_sheet.py", "schema/explain.py", "schema/value_slips.py"},
    "CP011": {"engine/planning/one_sheet.py"},
    "CP012": {"app/validate.py", "engine/checking/names_at_fault.py", "engine/planning/one_sheet.py"},
    "CP013": {"engine/planning/guards.py"},
    "CP014": {"engine/checking/one_file.py"},
    "CP015": {"engine/checking/project.py"},
    "CP016": {"engine/checking/tabs.py"},
    "CP017": {"yamltext/other_format.py"},
    "CP052": {"engine/checking/project.py"},
    "CP102": {"engine/checking/project.py"},
    "CP305": {"engine/checking/names_at_fault.py"},
    "CP401": {"engine/checking/names_at_fault.py"},
    "CP403": {"engine/checking/names_at_fault.py"},
    "CP505": {"engine/checking/names_at_fault.py"},
    "CP605": {"engine/checking/names_at_fault.py"},
    "CP606": {"engine/checking/names_at_fault.py"},
    "CP801": {"engine/planning/one_sheet.py", "schema/key_slips.py"},
    "CP802": {"engine/planning/one_sheet.py"},
    "CP903": {"engine/planning/change_rules.py"},
    "CP905": {"engine/planning/judged_changes.py"},
    "CP907": {"engine/planning/change_rules.py"},
    "CP912": {"engine/planning/judged_changes.py"},
    # Of many new structures it is told once.
    "CP920": {"engine/planning/guards.py"},
}

# What `init` says of the services that a new project may be kept in.
CI_OF_INIT: Final = {"engine/scaffold/files.py", "model/scaffold.py"}

# Fields that are more than a field: what names a structure, what decides which rules hold, what a document says of itself,
# what a letter is headed with, what a spreadsheet takes
# digits from, what the portal's own list of structures shows.
KNOWN_FIELDS: Final = {
    "adresse", "identifiant", "libelle", "raison_sociale", "statut", "structure_privee", "type_identifiant",
    "adresse_electronique", "code_postal", "complement_1", "complement_2", "telephone", "ville", "pays", "fax", "date_creation",
}  # fmt: skip


def lists() -> dict[str, list[str]]:
    """Return, by kind of addition, the files that its list names; blanks are written `<name>`."""
    parts = re.split(r"\n### ", PAGE)[1:]
    cells = {part.partition("\n")[0]: re.findall(r"^\| (`[^|]*) \|", part, re.MULTILINE) for part in parts}
    return {title: [named for cell in column for named in re.findall(r"`([^`]+)`", cell)] for title, column in cells.items()}


@cache
def texts_of(path: Path) -> frozenset[str]:
    """Return the literal texts of a module, but for its docstrings."""
    nodes = list(ast.walk(tree_of(path)))
    documented = [node for node in nodes if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docs = {id(node.body[0].value) for node in documented if node.body and isinstance(node.body[0], ast.Expr)}
    return frozenset(
        node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    )


def naming(text: str) -> set[str]:
    """Return the modules that hold exactly this text."""
    return {name_of(path) for path in MODULES if text in texts_of(path)}


def test_every_kind_of_addition_has_its_list() -> None:
    assert lists().keys() == FILLED.keys()


@pytest.mark.parametrize("title", FILLED)
def test_what_a_list_names_is_there(title: str) -> None:
    for named in lists()[title]:
        path = re.sub(r"<(\w+)>", lambda blank: FILLED[title][blank[1]], named)
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_its_file_and_its_row(rule: str) -> None:
    own = {f"rules/{RULES[rule].file}.py", "rules/catalogue.py"} | ({"engine/fixing/catalogue.py"} if rule in FIXES else set())
    # Examples of the help and of other rules may name it.
    examples = {name for name in naming(rule) if re.match(r"cli/|rules/[a-z]+/cp", name)}
    assert naming(rule) - own - examples == KNOWN_ELSEWHERE.get(rule, set())
    rows = [node for node in ast.walk(tree_of(PACKAGE / "rules" / "catalogue.py")) if isinstance(node, ast.Call) and node.args]
    assert len([row for row in rows if isinstance(row.args[0], ast.Constant) and row.args[0].value == rule]) == 1


@pytest.mark.parametrize("rule", [rule for rule, row in RULES.items() if row.where in {"strict", "advice", "change"}])
def test_a_rule_of_a_schema_is_in_a_schema(rule: str) -> None:
    if rule not in KNOWN_ELSEWHERE or rule == "CP907":
        assert any(f'"{rule}"' in path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.json"))


@pytest.mark.parametrize("name", [name for name in FINDINGS_FORMATS if name not in PLAN_FORMATS])
def test_a_format_is_its_file_and_its_name_in_the_list(name: str) -> None:
    # `concise` is also said when a command fails; on stdout, `github` alone may begin a line as a runner's command does.
    elsewhere = {"concise": {"cli/shared/failure.py"}, "github": {"cli/shared/output.py"}}
    # Two are also where a new project may have its CI.
    elsewhere |= {one: elsewhere.get(one, set()) | CI_OF_INIT for one in ("github", "gitlab")}
    assert naming(name) == {"cli/shared/format_names.py"} | elsewhere.get(name, set())


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_every_format_is_in_the_readme(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [name for name in (*FINDINGS_FORMATS, *PLAN_FORMATS) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_its_file_and_its_name_in_the_list(name: str) -> None:
    listed = {f"cli/{name}.py", f"cli/{name}/__init__.py", "cli/main.py", "cli/shared/failure.py", "cli/shared/completion.py"}
    # Some names are also those of parameters, groups and tables.
    words = {
        "apply": {"cli/apply.py"},
        "history": {"cli/state/migrate.py"},
        "diff": {"cli/fix.py", "cli/import.py", "cli/set.py"},
    }
    words |= {
        "plan": {"cli/apply.py", "cli/show.py", "cli/worksheet.py"},
        "show": {"cli/state/__init__.py", "cli/state/show.py"},
    }
    assert {one for one in naming(name) if one.startswith("cli/")} <= listed | words.get(name, set())
    assert [one for one in naming(name) if one == "cli/main.py"]


def test_each_json_document_has_its_schema() -> None:
    types = {
        text for path in MODULES if name_of(path).startswith(("cli/", "render/")) for text in types_of(path)
    } - {"diff"}  # fmt: skip
    assert types <= set(NAMES)
    assert {path.name.removesuffix(".schema.json") for path in (ROOT / "schemas").glob("*.json")} == set(NAMES)


def types_of(path: Path) -> set[str]:
    """Return what the documents that a module writes out say of their type."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Dict) and any(
            isinstance(key, ast.Constant) and key.value == "format_version" for key in node.keys
        ):
            pairs = zip(node.keys, node.values, strict=True)
            found |= {value.value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "type"
                      and isinstance(value, ast.Constant) and isinstance(value.value, str)}  # fmt: skip
    return found


def leaves(block: Mapping[str, Any]) -> set[str]:
    """Return the names of the fields of a block of the sheet's schema."""
    return {name for name, field in block["properties"].items() if "properties" not in field}


def test_a_field_is_named_by_the_schema_and_by_rules_only() -> None:
    schema = json.loads((ROOT / "schemas" / "fiche-structure.schema.json").read_text(encoding="utf-8"))
    blocks = [schema["$defs"][name] for name in ("informations_generales", "parametres", "adresse")]
    fields = set().union(*map(leaves, blocks))
    assert len(fields) > 25
    # A source says in its one table (fields.py) what it calls the fields that it reports, the portal's table on which screen
    # each stands (tests/render/shared/test_portal.py: none is missing).
    # `init` has one table of what it asks for.
    tables = "rules/|sources/[a-z]+/fields.py|render/shared/portal.py|engine/scaffold/questions.py"
    others = [path for path in MODULES if not re.match(tables, name_of(path))]
    texts = frozenset(text.rpartition("/")[2] for path in others for text in texts_of(path))
    assert fields & texts == KNOWN_FIELDS


def test_a_field_has_the_label_of_the_portal() -> None:
    schema = json.loads((ROOT / "schemas" / "fiche-structure.schema.json").read_text(encoding="utf-8"))
    for name in ("informations_generales", "parametres", "adresse"):
        for field, node in schema["$defs"][name]["properties"].items():
            assert node.get("title"), field
            assert node.get("description"), field


def test_one_file_alone_knows_which_sources_there_are() -> None:
    outside = [path for path in MODULES if not name_of(path).startswith("sources/")]
    users = {name_of(path) for path in outside if any(one.startswith("chorus_config.sources") for one in imports(path))}
    assert users == {"app/sources.py"}
