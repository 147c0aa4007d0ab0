"""The table of fields is what the reader works from: whole, and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chorus_config.diff.fields import field_schema, leaves
from chorus_config.sources.annuaire.fields import FIELDS
from tests.sources.annuaire.making import PUBLIC, SIRET, Reader, service, table, town
from tests.sources.annuaire.test_extract import ESTABLISHMENT, extract, routing


def written(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the group and path of every field in a body."""
    for path in leaves({key: value for key, value in body.items() if key not in {"type", "version", "services"}}):
        yield "", path.removeprefix("/informations_generales")
    for entry in body.get("services", ()):
        yield "services", ""
        yield from (("services", path) for path in leaves(entry))


def test_what_is_read_is_in_the_table_and_the_other_way_round(reader: Reader) -> None:
    from_lists = reader.put(a_csv=table(town()), b_csv=table(PUBLIC, service())).body()
    (reader.folder / "x").mkdir()
    (reader.folder / "x" / "f14.xml").write_text(extract(ESTABLISHMENT, routing(), routing("FACTURES_PUBLIQUES")), "utf-8")
    from_extract = reader.body(SIRET, where="x")
    both = {*written(from_lists), *written(from_extract)}
    assert both == {(one.group, one.path) for one in FIELDS}


def test_every_field_is_one_of_the_schema_and_has_an_origin() -> None:
    for one in FIELDS:
        assert field_schema(one.group, one.path), one
        assert one.origin


def test_the_payment_status_alone_is_inverted_and_says_so() -> None:
    inverted = [one for one in FIELDS if "inverted" in one.note]
    assert {one.path for one in inverted} == {"/parametres/mise_en_paiement_non_remontee"}
    assert {one.origin for one in inverted} == {"GestionStatutMiseEnPaiement", "StatutMiseEnPaiement"}
