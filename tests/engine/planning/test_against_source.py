"""A source as a state to plan from: what it leaves out is as the sheets want it."""

from __future__ import annotations

from hypothesis import given, settings

from chorus_config.diff.compare import difference
from chorus_config.diff.expand import expand
from chorus_config.engine.planning.against_source import fill_unreported
from chorus_config.model.snapshot import Snapshot
from tests.diff.strategies import IBANS, Body, Pair, bodies, pairs
from tests.engine.making import OTHER, PUBLIC, SIRET, TECH, account, general, sheet
from tests.engine.observing import portal

law = settings(max_examples=200, deadline=None, database=None)


def test_what_is_reported_stays_and_the_rest_is_as_wanted() -> None:
    wanted = sheet(informations_generales=general(libelle="A", statut="ACTIF"), services=[PUBLIC, TECH], espaces=["Travaux"])
    told = {"type": "fiche-structure", "version": 1, "informations_generales": {"identifiant": SIRET, "libelle": "B"}}
    made = fill_unreported(portal({**told, "services": [{"code": "ST-TECH", "libelle": "Autre"}]}), {SIRET: wanted})
    body = made.known.records[SIRET].body
    assert body["informations_generales"] == general(libelle="B", statut="ACTIF")
    assert body["services"] == [{"code": "ST-TECH", "libelle": "Autre"}]
    assert body["espaces"] == ["Travaux"]
    # Type, e-mail, statut and the four of the address; no source ever reports a space.
    assert made.not_reported == 7


def test_a_structure_that_is_unknown_is_to_be_created_and_another_is_not_ours() -> None:
    made = fill_unreported(portal(sheet(OTHER)), {SIRET: sheet(), "comptes/dgs": account()})
    assert ([*made.known.records], made.not_reported, made.missing) == (["comptes/dgs"], 0, ())
    assert (made.known.source, made.known.taken_at) == ("releve.json", "2026-11-20T08:00:00Z")


def test_a_structure_that_is_on_the_portal_and_not_in_this_reading_is_not_to_be_created() -> None:
    made = fill_unreported(portal(sheet(OTHER)), {SIRET: sheet(), OTHER: sheet(OTHER)}, {SIRET, OTHER})
    assert made.missing == (SIRET,)
    assert difference(expand(made.known.records[SIRET].body), expand(sheet())) == []
    assert made.not_reported == 0


def test_bank_details_are_taken_as_the_sheet_writes_them() -> None:
    def bank(iban: str, bic: str) -> Body:
        return sheet(coordonnees_bancaires=[{"libelle": "Régie", "iban": iban, "bic": bic}])

    wanted, told = bank(IBANS[0], "AGRIFRPPXXX"), bank(IBANS[2], "AGRI FR PP XXX")
    made = fill_unreported(portal(told), {SIRET: wanted})
    assert made.known.records[SIRET].body["coordonnees_bancaires"] == wanted["coordonnees_bancaires"]
    assert made.not_reported == 0
    made = fill_unreported(portal(bank(IBANS[3], "AGRIFRPPXXX")), {SIRET: wanted})
    assert made.known.records[SIRET].body["coordonnees_bancaires"] == [
        {"libelle": "Régie", "iban": IBANS[3], "bic": "AGRIFRPPXXX"}
    ]


@given(bodies())
@law
def test_law_what_says_nothing_asks_for_nothing(body: Body) -> None:
    least = {"type": body["type"], "version": 1}
    least |= {"ref": body["ref"]} if "ref" in body else {"informations_generales": {"identifiant": _siret_of(body)}}
    (root,) = portal(least).records
    made = fill_unreported(portal(least), {root: body}).known
    assert difference(expand(made.records[root].body), expand(body)) == []


@given(pairs())
@law
def test_law_what_says_all_is_compared_whole(pair: Pair) -> None:
    (root,) = portal(pair.before).records
    made = fill_unreported(portal(pair.before), {root: pair.before}).known
    assert difference(expand(pair.before), expand(pair.after)) == difference(
        expand(made.records[root].body), expand(pair.after)
    )
    assert isinstance(made, Snapshot)


def _siret_of(body: Body) -> str:
    """Return the identifiant of a sheet."""
    return str(body["informations_generales"]["identifiant"])
