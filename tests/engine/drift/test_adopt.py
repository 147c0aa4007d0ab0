"""What is adopted into a sheet, and where it is written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from chorus_config.diff.compare import difference
from chorus_config.diff.expand import expand
from chorus_config.engine.drift.adopt import Adoption, adopt_into, adoptions_for, covers, entries_left, moved_fields
from chorus_config.engine.drift.target import AdoptionTarget, parse_target
from chorus_config.model.address import Address, parse_address
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.parse import parse
from tests.diff.strategies import Pair, pairs, text_of
from tests.engine.making import IBAN, PUBLIC, SIRET, TECH, account, general, sheet
from tests.engine.observing import Body, compared, waiting

ROOT = AdoptionTarget(Address(SIRET))
ST_TECH = AdoptionTarget(Address(SIRET, "services", "ST-TECH"))


def test_only_what_moved_is_adopted() -> None:
    body, observed = sheet(), sheet(informations_generales=general(libelle="B", adresse_electronique="b@b.example"))
    moved = moved_fields(compared(body, body, observed), Address(SIRET))
    assert moved == frozenset({"/libelle", "/adresse_electronique"})
    assert [one.field for one in adoptions_for(body, observed, ROOT, frozenset({"/libelle"}))] == ["/libelle"]
    assert adoptions_for(body, observed, ROOT, frozenset()) == ()
    # Without a store, what the sheet writes.
    more = sheet(informations_generales=general(libelle="B", statut="ACTIF"))
    assert [one.field for one in adoptions_for(body, more, ROOT, None)] == ["/libelle"]


def test_what_waits_to_be_entered_did_not_move_but_a_conflict_did() -> None:
    a, b, c = (sheet(informations_generales=general(libelle=label)) for label in "ABC")
    assert moved_fields(compared(a, b, b), Address(SIRET)) == frozenset()
    assert moved_fields(compared(a, b, c, [waiting(SIRET, "/libelle")]), Address(SIRET)) == frozenset({"/libelle"})


def test_a_named_field_or_block_is_adopted_anyway() -> None:
    observed = sheet(
        informations_generales=general(statut="ACTIF", libelle="B"),
        adresse_postale={"ville": "ANGOULÊME", "code_postal": "16000", "pays": "France", "adresse": "2 rue"},
    )
    named = adoptions_for(sheet(), observed, AdoptionTarget(Address(SIRET), "/statut"), frozenset())
    assert named == (Adoption(Address(SIRET), "/statut", None, "ACTIF"),)
    block = adoptions_for(sheet(), observed, AdoptionTarget(Address(SIRET), "/adresse_postale"), frozenset())
    assert {one.field for one in block} == {"/adresse_postale/adresse", "/adresse_postale/ville"}


@pytest.mark.parametrize(
    ("field", "why"),
    [("/statut", "does not report"), ("/adresse_postale/fax", "does not report"), ("/date_creation", "recalls")],
)
def test_a_named_field_that_cannot_be_adopted_is_said(field: str, why: str) -> None:
    observed = sheet(informations_generales=general(date_creation="2020-01-01"))
    with pytest.raises(CannotEdit, match=why):
        adoptions_for(sheet(), observed, AdoptionTarget(Address(SIRET), field), None)


def test_an_adoption_is_covered_by_the_resource_the_block_or_the_field_that_is_named() -> None:
    one = Adoption(Address(SIRET), "/adresse_postale/ville", "A", "B")
    assert all(
        covers(AdoptionTarget(Address(SIRET), field), one) for field in ("", "/adresse_postale", "/adresse_postale/ville")
    )
    assert not any(covers(AdoptionTarget(Address(SIRET), field), one) for field in ("/libelle", "/adresse"))
    assert not covers(ST_TECH, one)
    # A whole entry holds every field of it.
    assert covers(AdoptionTarget(ST_TECH.address, "/libelle"), Adoption(ST_TECH.address, "", None, {"code": "ST-TECH"}))


def test_what_differs_below_a_structure() -> None:
    eau = {"code": "EAU", "libelle": "Eau"}
    body = sheet(services=[PUBLIC, TECH], espaces=["a"])
    observed = sheet(informations_generales=general(libelle="B"), services=[PUBLIC, eau, {**TECH, "libelle": "T"}])
    found = [Address(SIRET, "services", code) for code in ("ST-TECH", "EAU")]
    assert [*entries_left(body, observed, Address(SIRET), None)] == found
    assert [*entries_left(body, observed, Address(SIRET), compared(body, body, observed))] == found
    gone = sheet(services=[PUBLIC])
    assert [*entries_left(body, gone, Address(SIRET), compared(body, body, gone))] == [ST_TECH.address]
    # A list that the sheet does not manage, what waits to be entered, what the sheet followed already.
    assert entries_left(sheet(), observed, Address(SIRET), None) == ()
    assert entries_left(observed, body, Address(SIRET), compared(observed, body, body)) == ()
    assert entries_left(observed, observed, Address(SIRET), compared(body, body, observed)) == ()


def test_a_missing_entry_is_added_whole() -> None:
    (one,) = adoptions_for(sheet(services=[PUBLIC]), sheet(services=[PUBLIC, {**TECH, "actif": True}]), ST_TECH, frozenset())
    assert one == Adoption(ST_TECH.address, "", None, {"code": "ST-TECH", "libelle": "Services techniques", "actif": True})
    (space,) = adoptions_for(sheet(espaces=[]), sheet(espaces=["A/B"]), parse_target(f"{SIRET}/espaces/A/B"), None)
    assert space.after == "A/B"


@pytest.mark.parametrize(
    ("body", "observed", "why"),
    [
        (sheet(services=[PUBLIC, TECH]), sheet(services=[PUBLIC]), "any more"),
        (sheet(services=[PUBLIC, TECH]), sheet(), "not report"),
        (sheet(services=[PUBLIC]), sheet(services=[PUBLIC]), "not report"),
        (sheet(), sheet(services=[PUBLIC, TECH]), "not manage"),
    ],
)
def test_what_cannot_be_adopted_is_said(body: Body, observed: Body, why: str) -> None:
    with pytest.raises(CannotEdit, match=why):
        adoptions_for(body, observed, ST_TECH, None)


def test_a_sensitive_value_is_shown_masked() -> None:
    where = Address(SIRET, "coordonnees_bancaires", "Régie")
    assert Adoption(where, "/iban", None, IBAN).shown == (None, "FR76 **** 0189")
    assert Adoption(where, "/libelle", "a", "b").shown == ("a", "b")
    assert IBAN not in repr(Adoption(where, "", None, {"libelle": "Régie", "iban": IBAN}).shown)


@pytest.mark.parametrize(
    ("body", "word", "value", "path"),
    [
        (sheet(), f"{SIRET}#/libelle", "B", ("informations_generales", "libelle")),
        (sheet(), f"{SIRET}#/parametres/moa_uniquement", True, ("parametres", "moa_uniquement")),
        (sheet(services=[PUBLIC, TECH]), f"{SIRET}/services/ST-TECH#/adresse_postale/ville", "V",
         ("services", 1, "adresse_postale", "ville")),
        (sheet(espaces=["a"]), f"{SIRET}/espaces/b", "b", ("espaces", 1)),
        (account(), "comptes/dgs#/nom", "DURAND", ("informations_personnelles", "nom")),
    ],
)  # fmt: skip
def test_a_value_is_written_at_its_place_even_when_its_block_is_missing(
    body: Body, word: str, value: object, path: tuple[Any, ...]
) -> None:
    aim = parse_target(word)
    after: Any = parse(adopt_into(text_of(dict(body)), Adoption(aim.address, aim.field, None, value))).data
    for step in path:
        after = after[step]
    assert after == value


@pytest.mark.parametrize("odd", ['""', "true", "[]", "un\n  deux"])
def test_a_block_that_is_written_as_something_else_is_for_people(odd: str) -> None:
    raw = f"type: fiche-structure\nparametres: {odd}\n".encode()
    for path in ("/parametres/moa_uniquement", "/parametres/a/b"):
        with pytest.raises(CannotEdit):
            adopt_into(raw, Adoption(Address(SIRET), path, None, True))
    filled = adopt_into(
        b"type: fiche-structure\nparametres:\n", Adoption(Address(SIRET), "/parametres/moa_uniquement", None, True)
    )
    assert filled == b"type: fiche-structure\nparametres:\n  moa_uniquement: true\n"


@given(pairs())
@settings(max_examples=300, deadline=None, database=None)
def test_law_adopting_all_leaves_no_difference_in_the_resource(pair: Pair) -> None:
    """Whatever can be written by its span; lists inside an entry may be over several lines, and removals are for people."""
    raw = text_of(pair.before)
    observed = expand(pair.after)
    for address in observed.resources:
        try:
            for one in adoptions_for(_body(raw), pair.after, AdoptionTarget(address), None):
                raw = adopt_into(raw, one)
        except CannotEdit:
            continue
    found = difference(expand(_body(raw)), observed)
    written = expand(_body(raw))
    for change in found:
        if change.op == "update" and change.address in written.resources:
            # Left are fields that the sheet does not manage.
            assert all(field.before is None or isinstance(field.before, (list, dict)) for field in change.fields)
        assert change.op != "create" or change.address.group not in written.lists


def _body(raw: bytes) -> Any:
    return parse(raw).data


def test_addresses_are_read_back() -> None:
    assert parse_address(str(ST_TECH.address)) == ST_TECH.address


def test_a_text_with_lost_letters_is_not_written_over_the_right_one() -> None:
    right, damaged = (sheet(informations_generales=general(libelle=label)) for label in ("Hères", "H¿res"))
    for target in (ROOT, AdoptionTarget(Address(SIRET), "/libelle")):
        assert adoptions_for(right, damaged, target, None) == ()
        assert [one.after for one in adoptions_for(damaged, right, target, None)] == ["Hères"]
