"""CP403, CP305 and CP605: names that are unique in their list, told at both places."""

from __future__ import annotations

from typing import Final

import pytest

from tests.samples import SHEET, told, verdict

FP: Final = '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'
# rule: how its list begins, how an entry is written, the key and column of the name
LISTS: Final = {
    "CP305": ("depot_factures_hors_helios: true\ncoordonnees_bancaires:\n", '  - libelle: "{}"\n', "libelle", 14),
    "CP403": (f"services:\n{FP}", '  - libelle: "x"\n    code: "{}"\n', "code", 11),
    "CP605": (
        (
            'utilisateurs:\n  - ref: "dgs"\n    role: GESTIONNAIRE_PRINCIPAL\n    habilitations: []\n'
            '  - {ref: "adj", role: UTILISATEUR_SIMPLE, habilitations: ["Organisation modification"]}\n'
        ),
        '  - role: UTILISATEUR_SIMPLE\n    ref: "{}"\n',
        "ref",
        10,
    ),
}
WORDS: Final = {
    "CP305": 'The bank account label "A" is written twice',
    "CP403": 'The service code "A" is written twice',
    "CP605": 'The user "A" is written twice',
}


def sheet(rule: str, *names: str) -> str:
    start, entry, _key, _column = LISTS[rule]
    return SHEET + start + "".join(entry.format(name) for name in names)


def place(rule: str, nth: int) -> tuple[str, int, int]:
    """Return pointer, line and column of the name of the nth entry (from 0) after those that are always there."""
    start, entry, key, column = LISTS[rule]
    group = {"CP305": "coordonnees_bancaires", "CP403": "services", "CP605": "utilisateurs"}[rule]
    before = start.count("  - ")
    line = 13 + start.count("\n") + nth * entry.count("\n") + entry.count("\n")
    return f"/{group}/{before + nth}/{key}", line, column


@pytest.mark.parametrize("rule", LISTS)
@pytest.mark.parametrize(
    ("names", "again"),
    [
        pytest.param("AB", [], id="two names"),
        pytest.param("AA", [1], id="twice"),
        pytest.param("ABA", [2], id="not side by side"),
        pytest.param("AAA", [1, 2], id="three times"),
        pytest.param("ABAB", [2, 3], id="two pairs"),
        pytest.param(("A", "A-"), [], id="one sign more"),
    ],
)
def test_a_name_stands_once(rule: str, names: tuple[str, ...], again: list[int]) -> None:
    assert told(verdict(sheet(rule, *names))) == [(rule, *place(rule, nth)) for nth in again]


@pytest.mark.parametrize("rule", LISTS)
def test_the_first_place_is_shown_each_time(rule: str) -> None:
    found = verdict(sheet(rule, "B", "A", "A", "A"))
    _pointer, line, column = place(rule, 1)
    assert [finding.message for finding in found] == [WORDS[rule]] * 2
    assert [(r.line, r.column, r.message) for finding in found for r in finding.related] == [
        (line, column, "first written here")
    ] * 2


@pytest.mark.parametrize("rule", LISTS)
def test_entries_without_a_name_are_not_compared(rule: str) -> None:
    _start, entry, key, _column = LISTS[rule]
    nameless = entry.replace(f'{key}: "{{}}"', "zzz: true")
    rules = [finding.rule for finding in verdict(sheet(rule) + nameless * 2)]
    assert rule not in rules
    assert rules.count("CP008") == 2


@pytest.mark.parametrize("rule", LISTS)
def test_names_that_are_no_text_are_not_compared(rule: str) -> None:
    _start, entry, key, _column = LISTS[rule]
    rules = [finding.rule for finding in verdict(sheet(rule) + entry.replace('"{}"', "[a]") * 2)]
    assert rules == ["CP009", "CP009"]
    assert key


@pytest.mark.parametrize("group", ["coordonnees_bancaires", "services", "utilisateurs"])
def test_what_is_no_list_is_not_compared(group: str) -> None:
    assert told(verdict(f"{SHEET}{group}: A\n")) == [("CP009", f"/{group}", 14, len(group) + 3)]
    rules = {finding.rule for finding in verdict(f"{SHEET}{group}:\n  - A\n  - A\n")}
    assert not rules & set(LISTS)


def test_lists_do_not_share_their_names() -> None:
    text = (
        f"{SHEET}depot_factures_hors_helios: true\ncoordonnees_bancaires:\n  - libelle: A\nservices:\n{FP}"
        "  - code: A\n    libelle: A\nutilisateurs:\n  - ref: A\n    role: GESTIONNAIRE_PRINCIPAL\n"
        '  - ref: B\n    role: UTILISATEUR_SIMPLE\n    habilitations: ["Organisation modification"]\n'
    )
    assert verdict(text) == ()
