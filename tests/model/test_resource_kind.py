"""The table of kinds, against the schemas that own the shapes."""

from __future__ import annotations

import pytest

from chorus_config.model.resource_kind import KINDS, LISTS, OWN_BLOCK, ResourceKind
from chorus_config.schema.packaged import schema


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.group)
def test_every_list_of_the_sheet_has_its_kind_and_its_key(kind: ResourceKind) -> None:
    sheet = schema("fiche-structure")
    block = sheet["properties"][kind.group]
    assert block["type"] == "array"
    entry = sheet["$defs"][block["items"]["$ref"].rpartition("/")[2]]
    assert kind.key in entry.get("required", ()) if kind.key else entry["type"] == "string"


def test_no_list_of_the_sheet_is_forgotten() -> None:
    properties = schema("fiche-structure")["properties"]
    assert {name for name, block in properties.items() if block.get("type") == "array"} == {kind.group for kind in LISTS}


def test_kinds_are_called_as_the_schema_of_changes_calls_them() -> None:
    named = schema("changement")["properties"]["kind"]["enum"]
    assert {kind.name for kind in KINDS.values()} == set(named)


def test_parents_rank_before_what_they_hold() -> None:
    groups = list(KINDS)
    assert groups.index("") < min(groups.index(kind.group) for kind in LISTS)


@pytest.mark.parametrize("name", OWN_BLOCK)
def test_every_file_has_its_own_block(name: str) -> None:
    assert OWN_BLOCK[name] in schema(name)["required"]
