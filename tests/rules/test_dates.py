"""Rules that are in force only then: CP113, CP501, CP506, CP604, CP608, CP710, each at its boundaries, which are inclusive."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from tests.samples import SHEET, verdict

SPACE: Final = f'{SHEET}espaces: ["Factures travaux"]\n'
USERS: Final = f"{SHEET}utilisateurs:\n  - ref: dgs\n    role: GESTIONNAIRE_PRINCIPAL\n  - ref: compta\n"
SECOND: Final = f"{USERS}    role: GESTIONNAIRE_SECONDAIRE\n"
PROFILE: Final = f'{USERS}    role: UTILISATEUR_SIMPLE\n    habilitations: ["Organisation modification"]\n'
EDI: Final = f"{SHEET}raccordement: {{mode: EDI}}\nparametres:\n  reception_donnees_edi: true\n"
LONG: Final = SHEET.replace("COMMUNE DE VALMONT", "V" * 100)
OLD: Final = date(2023, 2, 20)
NEW: Final = date(2023, 2, 21)


@pytest.mark.parametrize(
    ("text", "rule", "first", "last"),
    [
        pytest.param(SPACE, "CP501", None, OLD, id="CP501"),
        pytest.param(SPACE, "CP506", NEW, None, id="CP506"),
        pytest.param(LONG, "CP113", date(2026, 9, 1), None, id="CP113"),
        pytest.param(SECOND, "CP604", NEW, None, id="CP604"),
        pytest.param(PROFILE, "CP608", None, OLD, id="CP608"),
        pytest.param(EDI, "CP710", date(2017, 1, 1), date(2017, 12, 31), id="CP710"),
    ],
)
@pytest.mark.parametrize(
    "day",
    [
        date.min,
        date(2016, 10, 1),
        date(2016, 12, 31),
        date(2017, 1, 1),
        date(2017, 6, 1),
        date(2017, 12, 31),
        date(2018, 1, 1),
        OLD,
        NEW,
        date(2026, 11, 23),
        date.max,
    ],
    ids=str,
)
def test_a_rule_speaks_from_its_first_day_to_its_last(
    text: str, rule: str, first: date | None, last: date | None, day: date
) -> None:
    due = (first or date.min) <= day <= (last or date.max)
    # What was not available at all before 2017 is CP706's affair until then; from one portal to the next, one rule follows.
    others = {"CP706", "CP506" if rule == "CP501" else "CP501" if rule == "CP506" else ""}
    found = [(finding.rule, finding.level) for finding in verdict(text, day=day) if finding.rule not in others]
    assert found == [(rule, "warning")] * due


SPACES: Final = (
    "Mon Compte",
    "Factures émises",
    "Factures reçues",
    "Activités du Gestionnaire",
    "Factures de travaux",
    "Factures à valider",
    "Mémoires de frais de justice",
    "Demandes de remboursement TIC",
    "Demande de remboursement TIC",
    "Sollicitations émises",
    "Sollicitations reçues",
    "Engagements",
    "Raccordements",
    "Dossiers de facturation",
)


@pytest.mark.parametrize("space", SPACES)
def test_the_spaces_of_the_portal_are_known_without_regard_to_case(space: str) -> None:
    for written in (space, space.upper(), space.lower(), space.swapcase()):
        assert verdict(f'{SHEET}espaces: ["{written}"]\n', day=OLD) == (), written


@pytest.mark.parametrize("space", ["Engagement", "Factures emises", "Truc"])
def test_any_other_space_is_told_on_the_structure_and_at_its_users(space: str) -> None:
    user = (
        f'utilisateurs:\n  - ref: a\n    role: GESTIONNAIRE_PRINCIPAL\n    espaces: [{{nom: "{space}", mode: MODIFICATION}}]\n'
    )
    second = "  - ref: b\n    role: GESTIONNAIRE_SECONDAIRE\n"
    found = verdict(f'{SHEET}espaces: ["Engagements", "{space}"]\n{user}{second}', day=OLD)
    assert [(finding.rule, finding.pointer, finding.span.line, finding.span.column) for finding in found] == [
        ("CP501", "/espaces/1", 14, 26),
        ("CP501", "/utilisateurs/0/espaces/0/nom", 18, 21),
    ]


@pytest.mark.parametrize("blank", ["", " ", "\\u00A0"])
def test_a_blank_space_is_cp009_only(blank: str) -> None:
    assert [finding.rule for finding in verdict(f'{SHEET}espaces: ["{blank}"]\n', day=OLD)] == ["CP009"]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Organisation modification", True),
        ("ORGANISATION MODIFICATION", True),
        ("organisation Modification", True),
        ("Organisation consultation", False),
    ],
)
def test_the_profile_is_understood_without_regard_to_case(written: str, known: bool) -> None:
    text = PROFILE.replace("Organisation modification", written)
    assert {finding.rule for finding in verdict(text, day=OLD)} == ({"CP608"} if known else {"CP603", "CP507"})
    assert {finding.rule for finding in verdict(text, day=NEW)} == (set() if known else {"CP603", "CP507"})


def test_the_second_manager_is_asked_for_in_the_words_of_the_day() -> None:
    alone = f"{SHEET}utilisateurs:\n  - ref: dgs\n    role: GESTIONNAIRE_PRINCIPAL\n"
    (before,), (since,) = verdict(alone, day=OLD), verdict(alone, day=NEW)
    assert (before.rule, since.rule) == ("CP603", "CP603")
    assert "GESTIONNAIRE_SECONDAIRE" in before.message + before.help
    assert "Organisation modification" not in before.message + before.help
    assert "Organisation modification" in since.message + since.help
    assert "GESTIONNAIRE_SECONDAIRE" not in since.message + since.help


@pytest.mark.parametrize("role", ["UTILISATEUR", "UTILISATEUR_SIMPLE"])
@pytest.mark.parametrize("day", [OLD, NEW], ids=str)
def test_the_simple_user_is_known_by_both_names_on_every_day(role: str, day: date) -> None:
    second = (
        "    role: GESTIONNAIRE_SECONDAIRE\n"
        if day == OLD
        else f'    role: {role}\n    habilitations: ["Organisation modification"]\n'
    )
    assert verdict(f"{USERS}{second}  - ref: agent\n    role: {role}\n", day=day) == ()
    assert [finding.rule for finding in verdict(f"{USERS}    role: {role}\n", day=day)] == ["CP603"]


@pytest.mark.parametrize("written", ["Organization modification", "ORGANISATION_MODIFICATION", "Modification Organisation"])
def test_a_profile_that_is_nearly_written_so_is_one_finding(written: str) -> None:
    """Nothing is concluded from it: whoever was meant to stand in probably does."""
    (finding,) = verdict(PROFILE.replace("Organisation modification", written), day=NEW)
    assert (finding.rule, finding.level, finding.pointer) == ("CP507", "info", "/utilisateurs/1/habilitations/0")
    assert finding.help == 'Write: `- "Organisation modification"`.'


def test_a_blank_habilitation_has_no_name_to_compare() -> None:
    assert [finding.rule for finding in verdict(PROFILE.replace("Organisation modification", " "), day=NEW)] == ["CP603"]


def test_spaces_are_told_once_with_all_their_places() -> None:
    text = f"{SPACE}utilisateurs:\n  - ref: a\n    role: GESTIONNAIRE_PRINCIPAL\n    espaces: []\n"
    text += "  - ref: b\n    role: UTILISATEUR\n"
    text += '    habilitations: ["Organisation modification"]\n    espaces: [{nom: "x", mode: MODIFICATION}]\n'
    (finding,) = verdict(text, day=NEW)
    assert (finding.rule, finding.pointer, finding.span.line) == ("CP506", "/espaces", 14)
    assert [(one.line, one.message) for one in finding.related] == [(18, "written here too"), (22, "written here too")]
    assert {"CP502", "CP501"} >= {one.rule for one in verdict(text, day=OLD) if one.rule.startswith("CP50")}
