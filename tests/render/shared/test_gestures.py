"""The words for what an operation asks of a person."""

from __future__ import annotations

from datetime import date

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.model.operation import Gesture, Operation
from chorus_config.render.shared.gestures import hints, state_of, tally, titled, to_do

EN, FR = translator_for("en"), translator_for("fr")
SIRET = "21169999600016"
TODAY, THEN = date(2023, 2, 21), date(2023, 2, 20)


def made(group: str, gesture: Gesture, op: str = "create") -> Operation:
    """Return an operation on an entry of a list, or on the structure."""
    return Operation(f"{SIRET}/{group}/X" if group else SIRET, op, (), noted=gesture)


@pytest.mark.parametrize(
    ("group", "gesture", "english", "french"),
    [
        ("services", "create", "to create", "à créer"),
        ("services", "change", "to change", "à modifier"),
        ("services", "remove", "to remove", "à retirer"),
        ("utilisateurs", "create", "to attach", "à rattacher"),
        ("utilisateurs", "remove", "to detach", "à détacher"),
        ("espaces", "create", "to open", "à ouvrir"),
        ("espaces", "remove", "to close", "à fermer"),
        ("coordonnees_bancaires", "create", "to add", "à ajouter"),
        ("coordonnees_bancaires", "verify", "to check", "à vérifier"),
        ("", "verify", "to check", "à vérifier"),
    ],
)
def test_each_gesture_is_said_as_a_person_would(group: str, gesture: Gesture, english: str, french: str) -> None:
    assert (to_do(made(group, gesture), EN), to_do(made(group, gesture), FR)) == (english, french)


def test_a_title_begins_with_a_capital() -> None:
    assert (titled("à créer"), titled("")) == ("À créer", "")


def test_what_is_to_be_checked_is_counted_first_and_nothing_is_not_counted() -> None:
    found = [made("services", "create"), made("", "verify"), made("services", "create")]
    assert tally(found, EN) == "1 to check, 2 to create"
    assert tally([], EN) == ""


def test_what_is_counted_is_counted_in_the_words_in_which_it_is_told() -> None:
    status = Operation(SIRET, "update", ({"path": "/statut", "before": "ACTIF", "after": "INACTIF"},))
    gestures: tuple[tuple[str, Gesture], ...] = (
        ("utilisateurs", "remove"), ("utilisateurs", "create"), ("utilisateurs", "create"), ("services", "change"),
        ("espaces", "create"), ("espaces", "remove"), ("coordonnees_bancaires", "create"), ("services", "remove"),
        ("utilisateurs", "verify"), ("services", "create"),
    )  # fmt: skip
    found = [None, status, *(made(*one) for one in gestures)]
    told = tally(found, EN)
    assert told == (
        "1 to check, 1 to create, 2 to attach, 1 to open, 1 to add, 1 to change, 1 to be asked for, 1 to remove, 1 to detach, "
        "1 to close, 1 with nothing to enter"
    )
    assert {words.partition(" ")[2] for words in told.split(", ")} == {to_do(one, EN) for one in found}
    assert tally([None, None], FR) == "2 sans rien à saisir"


def test_what_was_checked_was_not_entered() -> None:
    pairs = (("verify", "entered"), ("create", "entered"), (None, "entered"), ("verify", "seen"))
    told = [state_of(gesture, state, EN) for gesture, state in pairs]
    assert told == ["checked", "entered", "entered", "seen"]
    assert state_of("verify", "unheard of", EN) == "unheard of"


def test_how_to_check_says_who_makes_a_structure() -> None:
    (structure,) = hints(made("", "verify"), EN, TODAY)
    assert "comptable public" in structure
    assert "greyed" in structure
    assert hints(made("services", "verify"), EN, TODAY) == ("check that it stands so, correct it if not",)
    assert hints(made("", "verify", "update"), EN, TODAY) == ("check that it stands so, correct it if not",)
    assert hints(made("services", "create"), EN, TODAY) == ()
    (user,) = hints(made("utilisateurs", "verify"), EN, TODAY)
    assert user.startswith("check that this person is attached so")


@pytest.mark.parametrize(("after", "button"), [("INACTIF", "Désactiver"), ("ACTIF", "Activer")])
def test_a_status_is_asked_for_and_never_entered(after: str, button: str) -> None:
    status = {"path": "/statut", "before": "ACTIF" if after == "INACTIF" else "INACTIF", "after": after}
    label = {"path": "/libelle", "before": "a", "after": "b"}
    alone, beside = (Operation(SIRET, "update", rows) for rows in ((status,), (label, status)))
    assert (to_do(alone, EN), to_do(alone, FR)) == ("to be asked for", "à demander")
    assert to_do(beside, EN) == "to change"
    for operation in (alone, beside):
        (hint,) = hints(operation, EN, TODAY)
        assert f"« {button} »" in hint
    assert hints(Operation(f"{SIRET}/services/A", "update", (status,)), EN, TODAY) == ()
    assert hints(Operation(SIRET, "update", (label,)), EN, TODAY) == ()


def test_who_is_missing_among_the_users_is_asked_of_whoever_attaches_on_that_day() -> None:
    user = made("utilisateurs", "verify")
    role = {"path": "/role", "before": None, "after": "GESTIONNAIRE_PRINCIPAL"}
    principal = Operation(f"{SIRET}/utilisateurs/dgs", "create", (role,), noted="verify")
    (today,), (then,) = (hints(user, EN, day) for day in (TODAY, THEN))
    assert today.endswith("if not, attach them so")
    assert then.endswith("who is missing is asked of the comptable public, or of the support outside Hélios")
    (today,), (then,) = (hints(principal, EN, day) for day in (TODAY, THEN))
    assert "hands the role on" in today
    assert "comptable public" in then
    assert "attached" not in today + then


@pytest.mark.parametrize(("gesture", "op"), [("create", "create"), ("remove", "delete")])
def test_nobody_was_attached_or_detached_by_hand_while_helios_supplied_the_list(gesture: Gesture, op: str) -> None:
    (hint,) = hints(made("utilisateurs", gesture, op), EN, THEN)
    assert hint.startswith("Hélios supplies this list, and only the role can be changed here")
    assert hints(made("utilisateurs", gesture, op), EN, TODAY) == ()
    assert hints(made("services", "create"), EN, THEN) == ()
    assert hints(made("utilisateurs", "change", "update"), EN, THEN) == ()


def test_a_service_that_cannot_be_removed_is_made_inactive() -> None:
    (hint,) = hints(made("services", "remove", "delete"), EN, TODAY)
    assert "untick « Service actif »" in hint


def test_a_role_that_goes_over_is_one_gesture_today_and_is_asked_for_in_2016() -> None:
    role = {"path": "/role", "before": "GESTIONNAIRE_PRINCIPAL", "after": "UTILISATEUR"}
    other = {"path": "/services", "before": ["ST"], "after": []}
    handed = Operation(f"{SIRET}/utilisateurs/dgs", "update", (role,))
    (today,), (then,) = (hints(handed, EN, day) for day in (TODAY, THEN))
    assert "the lines of both are one gesture" in today
    assert "this role is not given here" in then
    (fixed,) = hints(Operation(f"{SIRET}/utilisateurs/dgs", "update", (other,)), EN, THEN)
    assert fixed.startswith("only the role can be changed")
    assert hints(Operation(f"{SIRET}/utilisateurs/dgs", "update", (other,)), EN, TODAY) == ()
