"""What an operation asks of a person: a gesture that somebody can make."""

from __future__ import annotations

import pytest

from chorus_config.model.operation import Operation

SIRET = "21169999600016"


def operation(address: str, op: str, **fields: tuple[object, object]) -> Operation:
    """Return an operation with fields, each from → to."""
    rows = tuple({"path": f"/{name}", "before": before, "after": after} for name, (before, after) in fields.items())
    return Operation(address, op, rows)


@pytest.mark.parametrize(
    ("address", "op", "gesture"),
    [
        # What the portal, Hélios or the person makes by themself is looked at, never created.
        (SIRET, "create", "verify"),
        (f"{SIRET}/services/FACTURES_PUBLIQUES", "create", "verify"),
        ("comptes/dgs", "create", "verify"),
        # What a manager creates and removes.
        (f"{SIRET}/services/ST-TECH", "create", "create"),
        (f"{SIRET}/services/ST-TECH", "delete", "remove"),
        (f"{SIRET}/utilisateurs/dgs", "create", "create"),
        (f"{SIRET}/utilisateurs/dgs", "delete", "remove"),
        (f"{SIRET}/espaces/Engagements", "create", "create"),
        (f"{SIRET}/espaces/Engagements", "delete", "remove"),
        (f"{SIRET}/coordonnees_bancaires/Régie", "create", "create"),
        (f"{SIRET}/coordonnees_bancaires/Régie", "delete", "remove"),
        # A service of another kind of list that happens to bear the name.
        (f"{SIRET}/utilisateurs/FACTURES_PUBLIQUES", "create", "create"),
    ],
)
def test_what_is_created_and_removed_by_whom(address: str, op: str, gesture: str) -> None:
    assert operation(address, op, libelle=(None, "x")).gesture == gesture


def test_a_private_structure_is_created_by_its_manager() -> None:
    assert operation(SIRET, "create", structure_privee=(None, True)).gesture == "create"
    assert operation(SIRET, "create", structure_privee=(None, False)).gesture == "verify"


@pytest.mark.parametrize(
    ("fields", "gesture"),
    [
        ({"libelle": ("a", "b")}, "change"),
        ({"libelle": ("a", "b"), "statut": (None, "ACTIF")}, "change"),
        ({"statut": (None, "ACTIF")}, "verify"),
        ({"actif": (False, True)}, "change"),
        ({"complement_1": ("", "x")}, "change"),
        ({}, "change"),
    ],
)
def test_a_value_that_nobody_knows_is_looked_at_and_a_known_one_changed(
    fields: dict[str, tuple[object, object]], gesture: str
) -> None:
    assert operation(SIRET, "update", **fields).gesture == gesture


def test_what_was_noted_when_it_was_opened_counts() -> None:
    made = Operation(f"{SIRET}/coordonnees_bancaires/Régie", "create", (), noted="verify")
    assert made.gesture == "verify"
