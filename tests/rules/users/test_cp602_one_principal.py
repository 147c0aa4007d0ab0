"""CP602: exactly one principal manager, once every role is one that exists."""

from __future__ import annotations

from datetime import date

import pytest

from tests.samples import SHEET, Told, told, verdict

P, S, U = "GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE", "UTILISATEUR_SIMPLE"
CP602 = ("CP602", "/utilisateurs", 14, 1)
NONE = "No user is GESTIONNAIRE_PRINCIPAL: exactly one is expected"
SEVERAL = "Several users are GESTIONNAIRE_PRINCIPAL: exactly one is expected"


def sheet(*roles: str) -> str:
    entries = "".join(
        f'  - ref: "u{n}"\n    habilitations: ["Organisation modification"]\n' + (f"    role: {role}\n" if role else "")
        for n, role in enumerate(roles)
    )
    return f"{SHEET}utilisateurs:{f'{chr(10)}{entries}' if roles else f' []{chr(10)}'}"


@pytest.mark.parametrize(
    ("roles", "message"),
    [
        pytest.param((), NONE, id="nobody"),
        pytest.param((U,), NONE, id="a simple user"),
        pytest.param((U, U, U), NONE, id="simple users"),
        pytest.param((P, U), "", id="one"),
        pytest.param((U, U, P), "", id="one, the last"),
        pytest.param((P, P), SEVERAL, id="two"),
        pytest.param((P, U, P, P), SEVERAL, id="three"),
    ],
)
def test_exactly_one_is_expected(roles: tuple[str, ...], message: str) -> None:
    found = verdict(sheet(*roles))
    assert told(found) == [CP602] * bool(message)
    assert [finding.message for finding in found] == [message] * bool(message)


def test_users_that_are_not_written_are_not_judged() -> None:
    assert verdict(SHEET) == ()


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        pytest.param((U, "CHEF"), [("CP601", "/utilisateurs/1/role", 20, 11)], id="unknown role"),
        pytest.param((U, P.lower()), [("CP601", "/utilisateurs/1/role", 20, 11)], id="lower case"),
        pytest.param((U, ""), [("CP008", "/utilisateurs/1", 18, 5)], id="no role"),
        pytest.param((P, P, "CHEF"), [CP602, ("CP601", "/utilisateurs/2/role", 23, 11)], id="two and an unknown one"),
        pytest.param((P, "CHEF"), [("CP601", "/utilisateurs/1/role", 20, 11)], id="one and an unknown one"),
        pytest.param((U, '"GESTIONNAIRE_PRINCIPAL\\n"'), [("CP601", "/utilisateurs/1/role", 20, 11)], id="line feed"),
    ],
)
def test_an_unknown_role_is_put_right_first(roles: tuple[str, ...], expected: list[Told]) -> None:
    assert told(verdict(sheet(*roles))) == expected


def test_an_unknown_role_is_shown_with_those_of_the_day() -> None:
    (finding,) = verdict(sheet(P, "CHEF"))
    assert finding.message == f'The role is "CHEF": one of the list is expected: {P}, UTILISATEUR'
    finding = next(f for f in verdict(sheet(P, "CHEF"), day=date(2016, 10, 1)) if f.rule == "CP601")
    assert finding.message == f'The role is "CHEF": one of the list is expected: {P}, {S}, {U}'


def test_what_is_no_list_is_cp009_only() -> None:
    assert told(verdict(f"{SHEET}utilisateurs: {{}}\n")) == [("CP009", "/utilisateurs", 14, 1)]
    assert told(verdict(f"{SHEET}utilisateurs:\n  - dgs\n")) == [("CP009", "/utilisateurs/0", 15, 5)]
