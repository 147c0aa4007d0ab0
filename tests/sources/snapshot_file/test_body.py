"""Why a body is not in the shape of a sheet, and where; the rest is told through `read_snapshot`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from chorus_config.model.address import parse_address
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.sources.snapshot_file.body import EXPECTED_TYPES, fault_of, is_masked, kind_of
from tests.diff.strategies import Body, bodies
from tests.engine.making import IBAN, SIRET, account, sheet


@given(bodies())
@settings(max_examples=100, deadline=None, database=None)
def test_law_what_a_sheet_says_is_in_the_shape_of_one(body: Body) -> None:
    root = f"comptes/{body['ref']}" if body["type"] == "compte-utilisateur" else body["informations_generales"]["identifiant"]
    assert fault_of(body, root) is None


@pytest.mark.parametrize(
    ("body", "root", "path"),
    [
        (sheet(), SIRET, None),
        (account(), "comptes/dgs", None),
        ({}, "comptes/dgs", None),
        ({}, "comptes/", ()),
        ({}, f"{SIRET}/", ()),
        ({"version": 2}, SIRET, ("version",)),
        ({"services": [{"code": "A", "actif": "oui"}]}, SIRET, ("services", 0, "actif")),
        ({"coordonnees_bancaires": [{"libelle": "a", "iban": IBAN[:-1]}]}, SIRET, ("coordonnees_bancaires", 0, "iban")),
    ],
)
def test_the_place_is_told(body: Any, root: str, path: Any) -> None:
    found = fault_of(body, root)
    assert (found and found[0]) == path


def test_every_type_of_the_schemas_is_known() -> None:
    for name in ("fiche-structure", "compte-utilisateur"):
        assert types_in(schema(STRICT[name])["properties"]) <= {*EXPECTED_TYPES}
    assert (kind_of(parse_address(SIRET)), kind_of(parse_address("comptes/a"))) == ("fiche-structure", "compte-utilisateur")


def types_in(node: Any) -> set[str]:
    """Return every type that a schema names."""
    if isinstance(node, list):
        return {one for item in node for one in types_in(item)}
    if not isinstance(node, dict):
        return set()
    own = {node["type"]} if isinstance(node.get("type"), str) else set()
    return own.union(*(types_in(item) for item in node.values()))


def test_only_a_sensitive_value_is_masked() -> None:
    assert is_masked("coordonnees_bancaires", "iban", "FR76 **** 0189")
    assert not is_masked("coordonnees_bancaires", "libelle", "****")
    assert not is_masked("coordonnees_bancaires", "iban", IBAN)
