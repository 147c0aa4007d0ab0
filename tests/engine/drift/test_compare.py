"""Three states, field by field: what is approved, what is confirmed, what the portal says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorus_config.diff.expand import expand
from chorus_config.diff.fields import is_on_portal, managed
from chorus_config.engine.drift.compare import compare_states, situation
from chorus_config.i18n.translator import translator_for
from chorus_config.render.drift.json import drift_document
from chorus_config.render.drift.text import drift_text
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.paint import plain
from chorus_config.schema.accept import accepts
from tests.diff.strategies import BICS, IBANS, Pair, bodies, pairs
from tests.engine.making import DAY, IBAN, OTHER, PUBLIC, SIRET, TECH, account, general, sheet
from tests.engine.observing import Body, compared, fields, ledger, portal, situations, state, waiting

law = settings(max_examples=300, deadline=None, database=None)
LABEL = (SIRET, "/libelle")
ST_TECH = f"{SIRET}/services/ST-TECH"


def named(label: str | None, **blocks: Any) -> Body:
    """Return the small sheet with a libellé."""
    return sheet(informations_generales=general(libelle=label), **blocks)


@pytest.mark.parametrize(
    ("approved", "confirmed", "observed", "alone", "with_operation"),
    [
        # Approved, confirmed and observed are one, or two of them are, or none.
        ("A", "A", "A", None, None),
        ("A", "A", "B", "moved", "conflict"),
        ("A", "B", "A", "seen", "seen"),
        ("A", "B", "B", "to_enter", "to_enter"),
        ("A", "B", "C", "moved", "conflict"),
        ("A", None, "A", "seen", "seen"),
        ("A", None, "B", "moved", "conflict"),
    ],
)
def test_the_table(approved: str, confirmed: str | None, observed: str, alone: str | None, with_operation: str | None) -> None:
    sides = (named(approved), named(confirmed), named(observed))
    assert situations(compared(*sides)).get(LABEL) == alone
    assert situations(compared(*sides, [waiting(SIRET, "/libelle")])).get(LABEL) == with_operation
    assert situation("", "/libelle", (approved, confirmed, observed)) == alone


@pytest.mark.parametrize(
    ("approved", "confirmed", "observed", "found", "remedy"),
    [
        (True, True, True, None, None),
        (True, True, False, "moved", "decide"),
        (True, False, False, "to_enter", "decide"),
        (False, True, True, "to_enter", "decide"),
        (False, True, False, "seen", "record"),
        (False, False, True, "moved", "adopt"),
        (False, False, False, None, None),
    ],
)
def test_a_service_that_is_there_or_not(
    *, approved: bool, confirmed: bool, observed: bool, found: str | None, remedy: str | None
) -> None:
    one, two, three = (sheet(services=[PUBLIC, TECH] if there else [PUBLIC]) for there in (approved, confirmed, observed))
    made = compared(one, two, three)
    field = fields(made).get((ST_TECH, ""))
    assert (field and field.situation, field and field.remedy) == (found, remedy)
    assert made.settled is (found is None)


def test_a_new_service_is_seen_field_by_field() -> None:
    made = compared(sheet(services=[PUBLIC, TECH]), sheet(services=[PUBLIC]), sheet(services=[PUBLIC, TECH]))
    assert situations(made) == {(ST_TECH, "/code"): "seen", (ST_TECH, "/libelle"): "seen"}


def test_a_lost_service_with_an_operation_is_a_conflict() -> None:
    whole, less = sheet(services=[PUBLIC, TECH]), sheet(services=[PUBLIC])
    made = compared(whole, whole, less, [waiting(ST_TECH, "/libelle")])
    assert fields(made)[ST_TECH, ""].remedy == "decide"
    assert situations(made) == {(ST_TECH, ""): "conflict"}


def test_what_waits_is_told_from_what_was_dropped() -> None:
    """Nothing waits for what `confirm` dropped: no worksheet will ever list it."""
    three = (named("A"), named("B"), named("B"))
    there, not_there = sheet(services=[PUBLIC, TECH]), sheet(services=[PUBLIC])
    for sides, place, path in ((three, SIRET, "/libelle"), ((there, not_there, not_there), ST_TECH, "")):
        found = [fields(compared(*sides, still))[place, path] for still in ([], [waiting(place, "/libelle")])]
        assert [(field.operation_open, field.dropped, field.remedy) for field in found] == [
            (False, True, "decide"), (True, False, "enter"),
        ]  # fmt: skip
    assert compared(*three).dropped == 1
    assert compared(*three, [waiting(SIRET, "/libelle")]).dropped == 0
    assert fields(compared(*three, [waiting(SIRET, "/statut")]))[LABEL].dropped
    # What is seen or moved is not dropped, whatever waits.
    assert compared(named("A"), named("B"), named("A")).dropped == 0
    assert compared(named("A"), named("A"), named("B")).dropped == 0


def test_an_operation_on_another_field_or_resource_is_no_conflict() -> None:
    sides = (named("A"), named("A"), named("B"))
    for other in (waiting(SIRET, "/statut"), waiting(OTHER, "/libelle"), waiting(ST_TECH, "/libelle")):
        assert situations(compared(*sides, [other])) == {LABEL: "moved"}


def test_what_is_not_reported_is_no_difference() -> None:
    observed = {"type": "fiche-structure", "version": 1, "informations_generales": {"identifiant": SIRET, "libelle": "A"}}
    made = compared(named("A", services=[PUBLIC, TECH]), named("A", services=[PUBLIC]), observed)
    assert made.settled
    # The one of the structure that is reported, beside its name; all the rest is not.
    assert (made.in_sync, made.not_reported) == (1, 6 + 3 + 2)


def test_a_name_is_no_comparison() -> None:
    """What names a resource is equal by definition: a source with nothing but names says nothing."""
    name = {"type": "fiche-structure", "version": 1, "informations_generales": {"identifiant": SIRET}}
    wanted = sheet(services=[PUBLIC, TECH])
    made = compared(wanted, wanted, {**name, "services": [{"code": one["code"]} for one in (PUBLIC, TECH)]})
    assert (made.in_sync, made.compared, made.settled) == (0, False, True)
    assert compared(account(), account(), {"type": "compte-utilisateur", "ref": "dgs"}).in_sync == 0
    made = compared(wanted, wanted, {**name, "services": [{"code": "ST-TECH", "libelle": TECH["libelle"]}, PUBLIC]})
    assert (made.in_sync, made.compared) == (3, True)
    # An espace is nothing but its name: that it is there is what is compared.
    both = sheet(espaces=["Travaux"])
    assert compared(both, both, {**name, "espaces": ["Travaux"]}).in_sync == 1
    # A name that was not confirmed is news all the same.
    assert situations(compared(wanted, None, name)) == {(SIRET, "/identifiant"): "seen"}
    assert compared(wanted, None, name).compared


def test_what_no_source_reports_is_counted_by_kind() -> None:
    bank = [{"libelle": "Régie", "iban": IBAN}]
    wanted = sheet(
        utilisateurs=[{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}], espaces=["Travaux"], coordonnees_bancaires=bank,
        informations_generales=general(demande_rattachement_active=True),
    )  # fmt: skip
    made = compared(wanted, wanted, sheet())
    assert dict(made.uncheckable) == {"compte_bancaire": 2, "espace": 1, "structure": 1, "utilisateur": 2}
    assert made.not_reported == 0
    # Who reads it on the screen may report it all the same.
    assert compared(wanted, wanted, wanted).uncheckable == {}


def test_an_account_is_never_unknown() -> None:
    made = compare_states(state(account(), sheet()), ledger(account(), sheet()), portal(sheet()))
    assert (made.unknown, dict(made.uncheckable)) == ((), {"compte": 9})
    assert made.settled


def test_what_only_the_project_declares_is_left_out() -> None:
    declared = sheet(comptabilite="autre", raccordement={"mode": "EDI", "operateur": "x"})
    made = compared(declared, None, sheet(comptabilite="helios"))
    assert not [path for _address, path in situations(made) if path.startswith(("/compta", "/racc"))]
    assert made.not_reported == 0


def test_a_memo_is_never_a_difference() -> None:
    observed = sheet(informations_generales=general(raison_sociale="AUTRE"))
    assert compared(sheet(), sheet(), observed).settled


def test_a_list_that_is_not_managed_is_left_alone() -> None:
    assert compared(sheet(), sheet(), sheet(services=[PUBLIC, TECH])).settled


def test_structures_on_one_side_only_are_told() -> None:
    made = compare_states(state(sheet()), ledger(), portal(sheet(OTHER)))
    assert (made.unknown, made.unmanaged, made.resources, made.settled) == ((SIRET,), (OTHER,), (), False)
    assert compare_states(state(sheet()), ledger(sheet()), portal(sheet(), sheet(OTHER))).settled


def test_what_was_confirmed_and_is_left_out_is_no_difference() -> None:
    """A snapshot may hold a few structures only; nobody is to ask for the creation of what was entered long ago."""
    made = compare_states(state(sheet(), sheet(OTHER)), ledger(sheet()), portal())
    assert (made.unknown, made.missing, made.settled) == ((OTHER,), (SIRET,), False)
    made = compare_states(state(sheet()), ledger(sheet()), portal())
    assert (made.unknown, made.missing, made.settled) == ((), (SIRET,), True)
    assert compare_states(state(sheet()), ledger(sheet()), portal(), (OTHER,)).missing == ()


def test_targets_narrow() -> None:
    sides = (state(sheet(), sheet(OTHER)), ledger(sheet()), portal(named("B"), sheet("9")))
    assert situations(compare_states(*sides, (f"{SIRET[:9]}*16",))) == {LABEL: "moved"}
    assert compare_states(*sides, (OTHER,)).unknown == (OTHER,)
    assert compare_states(*sides, (OTHER,)).unmanaged == ()
    assert compare_states(*sides, ("9",)).unmanaged == ("9",)
    assert (compare_states(*sides).targets, compare_states(*sides, ["9"]).targets) == ((), ("9",))


def test_a_sensitive_value_is_compared_and_masked() -> None:
    """The two first of these look the same when masked."""

    def bank(iban: str) -> Body:
        return sheet(coordonnees_bancaires=[{"libelle": "Régie", "iban": iban}])

    made = compared(bank(IBANS[0]), bank(IBANS[0]), bank(IBANS[1]))
    field = fields(made)[f"{SIRET}/coordonnees_bancaires/Régie", "/iban"]
    assert (field.situation, field.approved, field.observed, field.hidden) == (
        "moved",
        "FR76 **** 0189",
        "FR76 **** 0189",
        True,
    )
    assert "the hidden part differs" in drift_text(made, translator_for("en"), plain)
    assert not fields(compared(bank(IBANS[0]), bank(IBANS[3]), bank(IBANS[0])))[
        f"{SIRET}/coordonnees_bancaires/Régie", "/iban"
    ].hidden


def test_bank_details_with_blanks_are_no_difference() -> None:
    def bank(iban: str, bic: str) -> Body:
        return sheet(coordonnees_bancaires=[{"libelle": "Régie", "iban": iban, "bic": bic}])

    compact, spaced = bank(IBANS[0], "AGRIFRPPXXX"), bank(IBANS[2], "AGRI FR PP XXX")
    for sides in ((compact, compact, spaced), (spaced, compact, spaced), (compact, spaced, spaced)):
        assert compared(*sides).settled
    place = f"{SIRET}/coordonnees_bancaires/Régie"
    # What is entered is seen, whatever its form.
    assert situations(compared(compact, bank(IBANS[3], "AGRIFRPPXXX"), spaced)) == {(place, "/iban"): "seen"}
    assert situations(compared(compact, bank(IBANS[3], "AGRIFRPPXXX"), spaced, [waiting(place, "/iban")])) == {
        (place, "/iban"): "seen"
    }
    # Two forms of one IBAN under one mask hide nothing.
    assert not fields(compared(compact, spaced, bank(IBANS[3], "AGRIFRPPXXX")))[place, "/iban"].hidden


@given(bodies(), bodies())
@law
def test_law_when_the_portal_says_what_is_approved_all_is_seen_or_in_sync(approved: Body, confirmed: Body) -> None:
    made = compared(approved, confirmed, approved)
    assert {*situations(made).values()} <= {"seen"}
    assert (made.not_reported, made.uncheckable, made.unknown) == (0, {}, ())
    assert made.in_sync + made.count("seen") >= _portal_fields(approved)


@given(pairs())
@law
def test_law_when_the_portal_says_what_is_confirmed_all_is_to_be_entered(pair: Pair) -> None:
    made = compared(pair.after, pair.before, pair.before)
    assert {*situations(made).values()} <= {"to_enter"}


@given(bodies())
@law
def test_law_one_state_has_no_drift(body: Body) -> None:
    made = compared(body, body, body)
    assert made.settled
    assert made.in_sync == _portal_fields(body)


@given(pairs(), bodies(), st.booleans())
@law
def test_law_every_view_masks_and_conforms(pair: Pair, third: Body, swapped: bool) -> None:
    one, other = (pair.after, third) if swapped else (third, pair.after)
    made = compared(pair.before, one, other)
    document = drift_document(made)
    assert accepts("drift", DAY, document)
    for view in (as_json(document), *(drift_text(made, translator_for(name), plain) for name in ("en", "fr"))):
        assert not any(secret in view for secret in (*IBANS, *BICS))


def _portal_fields(body: Body) -> int:
    """Return how many fields a body manages on the portal, beside those that name a resource."""
    resources = expand(body).resources.items()
    paths = ((address.group, path) for address, resource in resources for path in managed(address, resource))
    names = {
        "": "/identifiant",
        "comptes": "/ref",
        "services": "/code",
        "utilisateurs": "/ref",
        "coordonnees_bancaires": "/libelle",
    }
    return sum(is_on_portal(group, path, None) and path != names.get(group) for group, path in paths)


@pytest.mark.parametrize("observed", ["UTILISATEUR", "UTILISATEUR_SIMPLE"])
def test_a_source_may_give_a_role_either_name(observed: str) -> None:
    def _with(role: str) -> Body:
        return sheet(utilisateurs=[{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}, {"ref": "compta", "role": role}])

    assert situations(compared(_with("UTILISATEUR_SIMPLE"), _with("UTILISATEUR"), _with(observed))) == {}


@pytest.mark.parametrize(
    ("approved", "confirmed", "observed", "expected"),
    [
        ("Hères", "Hères", "H¿res", None),
        ("H¿res", "H¿res", "Hères", None),
        ("Hères", "Autre", "H¿res", "seen"),
        ("Autre", "Hères", "H¿res", "to_enter"),
        ("Hères", "H¿res", "H¿res", "to_enter"),
        ("Hères", "H¿res", "Hères", "seen"),
        ("Hautes", "Hautes", "H¿res", "moved"),
    ],
)
def test_letters_that_a_list_lost(approved: str, confirmed: str, observed: str, expected: str | None) -> None:
    sides = (named(approved), named(confirmed), named(observed))
    assert situations(compared(*sides)).get(LABEL) == expected
    found = compare_states(state(sides[0]), ledger(sides[1]), portal(sides[2]), (), {SIRET: sides[0]})
    assert situations(found).get(LABEL) == expected
