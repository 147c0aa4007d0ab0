"""What letters are written from: who is asked, who signs, what counts as known, what makes one letter of several."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from msgspec.structs import replace

from chorus_config.engine.letters.compose import KINDS, compose_letters, private_left_out
from chorus_config.engine.letters.sender import sender_of
from chorus_config.engine.letters.situation import Situation
from chorus_config.model.letter import LETTER_KINDS, Blank, Letter, LetterKind, Said
from chorus_config.model.observed.public_lists import ListedStructure, PublicLists
from chorus_config.model.operation import Operation
from chorus_config.model.project import Body
from chorus_config.model.project_entries import Member
from tests.engine.making import OTHER, PUBLIC, SIRET, TECH, account, general, sheet

TODAY: Final = date(2026, 11, 27)
BEFORE: Final = date(2023, 2, 20)
CCAS: Final = "26169999700011"
CHIEF: Final = {"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}
CLERK: Final = {"ref": "compta", "role": "UTILISATEUR"}


def body(siret: str = SIRET, **blocks: Any) -> Body:
    """Return a small sheet of a structure with its principal manager."""
    named = {"informations_generales": general(identifiant=siret), "utilisateurs": [CHIEF], **blocks}
    return sheet(siret, **named)


def situation(*bodies: Body, **changed: Any) -> Situation:
    """Return a situation of sheets by their identifiant, with an account of the principal manager."""
    sheets: dict[str, Body] = {"comptes/dgs": account()}
    for one in bodies or (body(),):
        block: Any = one["informations_generales"]
        sheets[block["identifiant"]] = one
    return Situation(**{"day": TODAY, "sheets": sheets, **changed})


def opened(address: str, op: str = "create", number: int = 1, **fields: tuple[object, object]) -> Operation:
    """Return an open operation; fields by key, before and after."""
    rows = tuple({"path": f"/{key}", "before": before, "after": after} for key, (before, after) in fields.items())
    return Operation(address, op, rows, number)


def found(of: Situation, kind: LetterKind) -> tuple[Letter, ...]:
    """Return the letters of a kind."""
    return compose_letters(of, kind)


def values(letter: Letter, label: str) -> tuple[object, ...]:
    """Return the values of a row of the first structure of a letter."""
    return next((row.values for row in letter.references[0].rows if row.label.message == label), ())


def test_every_kind_is_in_the_table() -> None:
    assert {*KINDS} == {*LETTER_KINDS}


def test_a_letter_is_one_of_its_kind_whatever_the_kind() -> None:
    for kind in LETTER_KINDS:
        forced = situation(kind_asked=True, targets=(SIRET,), budgets={SIRET: ""})
        (letter,) = found(forced, kind)
        assert (letter.kind, letter.roots, letter.day) == (kind, (SIRET,), TODAY)


def test_the_portal_of_today_begins_on_its_first_day() -> None:
    assert [situation(day=day).renewed for day in (BEFORE, date(2023, 2, 21))] == [False, True]


# Structure


def test_an_open_creation_asks_for_the_structure() -> None:
    (letter,) = found(situation(operations=(opened(SIRET, number=7),)), "structure")
    assert (letter.recipient, letter.operations) == ("accountant", (7,))


@pytest.mark.parametrize(
    "known",
    [
        {"observed": {SIRET: {}}},
        {"confirmed": {SIRET: {}}},
        {"lists": PublicLists("x", frozenset({SIRET[:9]}), {SIRET: ListedStructure(SIRET, listed=True)})},
    ],
    ids=["observed", "confirmed", "listed"],
)
def test_what_anything_shows_is_not_asked_for(known: dict[str, Any]) -> None:
    assert found(situation(operations=(opened(SIRET),), **known), "structure") == ()


def test_a_list_that_lacks_it_is_no_reason_not_to_ask() -> None:
    lists = PublicLists("x", frozenset({SIRET[:9]}), complete=True)
    assert len(found(situation(operations=(opened(SIRET),), lists=lists), "structure")) == 1


def test_a_private_structure_is_created_on_the_portal() -> None:
    private = opened(SIRET, structure_privee=(None, True))
    assert found(situation(operations=(private,)), "structure") == ()


def test_a_private_structure_that_is_named_is_left_out_and_told() -> None:
    private = body(OTHER, informations_generales=general(identifiant=OTHER, structure_privee=True))
    own = situation(body(), private, kind_asked=True, targets=("2116*",))
    assert [one.roots for one in found(own, "structure")] == [(SIRET,)]
    assert private_left_out(own, "structure") == (OTHER,)
    assert private_left_out(own, "status") == ()
    assert private_left_out(situation(body(), private, kind_asked=True), "structure") == (), "nobody named it"
    assert own.recipient(OTHER) == "support", "it is in no register of the DGFiP"


def test_a_change_asks_for_no_structure() -> None:
    assert found(situation(operations=(opened(SIRET, "update", libelle=("a", "b")),)), "structure") == ()


def test_outside_helios_the_support_is_asked() -> None:
    (letter,) = found(situation(body(comptabilite="autre"), operations=(opened(SIRET),)), "structure")
    assert letter.recipient == "support"


@pytest.mark.parametrize("kind", ["structure", "status", "account", "principal", "public-invoices"])
def test_no_letter_names_operations_about_something_else(kind: LetterKind) -> None:
    """A letter for a structure that was named names those alone that wait for what it asks."""
    elsewhere = (
        opened(SIRET, "update", 29, adresse=("1 rue", "2 rue")),
        opened("comptes/dgs", "update", 30, telephone=("1", "2")),
        opened(f"{SIRET}/utilisateurs/dgs", "update", 31, habilitations=([], ["Organisation modification"])),
        opened(f"{SIRET}/services/FACTURES_PUBLIQUES", "delete", 32),
    )
    forced = situation(operations=elsewhere, kind_asked=True, targets=(SIRET,))
    assert [letter.operations for letter in found(forced, kind)] == [()]


def test_whoever_gets_the_role_is_an_operation_of_the_letter_about_it() -> None:
    given = opened(f"{SIRET}/utilisateurs/compta", "update", 6, role=("UTILISATEUR", "GESTIONNAIRE_PRINCIPAL"))
    (letter,) = handed(operations=(given,))
    assert letter.operations == (6,)


@pytest.mark.parametrize("root", [SIRET, OTHER])
def test_what_a_structure_is_created_with_stands_at_each(root: str) -> None:
    """A letter about several has the address of the sender alone in its head."""
    place = {"adresse": f"rue {root}", "code_postal": "16000", "ville": "VALMONT", "telephone": f"+33 {root}"}
    own = [
        body(one, adresse_postale={**place, "adresse": f"rue {one}", "telephone": f"+33 {one}"},
             informations_generales=general(identifiant=one, adresse_electronique=f"{one}@valmont.example"))
        for one in (SIRET, OTHER)
    ]  # fmt: skip
    (letter,) = found(situation(*own, operations=(opened(SIRET), opened(OTHER, number=2))), "structure")
    (rows,) = ({row.label.message: row.values for row in one.rows} for one in letter.references if one.root == root)
    assert rows["Postal address"] == (f"rue {root}", "16000 VALMONT")
    assert rows["E-mail address"] == (f"{root}@valmont.example",)
    assert rows["Telephone number"] == (f"+33 {root}",)
    assert rows["Principal manager"][0] == situation().person("dgs")


def test_what_a_budget_is_created_with_is_to_be_filled_in_where_no_sheet_says_it() -> None:
    (letter,) = found(situation(budgets={SIRET: "", OTHER: "Eau"}, missing=frozenset({OTHER})), "budget")
    for label in ("Postal address", "E-mail address", "Telephone number", "Principal manager"):
        assert isinstance(values(letter, label)[0], Blank)


# What makes one letter


def test_structures_of_one_body_share_a_letter_and_others_do_not() -> None:
    operations = tuple(opened(root, number=n) for n, root in enumerate((SIRET, OTHER, CCAS), 1))
    letters = found(situation(body(), body(OTHER), body(CCAS), operations=operations), "structure")
    assert [letter.roots for letter in letters] == [(SIRET, OTHER), (CCAS,)]
    assert [letter.operations for letter in letters] == [(1, 2), (3,)]
    assert letters[0].paragraphs[0].many
    assert [letter.paragraphs[0].number for letter in letters] == [2, 1]


def test_another_principal_manager_signs_another_letter() -> None:
    other = body(OTHER, utilisateurs=[{"ref": "compta", "role": "GESTIONNAIRE_PRINCIPAL"}])
    operations = (opened(SIRET), opened(OTHER, number=2))
    assert len(found(situation(body(), other, operations=operations), "structure")) == 2


def test_structures_come_in_the_order_of_the_portfolio() -> None:
    own = situation(body(), body(OTHER), budgets={OTHER: "", SIRET: ""})
    assert own.in_order == (OTHER, SIRET)


def test_the_last_day_is_the_earliest_of_its_structures() -> None:
    operations = (opened(SIRET), opened(OTHER, number=2))
    (letter,) = found(situation(body(), body(OTHER), operations=operations, deadline=date(2026, 12, 31)), "structure")
    assert letter.last == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("deadline", "last"),
    [(date(2026, 11, 28), TODAY), (TODAY, None), (None, None)],
    ids=["the day itself", "past", "none"],
)
def test_a_last_day_counts_until_it_is_past(deadline: date | None, last: date | None) -> None:
    assert situation(deadline=deadline).last_day(SIRET) == last


def test_a_member_s_deadline_comes_before_that_of_the_project() -> None:
    members = (Member("Valmont", SIRET[:9], date(2027, 1, 1)), Member("CCAS", CCAS[:9]))
    own = situation(deadline=date(2028, 1, 1), members=members)
    assert (own.last_day(SIRET), own.last_day(CCAS)) == (date(2026, 12, 31), date(2027, 12, 31))


# What is to be checked first


def test_what_nothing_shows_is_to_be_checked_before_it_is_asked_for() -> None:
    (first,) = found(situation(operations=(opened(SIRET),)), "structure")
    assert first.to_check
    lists = PublicLists("x", frozenset({SIRET[:9]}), complete=True)
    (shown,) = found(situation(operations=(opened(SIRET),), lists=lists), "structure")
    assert not shown.to_check, "a list of all structures lacks it"
    excerpt = PublicLists("x", frozenset({SIRET[:9]}), whole=frozenset({SIRET[:9]}))
    (whole,) = found(situation(operations=(opened(SIRET),), lists=excerpt), "structure")
    assert not whole.to_check
    (named,) = found(situation(operations=(opened(SIRET),), kind_asked=True, targets=(SIRET,)), "structure")
    assert not named.to_check, "whoever names it knows"


def test_budgets_accounts_and_the_portal_s_own_service_are_to_be_checked_too() -> None:
    (budget,) = found(situation(budgets={SIRET: "", OTHER: "Eau"}, missing=frozenset({OTHER})), "budget")
    (access,) = found(situation(operations=(opened("comptes/dgs"),)), "account")
    lost = opened(f"{SIRET}/services/FACTURES_PUBLIQUES")
    (service,) = found(situation(operations=(lost,)), "public-invoices")
    (seen,) = found(situation(operations=(lost,), observed={SIRET: {"services": [TECH]}}), "public-invoices")
    assert [one.to_check for one in (budget, access, service, seen)] == [True, True, True, False]


def test_what_is_known_and_what_is_to_be_checked_are_two_letters() -> None:
    excerpt = PublicLists("x", frozenset({SIRET[:9], CCAS[:9]}), complete=True)
    own = situation(body(), body(OTHER), operations=(opened(SIRET), opened(OTHER, number=2)))
    assert [one.roots for one in found(own, "structure")] == [(SIRET, OTHER)]
    assert [one.to_check for one in found(replace(own, lists=excerpt), "structure")] == [False]


# Sender


@pytest.mark.parametrize(
    ("known", "holds"),
    [
        ({}, False),
        ({"confirmed": {SIRET: {"utilisateurs": [CHIEF]}}}, True),
        ({"observed": {SIRET: {"utilisateurs": [CHIEF]}}}, True),
    ],
    ids=["not yet", "confirmed", "observed"],
)
def test_who_signs_is_called_principal_manager_where_that_is_known(known: dict[str, Any], holds: bool) -> None:
    (letter,) = found(situation(kind_asked=True, targets=(SIRET,), **known), "status")
    assert letter.sender.person
    assert letter.sender.holds is holds


def test_another_s_role_is_not_who_signs() -> None:
    (letter,) = found(
        situation(kind_asked=True, targets=(SIRET,), confirmed={SIRET: {"utilisateurs": [{**CHIEF, "ref": "autre"}]}}), "status"
    )
    assert not letter.sender.holds, "the transfer is still open"


def test_whose_access_is_asked_for_holds_no_role_yet() -> None:
    known = {SIRET: {"utilisateurs": [CHIEF]}}
    (letter,) = found(situation(kind_asked=True, targets=(SIRET,), confirmed=known), "account")
    assert not letter.sender.holds


def test_the_sender_is_what_sheet_and_account_say() -> None:
    sender = sender_of(situation(), SIRET, "dgs", holds=True)
    assert (sender.root, sender.body, sender.label) == (SIRET, "COMMUNE DE VALMONT", "Commune de Valmont")
    assert sender.address == ("1 place", "16000 VALMONT")
    assert sender.person
    assert sender.mailbox == "factures@valmont.example"


def test_an_identifiant_of_another_kind_is_called_none() -> None:
    own = body(informations_generales=general(type_identifiant="RIDET"))
    assert not sender_of(situation(own), SIRET, "dgs", holds=True).has_siret
    (letter,) = found(situation(own, operations=(opened(SIRET),)), "structure")
    assert values(letter, "Identifiant") == (SIRET,)


def test_nobody_is_made_up() -> None:
    sender = sender_of(situation(), "", "", holds=True)
    assert (sender.body, sender.person, sender.address, sender.telephone) == ("", "", (), "")


def test_a_budget_without_a_sheet_is_asked_for_by_its_own_body_or_by_the_house() -> None:
    own = situation(body(), body(CCAS))
    assert (own.sender_root(OTHER), own.sender_root("19160999900013")) == (SIRET, SIRET)
    members = situation(body(), members=(Member("Valmont", SIRET[:9]),))
    assert (members.sender_root(OTHER), members.sender_root(CCAS)) == (SIRET, "")


# Budget


def test_a_missing_budget_is_asked_for_under_its_name() -> None:
    (letter,) = found(situation(budgets={SIRET: "", OTHER: "Eau"}, missing=frozenset({OTHER})), "budget")
    assert (letter.roots, letter.recipient) == ((OTHER,), "accountant")
    assert values(letter, "Budget") == ("Eau",)


def test_a_budget_that_the_portal_has_only_lacks_a_sheet() -> None:
    own = situation(budgets={SIRET: "", OTHER: "Eau"}, missing=frozenset({OTHER}), observed={OTHER: {}})
    assert found(own, "budget") == ()


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        (ListedStructure(OTHER, budget="Eau"), True),
        (ListedStructure(OTHER, budget="Eau", listed=True), False),
        (ListedStructure(OTHER, budget="Eau", closed=True), False),
        (ListedStructure(OTHER), False),
    ],
    ids=["not on the portal", "on the portal", "closed", "no budget"],
)
def test_a_budget_of_the_list_that_the_portfolio_leaves_out(listed: ListedStructure, asked: bool) -> None:
    lists = PublicLists("x", frozenset({SIRET[:9]}), {OTHER: listed})
    assert [one.roots for one in found(situation(budgets={SIRET: ""}, lists=lists), "budget")] == ([(OTHER,)] if asked else [])


def test_budgets_of_other_bodies_in_the_list_are_not_ours() -> None:
    lists = PublicLists("x", frozenset({CCAS[:9]}), {CCAS: ListedStructure(CCAS, budget="CCAS")})
    assert found(situation(budgets={SIRET: ""}, lists=lists), "budget") == ()
    assert found(situation(budgets={SIRET: ""}, lists=replace(lists, problem="no file")), "budget") == ()


# Account


def accounts(day: date, **changed: Any) -> tuple[Letter, ...]:
    """Return the letters about accounts of a structure with a principal manager, a clerk and a deputy."""
    deputy = {"ref": "adjoint", "role": "UTILISATEUR", "habilitations": ["Organisation modification"]}
    own = body(utilisateurs=[CHIEF, CLERK, deputy], **changed.pop("blocks", {}))
    operations = tuple(opened(f"comptes/{ref}", number=n) for n, ref in enumerate(("dgs", "compta", "adjoint"), 1))
    return found(situation(own, day=day, **{"operations": operations, **changed}), "account")


def test_managers_come_in_by_the_pigp_and_simple_users_by_themselves() -> None:
    (letter,) = accounts(TODAY)
    assert (letter.recipient, letter.operations) == ("accountant", (1, 3))


def test_before_2023_helios_supplied_every_account() -> None:
    (letter,) = accounts(BEFORE)
    assert (letter.recipient, letter.operations) == ("accountant", (1, 2, 3))
    (elsewhere,) = accounts(BEFORE, blocks={"comptabilite": "autre"})
    assert elsewhere.recipient == "support"


def test_outside_helios_nobody_is_asked() -> None:
    assert accounts(TODAY, blocks={"comptabilite": "autre"}) == ()


def test_whoever_is_attached_somewhere_has_an_account() -> None:
    (letter,) = accounts(TODAY, observed={OTHER: {"utilisateurs": [CHIEF]}})
    assert letter.operations == (3,)
    assert accounts(TODAY, confirmed={SIRET: {"utilisateurs": [CHIEF, {"ref": "adjoint"}]}}) == ()


def test_an_account_is_asked_for_once() -> None:
    own = situation(body(), body(OTHER), operations=(opened("comptes/dgs"),))
    (letter,) = found(own, "account")
    assert letter.roots == (SIRET,)


def test_whom_no_file_names_is_to_be_filled_in() -> None:
    own = situation(body(utilisateurs=[{**CHIEF, "ref": "autre"}]), operations=(opened("comptes/autre"),))
    (letter,) = found(own, "account")
    blank = values(letter, "Account of")[0]
    assert isinstance(blank, Blank)
    assert blank.what.values == {"ref": "autre"}


# FACTURES_PUBLIQUES


@pytest.mark.parametrize(
    ("service", "asked"),
    [
        (None, True),
        (PUBLIC, False),
        ({"code": "FACTURES_PUBLIQUES"}, False),
        ({**PUBLIC, "actif": False}, True),
        ({**PUBLIC, "date_fin": "2026-01-01"}, True),
        ({**PUBLIC, "engagement_obligatoire": True}, True),
        ({**PUBLIC, "libelle": "Factures"}, True),
        ({**PUBLIC, "libelle": "SERVICE DES FACTURES PUBLIQUES"}, False),
    ],
    ids=["gone", "there", "only its code", "inactive", "ended", "commitment", "label", "capitals"],
)
def test_a_source_shows_what_became_of_the_service(service: Any, asked: bool) -> None:
    observed = {SIRET: {"services": [TECH, *([service] if service else [])]}}
    letters = found(situation(observed=observed), "public-invoices")
    assert [one.recipient for one in letters] == (["support"] if asked else [])


def test_services_that_a_source_does_not_report_are_not_gone() -> None:
    assert found(situation(observed={SIRET: {}}), "public-invoices") == ()


def test_an_operation_on_the_service_counts_where_no_source_speaks() -> None:
    address = f"{SIRET}/services/FACTURES_PUBLIQUES"
    lost, first = opened(address, number=2), opened(SIRET)
    assert len(found(situation(operations=(lost,)), "public-invoices")) == 1
    assert found(situation(operations=(first, lost)), "public-invoices") == (), "a first approval is to be checked"
    restored = opened(address, "update", actif=(False, True))
    assert len(found(situation(operations=(restored,)), "public-invoices")) == 1
    unknown = opened(address, "update", actif=(None, True))
    assert found(situation(operations=(unknown,)), "public-invoices") == ()
    seen = {SIRET: {"services": [PUBLIC]}}
    assert found(situation(operations=(lost,), observed=seen), "public-invoices") == ()


def test_a_lost_service_waits_for_no_deadline() -> None:
    observed: dict[str, Body] = {SIRET: {"services": []}}
    (letter,) = found(situation(observed=observed, deadline=date(2030, 1, 1)), "public-invoices")
    assert letter.last is None


# Principal


def handed(day: date = TODAY, *, stays: bool = False, **changed: Any) -> tuple[Letter, ...]:
    """Return the letters about a structure whose principal manager was dgs and is to be compta."""
    new = {**CLERK, "role": "GESTIONNAIRE_PRINCIPAL"}
    former = [{"ref": "dgs", "role": "UTILISATEUR"}] if stays else []
    own = body(utilisateurs=[new, *former])
    known = {"confirmed": {SIRET: {"utilisateurs": [CHIEF]}}}
    return found(situation(own, day=day, **{**known, **changed}), "principal")


def test_a_principal_who_is_gone_is_told_to_the_support() -> None:
    (letter,) = handed(operations=(opened(f"{SIRET}/utilisateurs/dgs", "delete", 5),))
    assert (letter.recipient, letter.operations, letter.sender.holds) == ("support", (5,), False)
    assert values(letter, "Until now")[0] == situation().person("dgs")


def test_a_principal_who_stays_hands_the_role_over() -> None:
    assert handed(stays=True) == ()


@pytest.mark.parametrize("stays", [False, True])
def test_before_2023_the_role_was_asked_for(stays: bool) -> None:
    (letter,) = handed(BEFORE, stays=stays)
    assert letter.recipient == "accountant"


def test_what_a_source_says_of_the_principal_counts_first() -> None:
    assert handed(observed={SIRET: {"utilisateurs": [{**CLERK, "role": "GESTIONNAIRE_PRINCIPAL"}]}}) == ()
    assert len(handed(observed={SIRET: {}})) == 1


def test_where_nobody_is_known_to_be_principal_nothing_changes() -> None:
    assert handed(confirmed={}) == ()


# Status and identity


def stood(statut: str) -> Body:
    """Return what is known of a structure with a statut."""
    return {"informations_generales": {"statut": statut}}


def test_activation_is_asked_for() -> None:
    own = body(informations_generales=general(statut="ACTIF"))
    (letter,) = found(
        situation(own, operations=(opened(SIRET, "update", statut=("INACTIF", "ACTIF")),), kind_asked=True), "status"
    )
    assert "activation" in str(letter.subject.message)
    assert values(letter, "Statut asked for") == ("Actif",)


def test_deactivation_is_asked_for_where_the_structure_is_active() -> None:
    own = body(informations_generales=general(statut="INACTIF"))
    change = opened(SIRET, "update", statut=("ACTIF", "INACTIF"))
    (letter,) = found(situation(own, operations=(change,), confirmed={SIRET: stood("ACTIF")}, kind_asked=True), "status")
    assert values(letter, "Statut asked for") == ("Inactif",)
    (named,) = found(situation(own, kind_asked=True, targets=(SIRET,)), "status")
    assert values(named, "Statut asked for") == ("Actif",), "a new sheet says how a structure stands before it is set up"


def test_a_deactivation_states_nothing_that_nobody_said() -> None:
    """Whether suppliers know, and whether their invoices are dealt with, is for whoever signs to find out first."""
    own = body(informations_generales=general(statut="INACTIF"))
    change = opened(SIRET, "update", statut=("ACTIF", "INACTIF"))
    (letter,) = found(situation(own, operations=(change,), confirmed={SIRET: stood("ACTIF")}, kind_asked=True), "status")
    assert "supplier" not in " ".join(one.message for one in letter.paragraphs)
    assert "dealt with" not in " ".join(one.message for one in letter.paragraphs)
    notes = " ".join(one.message for one in letter.before)
    assert "your suppliers know of it" in notes
    assert "dealt with" in notes


@pytest.mark.parametrize(("wanted", "button"), [("ACTIF", "« Activer »"), ("INACTIF", "« Désactiver »")])
def test_since_2023_the_portal_is_asked_first(wanted: str, button: str) -> None:
    """As the worksheet says; the letter is for when that fails, which whoever names the kind knows."""
    known = "INACTIF" if wanted == "ACTIF" else "ACTIF"
    change = opened(SIRET, "update", statut=(known, wanted))
    own = body(informations_generales=general(statut=wanted))
    today = situation(own, operations=(change,), confirmed={SIRET: stood(known)})
    assert found(today, "status") == ()
    (letter,) = found(replace(today, kind_asked=True), "status")
    said = [one.message for one in letter.paragraphs]
    assert any(button in one and "has not succeeded" in one for one in said)
    assert not any("greyed" in one for one in said)
    (then,) = found(replace(today, day=BEFORE), "status")
    assert any("greyed" in one.message for one in then.paragraphs)


@pytest.mark.parametrize(
    ("known", "shown"),
    [("INACTIF", "Inactif"), ("ACTIF", Blank(Said("what the portal shows"))), ("", Blank(Said("what the portal shows")))],
    ids=["another", "the one asked for", "unknown"],
)
def test_the_statut_that_is_known_is_said_and_no_other(known: str, shown: object) -> None:
    own = body(informations_generales=general(statut="ACTIF"))
    forced = situation(own, kind_asked=True, targets=(SIRET,), confirmed={SIRET: stood(known)} if known else {})
    (letter,) = found(forced, "status")
    assert values(letter, "Statut in Chorus Pro") == (shown,)
    assert values(letter, "Statut asked for") == ("Actif",)
    assert not any("Inactif" in one.message for one in letter.paragraphs)


def test_what_a_source_shows_of_the_statut_counts_before_what_was_confirmed() -> None:
    own = body(informations_generales=general(statut="ACTIF"))
    forced = situation(
        own, kind_asked=True, targets=(SIRET,), confirmed={SIRET: stood("ACTIF")}, observed={SIRET: stood("INACTIF")}
    )
    (letter,) = found(forced, "status")
    assert values(letter, "Statut in Chorus Pro") == ("Inactif",)


def test_a_statut_that_a_source_shows_changed_is_not_asked_for() -> None:
    own = body(informations_generales=general(statut="ACTIF"))
    change = opened(SIRET, "update", statut=("INACTIF", "ACTIF"))
    assert found(situation(own, operations=(change,), observed={SIRET: stood("ACTIF")}, kind_asked=True), "status") == ()
    assert found(situation(own, operations=(opened(SIRET, "update", libelle=("a", "b")),), kind_asked=True), "status") == ()


@pytest.mark.parametrize(
    ("shown", "asked"),
    [("COMMUNE DE VALMONT SUR TOUVRE", True), ("Commune de Valmont", False), ("COMMUNE DE VA¿MONT", False), ("", False)],
    ids=["other", "capitals", "damaged", "not reported"],
)
def test_another_name_is_asked_to_be_corrected(shown: str, asked: bool) -> None:
    observed: dict[str, Body] = {SIRET: {"informations_generales": {"raison_sociale": shown}}}
    letters = found(situation(observed=observed, source="liste", seen_on=date(2026, 10, 5)), "identity")
    assert len(letters) == asked
    if asked:
        assert values(letters[0], "Shown by Chorus Pro") == (shown,)
        assert values(letters[0], "Seen") == (Said("{day} ({source})", {"day": date(2026, 10, 5), "source": "liste"}),)


def test_a_closed_siret_needs_another_structure() -> None:
    lists = PublicLists("x", frozenset({SIRET[:9]}), {SIRET: ListedStructure(SIRET, listed=True, closed=True)})
    (letter,) = found(situation(lists=lists), "identity")
    assert values(letter, "New SIRET") == (Blank(Said("the SIRET of the INSEE certificate")),)
    (known,) = found(situation(body(), body(OTHER, remplace={"identifiant": SIRET}), lists=lists), "identity")
    assert values(known, "New SIRET") == (OTHER,)
    new = found(situation(body(OTHER, remplace={"identifiant": SIRET}), operations=(opened(OTHER),)), "structure")
    assert values(new[0], "Takes the place of") == (SIRET,)


def test_a_public_list_shows_a_name_too() -> None:
    lists = PublicLists("x", frozenset({SIRET[:9]}), {SIRET: ListedStructure(SIRET, listed=True, name="VALMONT")})
    assert len(found(situation(lists=lists), "identity")) == 1
