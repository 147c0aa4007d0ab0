from __future__ import annotations

from typing import Any

from chorus_config.diff.fields import field_schema, is_on_portal, is_reportable, leaves
from chorus_config.sources.piste.fields import FIELDS, SERVICE, STRUCTURE, filled
from tests.samples import TODAY
from tests.servers.piste import PisteServer, portfolio
from tests.sources.piste.asking import read_all


def written() -> set[tuple[str, str]]:
    """Return every field that is read of a portfolio that has them all."""
    with PisteServer(portfolio(10)) as server:
        bodies = read_all(server).values()
    found: set[tuple[str, str]] = set()
    for body in bodies:
        found |= {("services", "")}
        found |= {("services", path) for service in body["services"] for path in leaves(service)}
        own = {name: value for name, value in body.items() if name not in {"type", "version", "services"}}
        found |= {("", path.removeprefix("/informations_generales")) for path in leaves(own)}
    return found


def test_what_is_read_is_what_the_table_says() -> None:
    with_everything = written() | {
        ("services", f"/adresse_postale/{name}") for name in ("complement_1", "complement_2", "pays", "telephone", "fax")
    }
    assert {(one.group, one.path) for one in FIELDS} == with_everything


def test_every_row_writes_its_field() -> None:
    values: dict[str, Any] = {"statut": "ACTIVE", "statutService": "INACTIF", "structurePriveePublique": "PRIVEE"}
    for row in (*STRUCTURE, *SERVICE):
        block, _dot, name = row.reported.origin.partition(".")
        for value in (values.get(name), "2030-01-01", True):
            found = filled([row], {block: {name: value}}, set())
            if found:
                break
        assert found, row
        for step in row.path:
            found = found[step]


def test_every_field_is_one_of_the_portal_that_a_source_can_report() -> None:
    for one in FIELDS:
        assert field_schema(one.group, one.path), one
        assert is_reportable(one.group, one.path), one
        assert is_on_portal(one.group, one.path, TODAY), one


def test_of_two_names_of_a_field_the_first_that_says_something_counts() -> None:
    answer: dict[str, Any] = {"informationsGenerales": {"nomService": None}, "listeServices": {"libelleService": "B"}}
    assert filled(SERVICE, answer, set()) == {"libelle": "B"}
    answer["informationsGenerales"]["nomService"] = "A"
    assert filled(SERVICE, answer, set()) == {"libelle": "A"}


def test_a_block_that_is_none_says_nothing() -> None:
    assert filled(STRUCTURE, {"parametres": [True], "adressePostaleDuSiege": "x", "informationGenerales": None}, set()) == {}
