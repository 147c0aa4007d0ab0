"""CP912: who is given the rights of a manager, by « Organisation modification » or by the former role."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.changing import CASES, CHIEF, GRANTED, SECOND, SIMPLE, findings, judged, rules, users

RIGHT = "Organisation modification"
AT = ("utilisateurs", 1, "habilitations")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SIMPLE, GRANTED),
        ({**SIMPLE, "habilitations": []}, GRANTED),
        ({**SIMPLE, "habilitations": ["Facturation"]}, {**SIMPLE, "habilitations": ["Facturation", RIGHT]}),
    ],
)
def test_the_right_is_told_at_the_list_that_grants_it(before: Any, after: Any) -> None:
    assert judged(users(CHIEF, before), users(CHIEF, after)) == [("utilisateurs/compta", "CP912", "right", AT)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (GRANTED, SIMPLE),
        (GRANTED, {**SIMPLE, "habilitations": [RIGHT, "Facturation"]}),
        (SIMPLE, {**SIMPLE, "habilitations": ["Facturation"]}),
        (SECOND, GRANTED),
        (SECOND, {**SECOND, "habilitations": [RIGHT]}),
        (GRANTED, {**SECOND, "habilitations": [RIGHT]}),
        (CHIEF, {**CHIEF, "habilitations": [RIGHT]}),
    ],
)
def test_who_has_the_rights_or_loses_them_is_given_nothing(before: Any, after: Any) -> None:
    others = [] if "dgs" in (before["ref"], after["ref"]) else [CHIEF]
    assert rules(users(*others, before), users(*others, after)) == []


def test_who_is_given_both_at_once_is_told_once_by_the_role() -> None:
    found = judged(users(CHIEF, SIMPLE), users(CHIEF, {**SECOND, "habilitations": [RIGHT]}))
    assert [(rule, case, path[-1]) for _address, rule, case, path in found] == [("CP912", "given", "role")]


def test_who_is_added_with_both_is_told_once() -> None:
    found = judged(users(CHIEF), users(CHIEF, {**SECOND, "habilitations": [RIGHT]}))
    assert [(rule, case) for _address, rule, case, _path in found if rule == "CP912"] == [("CP912", "added")]


def test_who_becomes_the_principal_manager_is_cp905_s_affair() -> None:
    principal = {**GRANTED, "role": "GESTIONNAIRE_PRINCIPAL"}
    assert rules(users(SIMPLE), users(principal)) == ["CP905"]
    assert "CP912" not in rules(users(CHIEF), users(CHIEF, {**principal, "ref": "elu"}))


def test_a_list_that_nobody_managed_adds_nobody() -> None:
    assert rules({}, users(CHIEF, GRANTED)) == []


def test_the_message_names_the_person_and_the_right() -> None:
    (given,) = findings(*CASES["CP912", "right"])
    assert given.message.startswith('"compta" is given « Organisation modification »')
    assert given.level == "warning"
