"""CP805: one user of an active structure is notified of invoices, as far as the accounts of the project can tell."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from chorus_config.model.project import FileKind, NamelessFile, ProjectConfig, ProjectIndex, SheetFacts
from chorus_config.rules.accounts import cp805_nobody_notified as cp805
from tests.samples import SIRET, TODAY

FIRST: Final = date(2023, 2, 21)
TWO: Final = ("dgs", "compta")


def sheet(**other: Any) -> SheetFacts:
    """Return the fact of an active sheet with two users."""
    usual = {"path": "s.yaml", "kind": "fiche-structure", "owner": SIRET, "active": True, "refs": TWO, "users": 2}
    return SheetFacts(**{**usual, **other})


def account(ref: str, notified: bool | None = False, **other: Any) -> SheetFacts:
    """Return the fact of an account."""
    kind: FileKind = "compte-utilisateur"
    return SheetFacts(**{"path": f"comptes/{ref}.yaml", "kind": kind, "owner": ref, "notified": notified, **other})


def found(*facts: SheetFacts, day: date = TODAY, nameless: tuple[NamelessFile, ...] = ()) -> list[Any]:
    """Return what the rule finds in a project."""
    return [*cp805.check(ProjectIndex(facts, ProjectConfig(), None, day, nameless=nameless))]


def test_it_is_told_at_the_users_with_their_accounts_beside() -> None:
    (wide,) = found(sheet(), account("dgs"), account("compta"))
    assert (wide.path, wide.owner, wide.fault.path, wide.fault.at) == ("s.yaml", SIRET, ("utilisateurs",), "key")
    assert wide.fault.args == {"users": "dgs, compta"}
    assert [(one.path, one.at, one.case) for one in wide.others] == [
        ("comptes/dgs.yaml", ("parametres",), "account"),
        ("comptes/compta.yaml", ("parametres",), "account"),
    ]


@pytest.mark.parametrize(("day", "told"), [(date(2016, 10, 1), 0), (date(2023, 2, 20), 0), (FIRST, 1), (TODAY, 1)], ids=str)
def test_it_speaks_of_the_portal_of_2023(day: date, told: int) -> None:
    assert len(found(sheet(), account("dgs"), account("compta"), day=day)) == told


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param((sheet(),), id="no accounts in the project"),
        pytest.param((sheet(), account("dgs")), id="one account is elsewhere"),
        pytest.param((sheet(), account("dgs"), account("adjoint")), id="an account of somebody else"),
        pytest.param((sheet(), account("dgs"), account("compta", None)), id="one account does not say"),
        pytest.param((sheet(), account("dgs"), account("compta", named=False)), id="an account whose ref is at fault"),
        pytest.param((sheet(), account("dgs"), account("compta"), account("compta")), id="two accounts of one ref"),
        pytest.param((sheet(users=3), account("dgs"), account("compta")), id="a user whose ref is at fault"),
        pytest.param((sheet(refs=(), users=0), account("dgs"), account("compta")), id="the users are not written"),
        pytest.param((sheet(active=False), account("dgs"), account("compta")), id="not active, or not said"),
        pytest.param((sheet(named=False), account("dgs"), account("compta")), id="a sheet whose identifiant is at fault"),
        pytest.param((sheet(), account("dgs"), account("compta", True)), id="one is notified"),
    ],
)
def test_what_is_not_known_is_not_told(facts: tuple[SheetFacts, ...]) -> None:
    assert found(*facts) == []


def test_many_users_are_not_all_named() -> None:
    refs = tuple(f"u{number}" for number in range(7))
    (wide,) = found(sheet(refs=refs, users=7), *(account(ref) for ref in refs))
    assert wide.fault.args == {"users": "u0, u1, u2, u3, u4, …"}
    assert len(wide.others) == 5
