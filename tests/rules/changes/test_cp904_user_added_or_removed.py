"""CP904, CP905 and CP912: users added, removed, or with another role."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.model.finding import TrackedDay
from chorus_config.rules.catalogue import texts
from tests.rules.changing import CASES, CHIEF, SECOND, SIMPLE, Body, document, findings, judged, refused, rules, users
from tests.rules.judged import sheet
from tests.samples import setting

P, S, U = "GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE", "UTILISATEUR_SIMPLE"
OTHER = {"ref": "elu", "role": U}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([CHIEF], [CHIEF, SIMPLE], [("compta", "CP904", "added", ("utilisateurs", 1))], id="added"),
        pytest.param([CHIEF, SIMPLE], [CHIEF], [("compta", "CP904", "removed", ("utilisateurs",))], id="removed"),
        pytest.param([CHIEF], [CHIEF, {"ref": "x", "role": "ROLE"}], [("x", "CP904", "added", ("utilisateurs", 1))], id="odd"),
        pytest.param(
            [CHIEF],
            [CHIEF, SECOND],
            [("compta", "CP904", "added", ("utilisateurs", 1)), ("compta", "CP912", "added", ("utilisateurs", 1))],
            id="added as a manager",
        ),
        pytest.param([CHIEF, SECOND], [CHIEF], [("compta", "CP904", "removed", ("utilisateurs",))], id="a manager removed"),
        pytest.param(
            [],
            [CHIEF],
            [("dgs", "CP904", "added", ("utilisateurs", 0)), ("dgs", "CP905", "added", ("utilisateurs", 0))],
            id="added as the principal manager",
        ),
        pytest.param(
            [CHIEF],
            [],
            [("dgs", "CP904", "removed", ("utilisateurs",)), ("dgs", "CP905", "removed", ("utilisateurs",))],
            id="the principal manager removed",
        ),
        pytest.param(
            [CHIEF],
            [{**CHIEF, "ref": "elu"}],
            [
                ("elu", "CP904", "added", ("utilisateurs", 0)),
                ("elu", "CP905", "added", ("utilisateurs", 0)),
                ("dgs", "CP904", "removed", ("utilisateurs",)),
                ("dgs", "CP905", "removed", ("utilisateurs",)),
            ],
            id="one for another",
        ),
    ],
)
def test_users_added_and_removed(before: list[Body], after: list[Body], expected: list[Any]) -> None:
    found = judged(users(*before), users(*after))
    assert [(address.removeprefix("utilisateurs/"), *rest) for address, *rest in found] == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (U, P, [("CP905", "given")]),
        (S, P, [("CP905", "given")]),
        ("ROLE", P, [("CP905", "given")]),
        (P, U, [("CP905", "taken")]),
        (P, S, [("CP905", "taken")]),
        (P, "ROLE", [("CP905", "taken")]),
        (U, S, [("CP912", "given")]),
        ("ROLE", S, [("CP912", "given")]),
        (S, U, []),
        (U, "ROLE", []),
        (U, "gestionnaire_principal", []),
        (U, U, []),
        (P, P, []),
        (S, S, []),
    ],
)
def test_a_role_edited(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    found = judged(users({**OTHER, "role": before}), users({**OTHER, "role": after}))
    at = ("utilisateurs", 0, "role")
    assert found == [("utilisateurs/elu", rule, case, at) for rule, case in expected]


def test_a_role_that_was_not_known_is_judged_by_what_it_becomes() -> None:
    for role, expected in ((P, ["CP905"]), (S, ["CP912"]), (U, [])):
        assert rules(users({"ref": "elu"}), users({"ref": "elu", "role": role})) == expected


def test_a_swap_of_two_roles_is_told_at_both() -> None:
    swapped = users({**CHIEF, "role": S}, {**SECOND, "role": P})
    assert [(a, r, c) for a, r, c, _p in judged(users(CHIEF, SECOND), swapped)] == [
        ("utilisateurs/dgs", "CP905", "taken"),
        ("utilisateurs/compta", "CP905", "given"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({}, users(CHIEF, SECOND, SIMPLE), id="a first record"),
        pytest.param(sheet(), users(CHIEF, SECOND), id="the list was not managed"),
        pytest.param(users(CHIEF, SECOND), sheet(), id="the list is managed no more"),
        pytest.param(users(CHIEF, SIMPLE), users(SIMPLE, CHIEF), id="another order"),
        pytest.param(users(CHIEF), users({**CHIEF, "services": ["A"]}), id="another field"),
    ],
)
def test_near_misses(before: Body, after: Body) -> None:
    assert rules(before, after) == []


@pytest.mark.parametrize("private", [True, False])
def test_private_structures_are_judged_alike(*, private: bool) -> None:
    before, after = CASES["CP904", "added"]
    block = {"general": {"structure_privee": private}}
    assert rules(sheet(**block, **_users(before)), sheet(**block, **_users(after))) == ["CP904"]


def _users(body: Body) -> Body:
    return {"utilisateurs": body["utilisateurs"]}


@pytest.mark.parametrize(
    ("rule", "extra"),
    [("CP904", {}), ("CP904", {"op": "delete"}), ("CP905", {"op": "create"}), ("CP905", {"op": "delete"}),
     ("CP912", {"op": "create"})],
)  # fmt: skip
@pytest.mark.parametrize(("known", "managed"), [(False, True), (True, False), (False, False), (True, True)])
def test_only_a_managed_list_of_a_known_structure_counts(rule: str, extra: Body, *, known: bool, managed: bool) -> None:
    user = {"ref": "compta", "role": {"CP904": U, "CP905": P, "CP912": S}[rule]}
    op = extra.get("op", "create")
    sides = {"op": op, "before": user if op == "delete" else None, "after": None if op == "delete" else user, "fields": {}}
    found = [told for told, _case in refused(document(rule, **sides, known=known, list_managed=managed))]
    assert (rule in found) is (known and managed)


@pytest.mark.parametrize("kind", ["compte", "espace", "structure", "service", "compte_bancaire"])
@pytest.mark.parametrize("role", [P, S, U])
def test_what_is_no_user_is_not_judged_here(kind: str, role: str) -> None:
    user = {"ref": "compta", "role": role}
    for op, before, after in (("create", None, user), ("delete", user, None), ("update", user, user)):
        for fields in ({}, {"/role": {"before": U, "after": role}}, {"/role": {"before": role, "after": U}}):
            change = document("CP904", kind=kind, op=op, before=before, after=after, fields=fields, replaced=True)
            assert not {"CP904", "CP905", "CP912"} & {rule for rule, _case in refused(change)}


def test_a_user_without_a_role_is_no_manager() -> None:
    assert rules(users(), users({"ref": "elu"})) == ["CP904"]
    assert rules(users({"ref": "elu"}), users()) == ["CP904"]


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (date(2016, 10, 1), "error"),
        (date(2023, 2, 20), "error"),
        (date(2023, 2, 21), "warning"),
        (date(2026, 11, 23), "warning"),
    ],
)
def test_cp904_is_an_error_until_the_portal_of_2023(day: date, level: str) -> None:
    for case in ("added", "removed"):
        (finding,) = findings(*CASES["CP904", case], setting(day))
        assert (finding.rule, finding.level) == ("CP904", level)


def test_cp905_and_cp912_keep_their_level() -> None:
    for day in (date(2016, 10, 1), date(2026, 11, 23)):
        given = replace(setting(), asked=TrackedDay(day))
        assert [f.level for f in findings(*CASES["CP905", "given"], given)] == ["error"]
        assert [f.level for f in findings(*CASES["CP912", "given"], given)] == ["warning"]


def test_each_message_names_the_user() -> None:
    for (rule, case), sides in CASES.items():
        if rule in {"CP904", "CP905", "CP912"}:
            assert all('"compta"' in f.message or '"dgs"' in f.message for f in findings(*sides)), case


@pytest.mark.parametrize(("case", "then", "now"), [("added", "attached", "attach"), ("removed", "ended", "detach")])
def test_who_is_asked_is_of_the_day(case: str, then: str, now: str) -> None:
    said = texts("CP904")
    assert "comptable public" in said.remedy_of(case, date(2023, 2, 20))
    assert f"{then}, or Chorus Pro support outside Hélios. Then accept the change" in said.remedy_of(case, date(2023, 2, 20))
    assert said.remedy_of(case, date(2023, 2, 21)).startswith(f"Have the principal manager {now} the user")
