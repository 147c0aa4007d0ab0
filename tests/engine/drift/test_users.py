"""The users of structures from the portal's export."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.engine.drift.users import WithUsers, with_users
from chorus_config.model.observed.directory import DirectoryUser
from chorus_config.model.snapshot import Record, Snapshot

SIRET, OTHER = "21160999500017", "21160999500025"


def account(ref: str, mailbox: str, last: str = "", first: str = "") -> Record:
    person = {"adresse_electronique_contact": mailbox, "nom": last, "prenom": first}
    return Record(f"comptes/{ref}", {"type": "compte-utilisateur", "ref": ref, "informations_personnelles": person})


ACCOUNTS = {
    one.root: one
    for one in (
        account("dgs", "dgs@valmont.example", "Martin", "Jeanne"),
        account("compta", "compta@valmont.example", "Lefèvre", "Zoé"),
        account("a", "commun@valmont.example", "Petit", "Luc"),
        account("b", "commun@valmont.example", "Petit", "Luc"),
    )
}


def told(*users: DirectoryUser) -> WithUsers:
    roots = {root: Record(root, {"informations_generales": {"identifiant": root}}) for root in (SIRET, OTHER)}
    return with_users(Snapshot(roots, "annuaire"), users, ACCOUNTS)


def users_of(found: WithUsers, root: str = SIRET) -> Any:
    return found.snapshot.records[root].body.get("utilisateurs")


def test_a_person_is_known_by_mailbox_then_by_name() -> None:
    found = told(
        DirectoryUser("DGS@valmont.example", "X", "Y", "Gestionnaire principal", SIRET),
        DirectoryUser("zoe.lefevre@ailleurs.example", "LEFEVRE", "Zoe", "Utilisateur", "211 609 995 00017"),
    )
    assert users_of(found) == [{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}, {"ref": "compta", "role": "UTILISATEUR"}]
    assert users_of(found, OTHER) is None
    assert found.strangers == {}


def test_a_role_that_is_not_said_is_left_out_and_a_person_counts_once() -> None:
    row = DirectoryUser("dgs@valmont.example", "", structure=SIRET)
    assert users_of(told(row, row)) == [{"ref": "dgs"}]


@pytest.mark.parametrize(
    ("said", "role"),
    [
        (("Gestionnaire principal", "Factures reçues"), "GESTIONNAIRE_PRINCIPAL"),
        (("Utilisateur", "GESTIONNAIRE_PRINCIPAL", "utilisateur"), "GESTIONNAIRE_PRINCIPAL"),
        (("Utilisateur ; Gestionnaire principal de la structure",), "GESTIONNAIRE_PRINCIPAL"),
        (("Gestionnaire secondaire",), "UTILISATEUR"),
        (("Utilisateur simple", "Organisation modification"), "UTILISATEUR"),
        (("Organisation modification",), None),
        (("Consultation, établissement principal",), None),
    ],
)
def test_only_words_that_are_roles_make_one_and_the_strongest_wins(said: tuple[str, ...], role: str | None) -> None:
    found = told(*(DirectoryUser("dgs@valmont.example", "", role=one, structure=SIRET) for one in said))
    assert users_of(found) == [{"ref": "dgs", **({"role": role} if role else {})}]


@pytest.mark.parametrize(
    ("structure", "root"),
    [
        (f"Mairie 2 - {SIRET}", SIRET),
        (f"Mairie 2 {SIRET}", SIRET),
        (f"{OTHER} ({SIRET})", OTHER),
        (f"1{SIRET}", None),
        (f"{SIRET[:9]} 1 {SIRET[9:]}", None),
    ],
)
def test_a_structure_is_a_whole_group_of_fourteen_digits(structure: str, root: str | None) -> None:
    found = told(DirectoryUser("dgs@valmont.example", "", structure=structure))
    assert [one for one in (SIRET, OTHER) if users_of(found, one)] == ([root] if root else [])


def test_with_a_stranger_the_list_would_be_incomplete() -> None:
    found = told(
        DirectoryUser("dgs@valmont.example", "", structure=SIRET),
        DirectoryUser("x@y.example", "Nobody", "Here", structure=SIRET),
        # Two accounts share the mailbox and the name: nobody knows which one is meant.
        DirectoryUser("commun@valmont.example", "Petit", "Luc", structure=SIRET),
    )
    assert users_of(found) is None
    assert found.strangers == {SIRET: 2}


def test_a_structure_that_nobody_asked_for_is_left_aside() -> None:
    assert told(DirectoryUser("x@y.example", "N", structure="99999999999999")).strangers == {}
