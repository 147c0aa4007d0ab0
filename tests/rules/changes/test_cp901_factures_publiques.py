"""CP901, CP902 and CP910: changes that are refused, judged as documents."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.model.finding import Path
from chorus_config.schema.explain import faults
from tests.samples import SIRET, TODAY, change_example

Told = list[tuple[str, str, Path]]


def judged(change: dict[str, Any]) -> Told:
    return [(fault.rule, fault.case, fault.path) for fault in faults("changement", TODAY, change)]


def service(op: str, fields: dict[str, tuple[object, object]] | None = None, **more: Any) -> dict[str, Any]:
    """Return a change of FACTURES_PUBLIQUES; `more` replaces parts of the document, or of its context."""
    change = change_example("CP901", "passes")
    change |= {"op": op, "fields": {path: {"before": b, "after": a} for path, (b, a) in (fields or {}).items()}}
    change["context"] |= {key: more.pop(key) for key in tuple(more) if key in change["context"]}
    return change | more


@pytest.mark.parametrize("public", [True, False])
def test_it_is_not_removed_from_a_managed_list(public: bool) -> None:
    assert judged(service("delete", after=None, public=public)) == [("CP901", "removed", ())]


def test_a_list_that_was_not_managed_removes_nothing() -> None:
    assert judged(service("delete", after=None, list_managed=False)) == []


@pytest.mark.parametrize("op", ["delete", "update"])
@pytest.mark.parametrize("key", ["ST-TECH", "factures_publiques", "FACTURES_PUBLIQUES "])
def test_other_services_may_change(op: str, key: str) -> None:
    """That suppliers are to be told of it is CP906's affair."""
    found = judged(service(op, {"/actif": (True, False), "/libelle": ("a", "b")}, key=key))
    assert [rule for rule, _case, _path in found] == ["CP906"]


def test_a_user_of_that_name_is_no_service() -> None:
    assert [rule for rule, _case, _path in judged(service("delete", kind="utilisateur"))] == ["CP904"]


@pytest.mark.parametrize("op", ["create"])
def test_it_may_be_created(op: str) -> None:
    assert (
        judged(service(op, {"/libelle": (None, "Service des factures publiques"), "/actif": (None, True)}, before=None)) == []
    )


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("/libelle", "Mairie", "Service des factures publiques"),
        ("/actif", False, True),
        ("/date_fin", "2050-12-31", None),
        ("/engagement_obligatoire", True, False),
    ],
)
def test_it_may_come_back_to_its_original_state(path: str, before: object, after: object) -> None:
    assert judged(service("update", {path: (before, after)})) == []


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("/libelle", "Service des factures publiques", "Mairie"),
        ("/libelle", "Service des factures publiques", None),
        ("/libelle", "Mairie", "Service des factures publiques\n"),
        ("/actif", True, False),
        ("/actif", True, None),
        ("/actif", None, 1),
        ("/date_fin", None, "2050-12-31"),
        ("/date_fin", "2050-12-31", "2060-12-31"),
        ("/date_fin", None, ""),
        ("/engagement_obligatoire", False, True),
        ("/engagement_obligatoire", True, 0),
        ("/date_debut", "2016-09-01", "2016-10-01"),
        ("/description", "x", "y"),
        ("/adresse_postale", None, "x"),
        ("/adresse_postale/ville", "VALMONT", "ANGOULEME"),
        ("/zzz", None, True),
    ],
)
def test_any_other_change_is_told_at_its_field(path: str, before: object, after: object) -> None:
    assert judged(service("update", {path: (before, after)})) == [("CP901", "changed", ("fields", path))]


@pytest.mark.parametrize("path", ["/description", "/date_debut", "/adresse_postale/ville", "/adresse_postale/complement_1"])
def test_what_was_never_managed_may_note_what_the_portal_shows(path: str) -> None:
    assert judged(service("update", {path: (None, "x")})) == []
    assert judged(service("update", {path: ("x", None)})) == [("CP901", "changed", ("fields", path))]


def test_each_changed_field_is_found() -> None:
    fields: dict[str, tuple[object, object]] = {"/actif": (True, False), "/libelle": ("a", "b"), "/date_fin": ("x", None)}
    assert sorted(judged(service("update", fields))) == [
        ("CP901", "changed", ("fields", "/actif")),
        ("CP901", "changed", ("fields", "/libelle")),
    ]


def structure(op: str, fields: dict[str, tuple[object, object]] | None = None, **more: Any) -> dict[str, Any]:
    return service(op, fields, **{"kind": "structure", "key": None, "address": SIRET} | more)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(structure("create"), [], id="a new structure"),
        pytest.param(
            structure("create", same_file_as="21169999600024"),
            [("CP902", "identifiant", ())],
            id="a new identifier in its file",
        ),
        pytest.param(
            structure("create", same_file_as="21169999600024", replaced=True),
            [("CP902", "identifiant", ())],
            id="even when something replaces it",
        ),
        pytest.param(
            structure("update", {"/adresse_postale/ville": ("a", "b")}, same_file_as="x"),
            [],
            id="an update keeps its identifier",
        ),
        pytest.param(
            structure("update", {"/type_identifiant": ("SIRET", "AUTRE")}),
            [("CP902", "type", ("fields", "/type_identifiant"))],
            id="another type",
        ),
        pytest.param(structure("update", {"/actif": (True, False)}), [], id="not a service"),
        pytest.param(service("create", same_file_as="x"), [], id="a service in another file"),
        pytest.param(structure("delete", replaced=False), [("CP910", "", ())], id="a sheet deleted"),
        pytest.param(structure("delete", replaced=True), [], id="a sheet replaced"),
        pytest.param(structure("delete", kind="compte", replaced=False), [], id="an account deleted"),
    ],
)
def test_a_structure_is_neither_renamed_nor_deleted(change: dict[str, Any], expected: Told) -> None:
    assert judged(change) == expected
