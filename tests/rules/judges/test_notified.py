"""Whether the person of an account is notified of invoices."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.rules.judges.notified import APPLICATIONS, is_notified
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import schema


@pytest.mark.parametrize(
    ("settings", "notified"),
    [
        ({"notifications": ["FACTURATION_CPRO"]}, True),
        ({"notifications": ["ENGAGEMENTS", "FACTURATION_CPRO"], "recevoir_notifications": False}, True),
        ({"notifications": ["ENGAGEMENTS", "CERTIFICATS_DE_CESSIBILITE"], "recevoir_notifications": True}, False),
        ({"notifications": []}, False),
        ({"recevoir_notifications": True}, True),
        ({"recevoir_notifications": False}, False),
        ({"recevoir_notifications": "oui"}, None),
        ({"notifications": ["Factures"]}, None),
        ({"notifications": [{}]}, None),
        ({"notifications": "FACTURATION_CPRO"}, None),
        ({"langue": "Français"}, None),
        ([], None),
        ("x", None),
    ],
    ids=str,
)
def test_the_list_counts_and_without_it_the_box(settings: Any, notified: bool | None) -> None:
    assert is_notified({"parametres": settings}) is notified


def test_an_account_without_settings_does_not_say() -> None:
    assert is_notified({}) is None


def test_the_applications_are_those_of_the_schema() -> None:
    listed = node_at(schema("compte-utilisateur"), ("parametres", "notifications", 0))
    assert tuple(listed["enum"]) == APPLICATIONS
