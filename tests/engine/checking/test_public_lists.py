"""What is kept of public lists for the rules: who is listed, under which name, active, closed, as a budget."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chorus_config.engine.checking.public_lists import public_lists
from chorus_config.model.observed.directory import Budget, Directory, Establishment, FileRead
from chorus_config.model.observed.public_lists import ListedStructure, PublicLists
from chorus_config.model.snapshot import Record, Snapshot

SIREN, SIRET, OTHER, ELSE = "211699996", "21169999600016", "21169999600024", "26169999800013"
LIST = FileRead("annuaire/structures.csv", "structures", 130_608, 1)


def lists(*, files: tuple[FileRead, ...] = (LIST,), taken: str | None = None, **more: Any) -> PublicLists:
    """Return what is kept of a directory; `general` are the general blocks of its records by SIRET."""
    records = {siret: Record(siret, {"informations_generales": block}) for siret, block in more.pop("general", {}).items()}
    return public_lists(Directory(Snapshot(records, taken_at=taken), files=files, **more), "annuaire", {SIREN})


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"raison_sociale": "VALMONT", "statut": "ACTIF"}, ListedStructure(SIRET, True, "VALMONT", True)),
        ({"raison_sociale": "VALMONT", "statut": "INACTIF"}, ListedStructure(SIRET, True, "VALMONT", False)),
        ({"statut": "INACTIF"}, ListedStructure(SIRET, True, "", False)),
        # An extract of the directory: which name it shows is not known.
        ({"raison_sociale": "VALMONT"}, ListedStructure(SIRET, True)),
        ({}, ListedStructure(SIRET, True)),
    ],
)
def test_a_structure_as_it_is_listed(block: dict[str, str], expected: ListedStructure) -> None:
    assert lists(general={SIRET: block}).of(SIRET) == expected


def test_a_record_of_which_nothing_is_reported() -> None:
    directory = Directory(Snapshot({SIRET: Record(SIRET, {})}), files=(LIST,))
    assert public_lists(directory, "annuaire", {SIREN}).of(SIRET) == ListedStructure(SIRET, True)


@pytest.mark.parametrize(("is_open", "closed"), [(True, False), (False, True), (None, False)])
def test_an_establishment_that_insee_closed(is_open: bool | None, closed: bool) -> None:
    found = lists(establishments={SIRET: Establishment(SIRET, is_open)}).of(SIRET)
    assert found == ListedStructure(SIRET, closed=closed)


def test_a_budget_has_its_name() -> None:
    budgets = (Budget(SIRET, "EAU", "M49", SIREN), Budget(OTHER, "", "M49", SIREN))
    found = lists(budgets=budgets)
    assert [(one.siret, one.budget, one.listed) for _siret, one in sorted(found.structures.items())] == [
        (SIRET, "EAU", False),
        (OTHER, OTHER, False),
    ]


def test_an_excerpt_tells_what_is_absent_only_beside_another_structure_of_the_siren() -> None:
    excerpt = (FileRead("a.csv", "structures", 49_999, 1),)
    assert lists(files=excerpt).of(SIRET) is None
    assert lists(files=excerpt, general={ELSE: {"statut": "ACTIF"}}).of(SIRET) is None
    found = lists(files=excerpt, general={OTHER: {"statut": "INACTIF"}})
    assert (found.complete, found.of(SIRET)) == (False, ListedStructure(SIRET))
    # An extract alone, or beside it, says nothing of what is absent.
    assert lists(files=excerpt, general={OTHER: {}}).of(SIRET) is None
    assert lists(files=(), general={OTHER: {"statut": "ACTIF"}}).of(SIRET) is None


@pytest.mark.parametrize(("files", "complete"), [((LIST,), True), ((), False), ((FileRead("a.xml", "extrait", 1, 1),), False)])
def test_what_is_absent_only_the_list_of_structures_tells(files: tuple[FileRead, ...], complete: bool) -> None:
    found = lists(files=files)
    assert found.complete is complete
    assert found.of(SIRET) == (ListedStructure(SIRET) if complete else None)
    assert found.of(ELSE) is None


@pytest.mark.parametrize(("taken", "day"), [(None, None), ("2026-10-05T23:30:00Z", date(2026, 10, 5))])
def test_the_day_is_that_of_the_lists(taken: str | None, day: date | None) -> None:
    assert lists(taken=taken).day == day
